// Joins of derivatives: the length of the vector that they are, and the sum of their absolute values.
#include "filters/all.h"
#include "filters/shared.h"

namespace cogent::image::filters {

StageId join_lengths(StageBuilder& builder, std::span<const StageId> inputs) {
  check_same_shape(builder, inputs, "hypot");
  constexpr double exact_in_floats = 1 << 24;
  double most = 0;
  bool are_whole = true;
  for (const StageId id : inputs) {
    const Range samples = samples_of(builder.stage(id));
    are_whole = are_whole && samples.is_whole;
    const double largest = largest_of(samples);
    most += largest * largest;
  }
  const std::size_t count = inputs.size();
  const bool in_integers = are_whole && most <= exact_in_floats;
  const SampleType type = builder.pixel_type();
  return add_colourwise(builder, "hypot", inputs, type, {0, std::sqrt(most), false},
                        [count, in_integers](const Neighbourhood& here, int c) {
                          Number sum = 0;
                          for (std::size_t i = 0; i < count; ++i) {
                            const Number sample = here.at(static_cast<int>(i), 0, 0, c);
                            const Number x = in_integers ? sample : Number(sample.real());
                            sum = i == 0 ? x * x : sum + x * x;
                          }
                          return square_root(sum);
                        });
}

namespace {

StageId build_sum(StageBuilder& builder, const Arguments&, std::span<const StageId> inputs) {
  check_same_shape(builder, inputs, "abs_sum");
  double most = 0;
  for (const StageId id : inputs) {
    const Range samples = samples_of(builder.stage(id));
    most += largest_of(samples);
  }
  const std::size_t count = inputs.size();
  const SampleType type = builder.pixel_type();
  return add_colourwise(builder, "abs_sum", inputs, type, {0, most, range_of(type).is_whole},
                        [count, most](const Neighbourhood& here, int c) {
                          const auto size = [&](std::size_t i) {
                            return absolute(widened(here.at(static_cast<int>(i), 0, 0, c), most));
                          };
                          Number sum = size(0);
                          for (std::size_t i = 1; i < count; ++i) sum = sum + size(i);
                          return sum;
                        });
}

StageId build_lengths(StageBuilder& builder, const Arguments&, std::span<const StageId> inputs) {
  return join_lengths(builder, inputs);
}

constexpr int most_joined = 16;

}  // namespace

const Filter& hypot() {
  static const Filter filter = {
      .name = "hypot",
      .group = "joins",
      .help = "the square root of the sum of the branches' squares, such as a gradient's length",
      .least_inputs = 2,
      .most_inputs = most_joined,
      .build = &build_lengths};
  return filter;
}
const Filter& abs_sum() {
  static const Filter filter = {.name = "abs_sum",
                                .group = "joins",
                                .help = "the sum of the branches' absolute values",
                                .least_inputs = 2,
                                .most_inputs = most_joined,
                                .build = &build_sum};
  return filter;
}

}  // namespace cogent::image::filters
