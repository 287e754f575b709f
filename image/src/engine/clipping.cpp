// What a stage computes, and whether its type holds that.
#include "engine/clipping.h"

#include <cmath>

#include "text/numbers.h"

namespace cogent::image {

namespace {

// Weights may be of any size, so that numbers need not fit in an integer.
std::string whole(double number) {
  constexpr double largest = 1e15;
  if (std::abs(number) < largest) return std::to_string(static_cast<std::int64_t>(number));
  return text::to_text(number);
}

}  // namespace

std::string describe_clipping(const Stage& stage) {
  const Range type = range_of(stage.type);
  if (stage.type == SampleType::F32) return "";
  if (stage.range.least >= type.least && stage.range.most <= type.most) return "";
  return "clipped: can be " + whole(stage.range.least) + " to " + whole(stage.range.most);
}

}  // namespace cogent::image
