// The bodies, and the table of them.
#include "witness/phrasings.h"

namespace cogent::witness {
namespace {

using std::uint8_t;
using Code = GeneratedCodeBlock&;
using Source = In<uint8_t>;
using Destination = Out<uint8_t>;
using Weights = std::span<const int>;

/// Brings the sum into a byte and hands it to `store`.
template <class Store>
void finish(Code code, const Value<int>& sum, const Shape& shape, Store store) {
  const Value<int> biased = shape.bias == 0 ? sum : sum + shape.bias;
  const Value<int> shifted = shape.shift == 0 ? biased : biased >> shape.shift;
  const Value<int> scaled = shape.divisor == 1 ? shifted : shifted / shape.divisor;
  auto result = code.variable(scaled);
  switch (shape.finish) {
    case Finish::Clamp:
      return store(clamp(scaled, 0, 255));
    case Finish::MinThenMax:
      return store(max(min(scaled, 255), 0));
    case Finish::SaturateCast:
      return store(saturate_cast<uint8_t>(scaled));
    case Finish::TwoWhens:
      if (auto _ = code.when(result < 0)) result = 0;
      if (auto _ = code.when(result > 255)) result = 255;
      return store(result);
    case Finish::OtherwiseWhen:
      if (auto _ = code.when(result < 0)) result = 0;
      if (auto _ = code.otherwise_when(result > 255)) result = 255;
      return store(result);
    case Finish::Select:
      return store(select(scaled < 0, 0, select(scaled > 255, 255, scaled)));
  }
}

void flat(Code code, Source source, Destination destination, Weights weights, Shape shape) {
  const int width = shape.width, pitch = shape.pitch(), side = shape.kernel_width;
  for (auto i : code.range(destination.size())) {
    auto sum = code.variable(0);
    auto base = i / width * pitch + i % width;
    for (int k = 0; k < std::ssize(weights); ++k)
      if (weights[k] != 0) sum += source[base + k / side * pitch + k % side] * weights[k];
    finish(code, sum, shape, [&](const auto& value) { destination[i] = value; });
  }
}

void flat_counted_by_int(Code code, Source source, Destination destination, Weights weights, Shape shape) {
  const int width = shape.width, pitch = shape.pitch(), side = shape.kernel_width;
  for (auto i : code.range(static_cast<int>(destination.size()))) {
    auto sum = code.variable(0);
    for (int k = 0; k < std::ssize(weights); ++k)
      sum += weights[k] * source[i / width * pitch + i % width + k / side * pitch + k % side];
    finish(code, sum, shape, [&](const auto& value) { destination[i] = value; });
  }
}

void base_without_remainder(Code code, Source source, Destination destination, Weights weights, Shape shape) {
  const int pitch = shape.pitch(), side = shape.kernel_width;
  for (auto i : code.range(destination.size())) {
    auto sum = code.variable(0);
    auto base = i + i / shape.width * (side - 1);
    for (int k = 0; k < std::ssize(weights); ++k) sum += weights[k] * source[base + k / side * pitch + k % side];
    finish(code, sum, shape, [&](const auto& value) { destination[i] = value; });
  }
}

void row_and_column_named(Code code, Source source, Destination destination, Weights weights, Shape shape) {
  for (auto i : code.range(destination.size())) {
    auto y = i / shape.width;
    auto x = i % shape.width;
    auto sum = code.variable(0);
    for (int ky = 0; ky < shape.kernel_height; ++ky)
      for (int kx = 0; kx < shape.kernel_width; ++kx)
        sum += source[(y + ky) * shape.pitch() + (x + kx)] * weights[ky * shape.kernel_width + kx];
    finish(code, sum, shape, [&](const auto& value) { destination[y * shape.width + x] = value; });
  }
}

void nested_loops(Code code, Source source, Destination destination, Weights weights, Shape shape) {
  for (auto y : code.range(destination.size() / shape.width))
    for (auto x : code.range(shape.width)) {
      auto sum = code.variable(0);
      for (int ky = 0; ky < shape.kernel_height; ++ky)
        for (int kx = 0; kx < shape.kernel_width; ++kx)
          sum += source[(y + ky) * shape.pitch() + x + kx] * weights[ky * shape.kernel_width + kx];
      finish(code, sum, shape, [&](const auto& value) { destination[y * shape.width + x] = value; });
    }
}

void nested_loops_with_row_start(Code code, Source source, Destination destination, Weights weights, Shape shape) {
  const int height = static_cast<int>(destination.size() / shape.width);
  for (auto y : code.range(height)) {
    auto row = y * shape.pitch();
    auto out = y * shape.width;
    for (auto x : code.range(0, shape.width, 1)) {
      auto corner = row + x;
      auto sum = code.variable(0);
      for (int k = 0; k < std::ssize(weights); ++k)
        sum += source[corner + (k / shape.kernel_width * shape.pitch() + k % shape.kernel_width)] * weights[k];
      finish(code, sum, shape, [&](const auto& value) { destination[out + x] = value; });
    }
  }
}

void mutable_variables(Code code, Source source, Destination destination, Weights weights, Shape shape) {
  for (auto i : code.range(destination.size())) {
    auto y = code.variable(i / shape.width);
    auto x = code.variable(i % shape.width);
    auto sum = code.variable(0);
    for (int k = 0; k < std::ssize(weights); ++k) {
      if (k > 0 && k % shape.kernel_width == 0) y += 1;
      sum += source[y * shape.pitch() + x + k % shape.kernel_width] * weights[k];
    }
    finish(code, sum, shape, [&](const auto& value) { destination[i] = value; });
  }
}

Value<int> weighted_sum(const Source& source, const Value<std::int64_t>& corner, Weights weights, const Shape& shape,
                        int count) {
  const int k = count - 1;
  auto term = source[corner + k / shape.kernel_width * shape.pitch() + k % shape.kernel_width] * weights[k];
  if (k == 0) return term;
  return weighted_sum(source, corner, weights, shape, k) + term;
}

void one_expression(Code code, Source source, Destination destination, Weights weights, Shape shape) {
  for (auto i : code.range(destination.size())) {
    auto corner = i / shape.width * shape.pitch() + i % shape.width;
    finish(code, weighted_sum(source, corner, weights, shape, static_cast<int>(weights.size())), shape,
           [&](const auto& value) { destination[i] = value; });
  }
}

void subtraction(Code code, Source source, Destination destination, Weights weights, Shape shape) {
  const int pitch = shape.pitch(), side = shape.kernel_width;
  for (auto i : code.range(destination.size())) {
    auto corner = i / shape.width * pitch + i % shape.width;
    auto sum = code.variable(0);
    for (int k = 0; k < std::ssize(weights); ++k) {
      auto pixel = source[corner + k / side * pitch + k % side];
      if (weights[k] < 0)
        sum -= pixel * -weights[k];
      else
        sum += pixel * weights[k];
    }
    finish(code, sum, shape, [&](const auto& value) { destination[i] = value; });
  }
}

void row_from_the_difference(Code code, Source source, Destination destination, Weights weights, Shape shape) {
  for (auto i : code.range(destination.size())) {
    auto x = i % shape.width;
    auto y = (i - x) / shape.width;
    auto corner = y * shape.pitch() + x;
    auto sum = code.variable(0);
    for (int k = 0; k < std::ssize(weights); ++k)
      sum += source[corner + k / shape.kernel_width * shape.pitch() + k % shape.kernel_width] * weights[k];
    finish(code, sum, shape, [&](const auto& value) { destination[i] = value; });
  }
}

void column_from_the_difference(Code code, Source source, Destination destination, Weights weights, Shape shape) {
  for (auto i : code.range(destination.size())) {
    auto y = i / shape.width;
    auto x = i - y * shape.width;
    auto sum = code.variable(0);
    for (int k = 0; k < std::ssize(weights); ++k)
      sum += source[y * shape.pitch() + x + (k / shape.kernel_width * shape.pitch() + k % shape.kernel_width)] *
             weights[k];
    finish(code, sum, shape, [&](const auto& value) { destination[i] = value; });
  }
}

void unrolled_kernel(Code code, Source source, Destination destination, Weights weights, Shape shape) {
  for (auto i : code.range(destination.size())) {
    auto corner = i / shape.width * shape.pitch() + i % shape.width;
    auto sum = code.variable(0);
    for (int ky : code.unroll(shape.kernel_height))
      for (int kx : code.unroll(shape.kernel_width))
        sum += source[corner + ky * shape.pitch() + kx] * weights[ky * shape.kernel_width + kx];
    finish(code, sum, shape, [&](const auto& value) { destination[i] = value; });
  }
}

void generated_row_loops(Code code, Source source, Destination destination, Weights weights, Shape shape) {
  for (auto i : code.range(destination.size())) {
    auto corner = i / shape.width * shape.pitch() + i % shape.width;
    auto sum = code.variable(0);
    for (int ky = 0; ky < shape.kernel_height; ++ky)
      for (auto kx : code.range(shape.kernel_width))
        sum += source[corner + ky * shape.pitch() + kx] * weights[ky * shape.kernel_width];
    finish(code, sum, shape, [&](const auto& value) { destination[i] = value; });
  }
}

void generated_kernel_loops(Code code, Source source, Destination destination, Weights weights, Shape shape) {
  for (auto i : code.range(destination.size())) {
    auto corner = i / shape.width * shape.pitch() + i % shape.width;
    auto sum = code.variable(0);
    for (auto ky : code.range(shape.kernel_height))
      for (auto kx : code.range(shape.kernel_width)) sum += source[corner + ky * shape.pitch() + kx] * weights[0];
    finish(code, sum, shape, [&](const auto& value) { destination[i] = value; });
  }
}

/// (a + b) * c row by row, as gradients are often written.
void factored_rows(Code code, Source source, Destination destination, Weights weights, Shape shape) {
  for (auto i : code.range(destination.size())) {
    auto corner = i / shape.width * shape.pitch() + i % shape.width;
    auto sum = code.variable(0);
    for (int ky = 0; ky < shape.kernel_height; ++ky) {
      const int factor = weights[ky * shape.kernel_width];  // the first row begins with 1
      auto row = code.variable(0);
      for (int kx = 0; kx < shape.kernel_width; ++kx) row += source[corner + ky * shape.pitch() + kx] * weights[kx];
      sum += row * factor;
    }
    finish(code, sum, shape, [&](const auto& value) { destination[i] = value; });
  }
}

}  // namespace

const std::vector<Phrasing>& phrasings() {
  static const std::vector<Phrasing> list = {
      {"flat", flat, Kernels::Any},
      {"flat_counted_by_int", flat_counted_by_int, Kernels::Any},
      {"base_without_remainder", base_without_remainder, Kernels::Any},
      {"row_and_column_named", row_and_column_named, Kernels::Any},
      {"nested_loops", nested_loops, Kernels::Any},
      {"nested_loops_with_row_start", nested_loops_with_row_start, Kernels::Any},
      {"mutable_variables", mutable_variables, Kernels::Any},
      {"one_expression", one_expression, Kernels::Any},
      {"subtraction", subtraction, Kernels::Any},
      {"row_from_the_difference", row_from_the_difference, Kernels::Any},
      {"column_from_the_difference", column_from_the_difference, Kernels::Any},
      {"unrolled_kernel", unrolled_kernel, Kernels::Any},
      {"generated_row_loops", generated_row_loops, Kernels::UniformRows},
      {"generated_kernel_loops", generated_kernel_loops, Kernels::Uniform},
      {"factored_rows", factored_rows, Kernels::RankOne},
  };
  return list;
}

}  // namespace cogent::witness
