// White where a sample is above a limit, black elsewhere; and the negative of a picture.
#include <cmath>

#include "filters/all.h"
#include "filters/tones.h"

namespace cogent::image::filters {

namespace {

StageId build_threshold(StageBuilder& builder, const Arguments& arguments, std::span<const StageId> inputs) {
  const SampleType from = builder.stage(inputs.front()).type, to = builder.pixel_type();
  const double limit = arguments.number("limit"), white = white_of(to);
  const Tone tone{.exact = [=](double sample) { return sample > limit ? white : 0; },
                  .generated =
                      [=](const Number& sample) {
                        const Number low =
                            from == SampleType::F32 ? Number(limit) : Number(static_cast<int>(std::floor(limit)));
                        return to == SampleType::F32 ? choose(low < sample, white, 0.0)
                                                     : choose(low < sample, static_cast<int>(white), 0);
                      },
                  .range = {0, white, to != SampleType::F32}};
  return add_quick_tone(builder, "threshold", inputs.front(), tone);
}

// Of samples with a sign, -1 - x: all of them have a negative.
StageId build_invert(StageBuilder& builder, const Arguments&, std::span<const StageId> inputs) {
  const Stage& from = builder.stage(inputs.front());
  const Range samples = samples_of(from);
  const double sum = samples.least < 0 && samples.is_whole ? -1 : white_of(from.type);
  const Tone tone{.exact = [=](double sample) { return sum - sample; },
                  .generated =
                      [=](const Number& sample) {
                        return sample.is_integer() ? Number(static_cast<int>(sum)) - sample : Number(sum) - sample;
                      },
                  .range = {sum - samples.most, sum - samples.least, samples.is_whole}};
  return add_quick_tone(builder, "invert", inputs.front(), tone);
}

}  // namespace

const Filter& threshold() {
  static const Filter filter = {.name = "threshold",
                                .group = "levels",
                                .help = "white where a sample is above the limit, black elsewhere",
                                .parameters = {{.name = "limit",
                                                .kind = ParameterKind::Number,
                                                .help = "in the samples' own units",
                                                .least = -2147483648.0,
                                                .most = 2147483647.0}},
                                .build = &build_threshold};
  return filter;
}
const Filter& invert() {
  static const Filter filter = {.name = "invert", .group = "levels", .help = "the negative", .build = &build_invert};
  return filter;
}

}  // namespace cogent::image::filters
