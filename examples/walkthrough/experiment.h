// One kernel: the naive and the generated convolution of the same picture, compared and timed.
#pragma once

#include <cstdint>
#include <string>

#include "../support/kernels.h"
#include "picture.h"
#include "timings.h"

namespace walkthrough {

// What the generated function says about itself.
struct Listings {
  std::string source;
  std::string assembly;
  std::string explanation;
  std::string level;  // which of the CPU's instructions it uses
};

struct Experiment {
  std::string title;
  examples::Kernel kernel;
  Picture naive_result = {};
  Picture generated_result = {};
  std::int64_t differing_pixels = 0;  // of the two naive results from the generated one
  Listings listings = {};
  Timings timings = {};
};

Experiment run_experiment(const std::string& title, const examples::Kernel& kernel, const Picture& gray);

}  // namespace walkthrough
