// White where a sample is above a limit, black elsewhere.
#include "filters/all.h"
#include "filters/shared.h"

namespace cogent::image::filters {

namespace {

StageId build(StageBuilder& builder, const Arguments& arguments, std::span<const StageId> inputs) {
  const SampleType type = builder.stage(inputs.front()).type;
  const double limit = arguments.number("limit"), white = white_of(type);
  const bool is_whole = type != SampleType::F32;
  return add_samplewise(
      builder, "threshold", inputs.front(), type, {0, white, is_whole}, [=](const Neighbourhood& here, int) {
        if (!is_whole) return choose(Number(limit) < here(), white, 0.0);
        return choose(Number(static_cast<int>(std::floor(limit))) < here(), static_cast<int>(white), 0);
      });
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
                                .build = &build};
  return filter;
}

}  // namespace cogent::image::filters
