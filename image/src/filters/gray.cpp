// Brightness by the weights of BT.601, as OpenCV has them in 15 bits.
#include "filters/all.h"
#include "filters/shared.h"

namespace cogent::image::filters {

namespace {

Number gray_of(const Number& r, const Number& g, const Number& b) {
  if (!r.is_integer() && !r.is_double()) return r * 0.299 + g * 0.587 + b * 0.114;
  return shift_rounded(r * 9798 + g * 19235 + b * 3735, 15);
}

StageId build(StageBuilder& builder, const Arguments&, std::span<const StageId> inputs) {
  const Stage& from = builder.stage(inputs.front());
  const bool is_gray = from.channels == 1 || (from.channels == 2 && builder.alpha() != Alpha::None);
  if (is_gray) return inputs.front();
  if (from.channels == 2) throw PipelineError("gray takes pictures of 1, 3 or 4 channels, or gray with alpha");
  builder.set_alpha(Alpha::None);
  const Range samples = samples_of(from);
  const double most =
      32768 * largest_of(samples) + 16384;  // the weights' sum, and the rounding: 31 bits of 16-bit samples
  return add_pixelwise(builder, "gray", inputs.front(), 1, from.type, samples, [most](const Neighbourhood& here, int) {
    const auto colour = [&](int c) { return widened(here(0, 0, c), most); };
    return gray_of(colour(0), colour(1), colour(2));
  });
}

}  // namespace

const Filter& gray() {
  static const Filter filter = {.name = "gray",
                                .group = "colour",
                                .help = "brightness, by the weights of BT.601; the alpha of colours is dropped",
                                .build = &build};
  return filter;
}

}  // namespace cogent::image::filters
