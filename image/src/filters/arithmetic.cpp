// Joins of pictures sample by sample: sum, difference, product and their like.
#include <algorithm>
#include <cmath>

#include "filters/all.h"
#include "filters/convolution.h"

namespace cogent::image::filters {

namespace {

constexpr int most_joined = 16;

using Pair = Number (*)(const Number&, const Number&);

// The inputs one behind the other. `largest` is the largest that comes out.
Number fold(const Neighbourhood& here, int c, std::size_t count, double largest, Pair pair) {
  const auto sample = [&](std::size_t i) { return widened(here.at(static_cast<int>(i), 0, 0, c), largest); };
  Number result = sample(0);
  for (std::size_t i = 1; i < count; ++i) result = pair(result, sample(i));
  return result;
}

StageId add_fold(StageBuilder& builder, const std::string& name, std::span<const StageId> inputs, const Range& range,
                 Pair pair) {
  return add_colourwise(builder, name, inputs, builder.pixel_type(), range,
                        [count = inputs.size(), largest = largest_of(range), pair](const Neighbourhood& here, int c) {
                          return fold(here, c, count, largest, pair);
                        });
}

/// The sums of what the inputs can be at least and at most.
Range sum_of_ranges(const StageBuilder& builder, std::span<const StageId> inputs) {
  Range sum{0, 0, true};
  for (const StageId id : inputs) {
    const Range samples = samples_of(builder.stage(id));
    sum = {sum.least + samples.least, sum.most + samples.most, sum.is_whole && samples.is_whole};
  }
  return sum;
}

Range union_of_ranges(const StageBuilder& builder, std::span<const StageId> inputs) {
  Range all = samples_of(builder.stage(inputs.front()));
  for (const StageId id : inputs) {
    const Range samples = samples_of(builder.stage(id));
    all = {std::min(all.least, samples.least), std::max(all.most, samples.most), all.is_whole && samples.is_whole};
  }
  return all;
}

StageId build_sum(StageBuilder& builder, const Arguments&, std::span<const StageId> inputs) {
  check_same_shape(builder, inputs, "sum");
  return add_fold(builder, "sum", inputs, sum_of_ranges(builder, inputs),
                  [](const Number& a, const Number& b) { return a + b; });
}

StageId build_subtract(StageBuilder& builder, const Arguments&, std::span<const StageId> inputs) {
  check_same_shape(builder, inputs, "subtract");
  const Range first = samples_of(builder.stage(inputs[0])), rest = samples_of(builder.stage(inputs[1]));
  return add_fold(builder, "subtract", inputs,
                  {first.least - rest.most, first.most - rest.least, first.is_whole && rest.is_whole},
                  [](const Number& a, const Number& b) { return a - b; });
}

StageId build_difference(StageBuilder& builder, const Arguments&, std::span<const StageId> inputs) {
  check_same_shape(builder, inputs, "difference");
  const Range all = union_of_ranges(builder, inputs);
  return add_fold(builder, "difference", inputs, {0, all.most - all.least, all.is_whole},
                  [](const Number& a, const Number& b) { return absolute(a - b); });
}

StageId build_minimum(StageBuilder& builder, const Arguments&, std::span<const StageId> inputs) {
  check_same_shape(builder, inputs, "minimum");
  return add_fold(builder, "minimum", inputs, union_of_ranges(builder, inputs), &cogent::image::minimum);
}

StageId build_maximum(StageBuilder& builder, const Arguments&, std::span<const StageId> inputs) {
  check_same_shape(builder, inputs, "maximum");
  return add_fold(builder, "maximum", inputs, union_of_ranges(builder, inputs), &cogent::image::maximum);
}

StageId build_average(StageBuilder& builder, const Arguments&, std::span<const StageId> inputs) {
  check_same_shape(builder, inputs, "average");
  const Range sum = sum_of_ranges(builder, inputs);
  const int count = static_cast<int>(inputs.size());
  // Division needs room for as much again.
  return add_colourwise(builder, "average", inputs, builder.pixel_type(), union_of_ranges(builder, inputs),
                        [=](const Neighbourhood& here, int c) {
                          const Number total = fold(here, c, static_cast<std::size_t>(count), 4 * largest_of(sum),
                                                    [](const Number& a, const Number& b) { return a + b; });
                          return divide_half_even(total, sum.least, count);
                        });
}

// White times white is white. Products of bytes are exact.
StageId build_multiply(StageBuilder& builder, const Arguments&, std::span<const StageId> inputs) {
  check_same_shape(builder, inputs, "multiply");
  const Stage &a = builder.stage(inputs[0]), &b = builder.stage(inputs[1]);
  const bool in_bytes = a.type == SampleType::U8 && b.type == SampleType::U8;
  const double white = white_of(b.type);
  const Range of_a = samples_of(a), of_b = samples_of(b);
  const double corners[] = {of_a.least * of_b.least, of_a.least * of_b.most, of_a.most * of_b.least,
                            of_a.most * of_b.most};
  const auto [least, most] = std::ranges::minmax(corners);
  return add_colourwise(builder, "multiply", inputs, builder.pixel_type(), {least / white, most / white, in_bytes},
                        [=](const Neighbourhood& here, int c) {
                          const Number x = here.at(0, 0, 0, c), y = here.at(1, 0, 0, c);
                          if (in_bytes) return divide_half_even(x * y, 0.0, 255);  // The white of bytes.
                          return Number(x.real()) * (Number(y.real()) * (1 / white));
                        });
}

StageId build_blend(StageBuilder& builder, const Arguments& arguments, std::span<const StageId> inputs) {
  check_same_shape(builder, inputs, "blend");
  const double amount = arguments.number("amount");
  Range range = union_of_ranges(builder, inputs);
  range.is_whole = false;
  return add_colourwise(builder, "blend", inputs, builder.pixel_type(), range,
                        [amount](const Neighbourhood& here, int c) {
                          return here.at(0, 0, 0, c) * (1 - amount) + here.at(1, 0, 0, c) * amount;
                        });
}

/// A join without parameters.
Filter join(std::string_view name, std::string_view help, int most_inputs, decltype(Filter::build) build) {
  return {.name = name, .group = "joins", .help = help, .least_inputs = 2, .most_inputs = most_inputs, .build = build};
}

}  // namespace

const Filter& sum() {
  static const Filter filter = join("sum", "the branches' sum", most_joined, &build_sum);
  return filter;
}
const Filter& subtract() {
  static const Filter filter = join("subtract", "the first branch less the second", 2, &build_subtract);
  return filter;
}
const Filter& difference() {
  static const Filter filter =
      join("difference", "the absolute value of the difference of two branches", 2, &build_difference);
  return filter;
}
const Filter& minimum() {
  static const Filter filter = join("minimum", "the branches' least sample", most_joined, &build_minimum);
  return filter;
}
const Filter& maximum() {
  static const Filter filter = join("maximum", "the branches' greatest sample", most_joined, &build_maximum);
  return filter;
}
const Filter& average() {
  static const Filter filter = join("average", "the branches' average", most_joined, &build_average);
  return filter;
}
const Filter& multiply() {
  static const Filter filter = join("multiply", "the product of two branches as parts of white", 2, &build_multiply);
  return filter;
}
const Filter& blend() {
  static const Filter filter = {.name = "blend",
                                .group = "joins",
                                .help = "the first branch with a part of the second",
                                .parameters = {{.name = "amount",
                                                .kind = ParameterKind::Number,
                                                .help = "0: the first alone; 1: the second alone",
                                                .standard = 0.5,
                                                .least = 0,
                                                .most = 1}},
                                .least_inputs = 2,
                                .most_inputs = 2,
                                .build = &build_blend};
  return filter;
}

}  // namespace cogent::image::filters
