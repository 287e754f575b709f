// Gauss's blur.
#include "filters/all.h"
#include "filters/blurs.h"

namespace cogent::image::filters {

namespace {

StageId build(StageBuilder& builder, const Arguments& arguments, std::span<const StageId> inputs) {
  return add_blur(builder, arguments, inputs.front(),
                  [&](StageBuilder& to, StageId input, const Edge& edge, SampleType type) {
                    return add_gaussian(to, input, arguments.number("sigma"), arguments.integer("size"), edge, type);
                  });
}

}  // namespace

const Filter& gaussian() {
  static const Filter filter = {
      .name = "gaussian",
      .group = "blur",
      .help = "Gauss's blur",
      .parameters = with_border_and_alpha(
          {{.name = "sigma",
            .kind = ParameterKind::Number,
            .help = "the standard deviation in pixels; 0: what the size suggests, as OpenCV has it",
            .standard = 0.0,
            .least = 0,
            .most = 10},
           {.name = "size",
            .kind = ParameterKind::Integer,
            .help = "weights in a row, odd; 0: as many as the sigma needs",
            .standard = 0.0,
            .least = 0,
            .most = 63}}),
      .build = &build,
      .check = &check_gaussian};
  return filter;
}

}  // namespace cogent::image::filters
