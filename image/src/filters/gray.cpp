// Brightness by the weights of BT.601, as OpenCV has them in 15 bits.
#include "filters/all.h"
#include "filters/shared.h"

namespace cogent::image::filters {

namespace {

Number gray_of(const Number& r, const Number& g, const Number& b, SampleType type) {
  if (type == SampleType::F32) return r * 0.299 + g * 0.587 + b * 0.114;
  return shift_rounded(r * 9798 + g * 19235 + b * 3735, 15);
}

StageId build(StageBuilder& builder, const Arguments&, std::span<const StageId> inputs) {
  const Stage& from = builder.stage(inputs.front());
  if (from.channels < 3) {
    if (from.channels == 1) return inputs.front();
    throw PipelineError("gray takes pictures of 1, 3 or 4 channels, and meets 2");
  }
  builder.set_alpha(Alpha::None);
  const SampleType type = from.type;
  return add_pixelwise(
      builder, "gray", inputs.front(), 1, type, samples_of(from),
      [type](const Neighbourhood& here, int) { return gray_of(here(0, 0, 0), here(0, 0, 1), here(0, 0, 2), type); });
}

}  // namespace

const Filter& gray() {
  static const Filter filter = {.name = "gray",
                                .group = "colour",
                                .help = "brightness, by the weights of BT.601; alpha is dropped",
                                .build = &build};
  return filter;
}

}  // namespace cogent::image::filters
