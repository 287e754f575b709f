// Kirsch's compass operator: the strongest of eight directions.
#include "filters/all.h"
#include "filters/shared.h"

namespace cogent::image::filters {

namespace {

constexpr std::pair<int, int> around[8] = {{-1, -1}, {-1, 0}, {-1, 1}, {0, 1}, {1, 1}, {1, 0}, {1, -1}, {0, -1}};

// Three neighbours weigh 5 and the others -3: that is 8 times the three less 3 times all. `largest` is of samples.
Number strongest(const Neighbourhood& here, int c, double largest) {
  const auto neighbour = [&](std::size_t i) {
    return widened(here(around[i % 8].first, around[i % 8].second, c), 2 * 24 * largest);
  };
  Number all = neighbour(0);
  for (std::size_t i = 1; i < 8; ++i) all = all + neighbour(i);
  Number most = neighbour(0) + neighbour(1) + neighbour(2);
  for (std::size_t i = 1; i < 8; ++i) most = maximum(most, neighbour(i) + neighbour(i + 1) + neighbour(i + 2));
  return most * 8 - all * 3;
}

StageId build(StageBuilder& builder, const Arguments& arguments, std::span<const StageId> inputs) {
  const Range samples = samples_seen(builder, inputs.front(), edge_of(arguments));
  const double largest = largest_of(samples);
  return add_windowed(builder, "kirsch", inputs.front(), {1, 1, 1, 1}, edge_of(arguments), builder.pixel_type(),
                      {0, 15 * (samples.most - samples.least), samples.is_whole},
                      [largest](const Neighbourhood& here, int c) { return strongest(here, c, largest); });
}

}  // namespace

const Filter& kirsch() {
  static const Filter filter = {.name = "kirsch",
                                .group = "edges",
                                .help = "Kirsch's operator: the strongest edge of eight directions",
                                .parameters = with_border({}),
                                .build = &build};
  return filter;
}

}  // namespace cogent::image::filters
