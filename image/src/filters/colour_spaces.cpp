// Luma and chroma (YCbCr) and hue, saturation, value (HSV), in the full range of samples; and back.
#include "filters/all.h"
#include "filters/shared.h"

namespace cogent::image::filters {

namespace {

using Convert = Number (*)(const Number& first, const Number& second, const Number& third, int channel, double white);

StageId add_conversion(StageBuilder& builder, const std::string& name, StageId input, Convert convert) {
  const Stage& from = builder.stage(input);
  if (from.channels < 3)
    throw PipelineError(name + " takes pictures of 3 or 4 channels, and meets " + std::to_string(from.channels));
  const double white = white_of(from.type);
  return add_pixelwise(builder, name, input, from.channels, from.type, {-2 * white, 3 * white, false},
                       [=](const Neighbourhood& here, int c) {
                         if (c == 3) return here(0, 0, 3);
                         const auto part = [&](int channel) { return Number(here(0, 0, channel).real()); };
                         return convert(part(0), part(1), part(2), c, white);
                       });
}

// Half of the range: 128 of bytes, 0.5 of floats.
double middle_of(double white) { return white == 1 ? 0.5 : (white + 1) / 2; }

// BT.601's, as in JPEG.
Number to_luma_and_chroma(const Number& r, const Number& g, const Number& b, int channel, double white) {
  if (channel == 0) return r * 0.299 + g * 0.587 + b * 0.114;
  if (channel == 1) return b * 0.5 - r * 0.168735892 - g * 0.331264108 + middle_of(white);
  return r * 0.5 - g * 0.418687589 - b * 0.081312411 + middle_of(white);
}

Number from_luma_and_chroma(const Number& y, const Number& cb, const Number& cr, int channel, double white) {
  const Number u = cb - Number(middle_of(white)), v = cr - Number(middle_of(white));
  if (channel == 0) return y + v * 1.402;
  if (channel == 1) return y - u * 0.344136286 - v * 0.714136286;
  return y + u * 1.772;
}

// A colour's hue goes from black to white around the circle: red, yellow, green, cyan, blue, magenta.
Number to_hue_saturation_value(const Number& r, const Number& g, const Number& b, int channel, double white) {
  const Number value = maximum(maximum(r, g), b);
  if (channel == 2) return value;
  const Number chroma = value - minimum(minimum(r, g), b);
  if (channel == 1) return choose(Number(0.0) < value, quotient(chroma * white, maximum(value, 1e-20)), 0.0);
  const Number sixth = choose(equal(value, r), g - b, choose(equal(value, g), b - r, r - g));
  const Number turned = choose(equal(value, r), choose(g < b, 6.0, 0.0), choose(equal(value, g), 2.0, 4.0));
  const Number hue = (quotient(sixth, maximum(chroma, 1e-20)) + turned) * (white / 6);
  return choose(Number(0.0) < chroma, hue, 0.0);
}

// Each channel rises and falls as the hue goes round: red around 0, green around a third, blue around two thirds.
Number from_hue_saturation_value(const Number& h, const Number& s, const Number& v, int channel, double white) {
  const Number sixths = h * (6 / white);
  const Number shifted = sixths + (channel == 0 ? 5.0 : channel == 1 ? 3.0 : 1.0);
  const Number k = choose(shifted < Number(6.0), shifted, shifted - Number(6.0));
  const Number part = maximum(minimum(minimum(k, Number(4.0) - k), 1.0), 0.0);
  return v - v * s * part * (1 / white);
}

StageId build_to_ycbcr(StageBuilder& builder, const Arguments&, std::span<const StageId> inputs) {
  return add_conversion(builder, "to_ycbcr", inputs.front(), &to_luma_and_chroma);
}
StageId build_from_ycbcr(StageBuilder& builder, const Arguments&, std::span<const StageId> inputs) {
  return add_conversion(builder, "from_ycbcr", inputs.front(), &from_luma_and_chroma);
}
StageId build_to_hsv(StageBuilder& builder, const Arguments&, std::span<const StageId> inputs) {
  return add_conversion(builder, "to_hsv", inputs.front(), &to_hue_saturation_value);
}
StageId build_from_hsv(StageBuilder& builder, const Arguments&, std::span<const StageId> inputs) {
  return add_conversion(builder, "from_hsv", inputs.front(), &from_hue_saturation_value);
}

}  // namespace

const Filter& to_ycbcr() {
  static const Filter filter = {
      .name = "to_ycbcr", .group = "colour", .help = "luma and chroma of RGB, as in JPEG", .build = &build_to_ycbcr};
  return filter;
}
const Filter& from_ycbcr() {
  static const Filter filter = {
      .name = "from_ycbcr", .group = "colour", .help = "RGB of luma and chroma", .build = &build_from_ycbcr};
  return filter;
}
const Filter& to_hsv() {
  static const Filter filter = {.name = "to_hsv",
                                .group = "colour",
                                .help = "hue, saturation and value of RGB, each from black to white",
                                .build = &build_to_hsv};
  return filter;
}
const Filter& from_hsv() {
  static const Filter filter = {
      .name = "from_hsv", .group = "colour", .help = "RGB of hue, saturation and value", .build = &build_from_hsv};
  return filter;
}

}  // namespace cogent::image::filters
