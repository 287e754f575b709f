// 200 pictures of 200 different sizes, one after the other: what it costs that each size has code of its own.
#pragma once
#include <functional>
#include <string>

#include "bench/pipelines/cases.h"

namespace bench {

/// Prints a line for each range of sizes whose name is wanted.
void measure_many_sizes(const PipelineCase& what, const std::function<bool(const std::string& name)>& is_wanted);

/// A derivative of the gray picture.
PipelineCase gray_sobel();

}  // namespace bench
