// What brings out detail: sharpen, unsharp mask, emboss.
#include <cmath>

#include "filters/all.h"
#include "filters/blurs.h"

namespace cogent::image::filters {

namespace {

StageId build_sharpen(StageBuilder& builder, const Arguments& arguments, std::span<const StageId> inputs) {
  const double amount = arguments.number("amount");
  const Taps taps{.rows = 3, .columns = 3, .weights = {0, -amount, 0, -amount, 1 + 4 * amount, -amount, 0, -amount, 0}};
  return add_blur(builder, arguments, inputs.front(),
                  [&](StageBuilder& to, StageId input, const Edge& edge, SampleType type) {
                    return add_convolution(to, "sharpen", input, taps, edge, type);
                  });
}

StageId build_emboss(StageBuilder& builder, const Arguments& arguments, std::span<const StageId> inputs) {
  const Taps taps{.rows = 3, .columns = 3, .weights = {-2, -1, 0, -1, 1, 1, 0, 1, 2}};
  return add_convolution(builder, "emboss", inputs.front(), taps, edge_of(arguments), builder.pixel_type());
}

/// The amount of an unsharp mask of bytes as a fraction of a power of two whose products with differences fit 16 bits.
struct Fraction {
  int numerator = 0, bits = 0;
};

std::optional<Fraction> fraction_of(double amount) {
  for (int bits = 12; bits >= 1; --bits) {
    const int numerator = static_cast<int>(std::nearbyint(std::ldexp(amount, bits)));
    if (std::abs(numerator) * 255 + (1 << (bits - 1)) > 32767) continue;
    const double error = 255 * std::abs(std::ldexp(numerator, -bits) - amount) + std::abs(amount) * 0.5;
    if (error < 0.99) return Fraction{numerator, bits};
    return {};
  }
  return {};
}

// in + amount * (in - blurred)
StageId add_unsharp(StageBuilder& builder, StageId input, StageId blurred, double amount, SampleType type) {
  const StageId both[] = {input, blurred};
  const bool is_bytes = builder.stage(input).type == SampleType::U8 && builder.stage(blurred).type == SampleType::U8;
  const std::optional<Fraction> fraction = is_bytes ? fraction_of(amount) : std::nullopt;
  const Range samples = samples_of(builder.stage(input));
  const double reach = std::abs(amount) * (samples.most - samples.least) + (fraction ? 1 : 0);
  return add_colourwise(builder, "unsharp", both, type,
                        {std::floor(samples.least - reach), std::ceil(samples.most + reach), fraction.has_value()},
                        [fraction, amount](const Neighbourhood& here, int c) {
                          const Number from = here.at(0, 0, 0, c), difference = from - here.at(1, 0, 0, c);
                          if (!fraction) return from + difference * amount;
                          return from + shift_rounded(difference * fraction->numerator, fraction->bits);
                        });
}

StageId build_unsharp(StageBuilder& builder, const Arguments& arguments, std::span<const StageId> inputs) {
  const double amount = arguments.number("amount");
  return add_blur(
      builder, arguments, inputs.front(), [&](StageBuilder& to, StageId input, const Edge& edge, SampleType type) {
        const bool in_bytes = type == SampleType::U8 && to.stage(input).type == type && fraction_of(amount).has_value();
        const StageId blurred = add_gaussian(to, input, arguments.number("sigma"), arguments.integer("size"), edge,
                                             in_bytes ? type : SampleType::F32);
        return add_unsharp(to, input, blurred, amount, type);
      });
}

}  // namespace

const Filter& sharpen() {
  static const Filter filter = {.name = "sharpen",
                                .group = "sharpen",
                                .help = "adds what a pixel differs by from its four neighbours",
                                .parameters = with_border_and_alpha({{.name = "amount",
                                                                      .kind = ParameterKind::Number,
                                                                      .help = "how often it is added",
                                                                      .standard = 1.0,
                                                                      .least = 0,
                                                                      .most = 100}}),
                                .build = &build_sharpen};
  return filter;
}
const Filter& unsharp() {
  static const Filter filter = {
      .name = "unsharp",
      .group = "sharpen",
      .help = "unsharp mask: adds what a pixel differs by from Gauss's blur",
      .parameters = with_border_and_alpha({{.name = "sigma",
                                            .kind = ParameterKind::Number,
                                            .help = "the blur's standard deviation; 0: what its size suggests",
                                            .standard = 0.0,
                                            .least = 0,
                                            .most = 10},
                                           {.name = "amount",
                                            .kind = ParameterKind::Number,
                                            .help = "how often it is added",
                                            .standard = 1.0,
                                            .least = 0,
                                            .most = 100},
                                           {.name = "size",
                                            .kind = ParameterKind::Integer,
                                            .help = "the blur's weights in a row, odd; 0: as the sigma needs",
                                            .standard = 0.0,
                                            .least = 0,
                                            .most = 63}}),
      .build = &build_unsharp,
      .check = &check_gaussian};
  return filter;
}
const Filter& emboss() {
  static const Filter filter = {.name = "emboss",
                                .group = "sharpen",
                                .help = "relief lit from the upper left",
                                .parameters = with_border({}),
                                .build = &build_emboss};
  return filter;
}

}  // namespace cogent::image::filters
