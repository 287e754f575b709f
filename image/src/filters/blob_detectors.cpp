// Second derivatives of blurred pictures: Laplace's of Gauss's blur, and the difference of two of Gauss's blurs.
#include <cmath>

#include "filters/all.h"
#include "filters/blurs.h"
#include "filters/gaussian_kernel.h"

namespace cogent::image::filters {

namespace {

// The weights are brought to a sum of 0, so that an even surface gives 0.
Taps log_taps(double sigma) {
  const int reach = std::min(static_cast<int>(std::ceil(4 * sigma)), 31), size = 2 * reach + 1;
  Taps taps{.rows = size, .columns = size, .weights = {}};
  double sum = 0;
  const double variance = sigma * sigma;
  for (int y = -reach; y <= reach; ++y) {
    for (int x = -reach; x <= reach; ++x) {
      const double square = (x * x + y * y) / (2 * variance);
      taps.weights.push_back((square - 1) * std::exp(-square) / (std::numbers::pi * variance * variance));
      sum += taps.weights.back();
    }
  }
  for (double& weight : taps.weights) weight -= sum / (size * size);
  return taps;
}

StageId build_log(StageBuilder& builder, const Arguments& arguments, std::span<const StageId> inputs) {
  return add_convolution(builder, "log", inputs.front(), log_taps(arguments.number("sigma")), edge_of(arguments),
                         derivative_type(builder.stage(inputs.front()).type));
}

StageId build_dog(StageBuilder& builder, const Arguments& arguments, std::span<const StageId> inputs) {
  const SampleType from = builder.stage(inputs.front()).type;
  const auto blurred = [&](std::string_view sigma) {
    const std::vector<double> weights =
        gaussian_weights(gaussian_size(arguments.number(sigma), SampleType::F32), arguments.number(sigma));
    return add_separable(builder, "dog", inputs.front(), column_taps(weights), row_taps(weights), edge_of(arguments),
                         SampleType::F32);
  };
  const StageId both[] = {blurred("narrow"), blurred("wide")};
  const Range samples = samples_seen(builder, inputs.front(), edge_of(arguments));
  const double most = samples.most - samples.least;
  return add_colourwise(builder, "dog", both, derivative_type(from), {-most, most, false},
                        [](const Neighbourhood& here, int c) { return here.at(0, 0, 0, c) - here.at(1, 0, 0, c); });
}

}  // namespace

const Filter& log() {
  static const Filter filter = {.name = "log",
                                .group = "edges",
                                .help = "Laplace's operator of Gauss's blur, with its sign",
                                .parameters = with_border({{.name = "sigma",
                                                            .kind = ParameterKind::Number,
                                                            .help = "the blur's standard deviation",
                                                            .least = 0.3,
                                                            .most = 8}}),
                                .build = &build_log};
  return filter;
}
const Filter& dog() {
  static const Filter filter = {.name = "dog",
                                .group = "edges",
                                .help = "a narrow blur of Gauss's less a wide one, with its sign",
                                .parameters = with_border({{.name = "narrow",
                                                            .kind = ParameterKind::Number,
                                                            .help = "the narrow blur's standard deviation",
                                                            .standard = 1.0,
                                                            .least = 0.1,
                                                            .most = 8},
                                                           {.name = "wide",
                                                            .kind = ParameterKind::Number,
                                                            .help = "the wide blur's standard deviation",
                                                            .standard = 1.6,
                                                            .least = 0.1,
                                                            .most = 8}}),
                                .build = &build_dog};
  return filter;
}

}  // namespace cogent::image::filters
