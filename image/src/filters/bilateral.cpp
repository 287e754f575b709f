// The bilateral filter: a blur of 5x5 in which pixels weigh less the more they differ.
#include <cmath>

#include "filters/all.h"
#include "filters/shared.h"

namespace cogent::image::filters {

namespace {

// e^-t of a t >= 0, by (1 - t/n + (t/n)^2 / 2)^n with n = 256: too great by t^3 / (6 n^2) of it.
Number falling_exponential(const Number& t) {
  const Number part = minimum(t * (1.0 / 256), Number(1.0));
  Number power = part * part * 0.5 - part + 1.0;
  for (int i = 0; i < 8; ++i) power = power * power;
  return power;
}

/// Weights of pixels by their distance, and how samples' differences are scaled.
struct Bilateral {
  double space, colour;

  Number operator()(const Neighbourhood& here, int c) const {
    const Number middle = Number(here(0, 0, c).real());
    Number sum = 0.0, weights = 1.0;
    for (int row = -2; row <= 2; ++row) {
      for (int column = -2; column <= 2; ++column) {
        if (row == 0 && column == 0) continue;
        const Number difference = Number(here(row, column, c).real()) - middle;
        const double nearness = std::exp(-(row * row + column * column) / (2 * space * space));
        const Number weight = falling_exponential(difference * difference * (1 / (2 * colour * colour))) * nearness;
        sum = sum + difference * weight;
        weights = weights + weight;
      }
    }
    return middle + quotient(sum, weights);
  }
};

StageId build(StageBuilder& builder, const Arguments& arguments, std::span<const StageId> inputs) {
  const Bilateral bilateral{arguments.number("space"), arguments.number("colour")};
  Range range = samples_seen(builder, inputs.front(), edge_of(arguments));
  range.is_whole = false;
  return add_windowed(builder, "bilateral", inputs.front(), {2, 2, 2, 2}, edge_of(arguments), builder.pixel_type(),
                      range, bilateral);
}

}  // namespace

const Filter& bilateral() {
  static const Filter filter = {.name = "bilateral",
                                .group = "blur",
                                .help = "a blur of 5x5 pixels that keeps edges",
                                .parameters = with_border({{.name = "colour",
                                                            .kind = ParameterKind::Number,
                                                            .help = "the standard deviation of samples' differences, "
                                                                    "in the samples' own units",
                                                            .least = 1e-6,
                                                            .most = 1e6},
                                                           {.name = "space",
                                                            .kind = ParameterKind::Number,
                                                            .help = "the standard deviation in pixels",
                                                            .standard = 1.5,
                                                            .least = 0.1,
                                                            .most = 100}}),
                                .build = &build};
  return filter;
}

}  // namespace cogent::image::filters
