// What was measured, each group once, when it is first asked for.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "../examples/support/interleaved_rounds.h"
#include "task.h"

namespace bench {

struct Steady {
  examples::Times cogent;
  examples::Times opencv;
  examples::Times naive;
  examples::Times memcpy;
  std::string opencv_call;             // the function that was fastest
  std::int64_t naive_differences = 0;  // pixels in which the result differs from cogent's
  std::int64_t opencv_differences = 0;
  int largest_opencv_difference = 0;
};

struct FirstCall {
  examples::Times cogent;
  examples::Times opencv;
};

const Steady& steady(const examples::Kernel& kernel, Size size);
const FirstCall& first_call(const examples::Kernel& kernel, Size size);
const examples::Times& generate(const examples::Kernel& kernel);
const examples::Times& cache_hit();

// The very first call of a process, in nine processes of each kind.
const FirstCall& fresh_process();

// What has been measured so far, for the report; nullptr when it was not asked for.
const Steady* measured_steady(const std::string& kernel, const std::string& size);
const FirstCall* measured_first_call(const std::string& kernel, const std::string& size);
const examples::Times* measured_generate(const std::string& kernel);
const examples::Times* measured_cache_hit();
const FirstCall* measured_fresh_process();

}  // namespace bench
