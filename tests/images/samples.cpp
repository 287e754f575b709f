// Pictures of doubles: borders, rounding, and their way through a pipeline.
#include "images/samples.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace cogent::testing {

namespace {

// Calls with a zero of the C++ type.
template <class Use>
decltype(auto) with_type(SampleType type, Use&& use) {
  if (type == SampleType::U8) return use(std::uint8_t{});
  if (type == SampleType::U16) return use(std::uint16_t{});
  if (type == SampleType::I16) return use(std::int16_t{});
  if (type == SampleType::I32) return use(std::int32_t{});
  return use(float{});
}

}  // namespace

int place_inside(int position, int size, Border border) {
  while (position < 0 || position >= size) {
    const bool is_before = position < 0;
    if (border == Border::Constant) return -1;
    if (border == Border::Replicate) position = is_before ? 0 : size - 1;
    if (border == Border::Wrap) position += is_before ? size : -size;
    if (border == Border::Reflect) position = is_before ? -1 - position : 2 * size - 1 - position;
    if (border == Border::Reflect101) position = size == 1 ? 0 : is_before ? -position : 2 * size - 2 - position;
  }
  return position;
}

double Samples::look(int y, int x, int c, const Outside& outside) const {
  const int row = place_inside(y, format.height, outside.border);
  const int column = place_inside(x, format.width, outside.border);
  return row < 0 || column < 0 ? as_sample(outside.value, format.type) : at(row, column, c);
}

double least_of(SampleType type) {
  return with_type(type, [](auto zero) { return static_cast<double>(std::numeric_limits<decltype(zero)>::lowest()); });
}
double most_of(SampleType type) {
  return with_type(type, [](auto zero) { return static_cast<double>(std::numeric_limits<decltype(zero)>::max()); });
}
double white_of(SampleType type) { return type == SampleType::F32 ? 1 : most_of(type); }

double as_sample(double number, SampleType type) {
  if (type == SampleType::F32) return static_cast<float>(number);
  return std::clamp(std::nearbyint(number), least_of(type), most_of(type));
}

Samples random_samples(const Format& format, std::mt19937& random) {
  Samples samples(format);
  const bool has_extremes = random() % 3 == 0;  // black and white beside each other
  for (double& value : samples.values) {
    const double part = has_extremes ? static_cast<double>(random() % 2) : static_cast<double>(random()) / 4294967296.0;
    const double least = format.type == SampleType::F32 ? 0 : least_of(format.type);
    value = as_sample(least + part * (white_of(format.type) - least), format.type);
  }
  return samples;
}

Samples computed(const Format& format, const At& at) {
  Samples result(format);
  for (int y = 0; y < format.height; ++y)
    for (int x = 0; x < format.width; ++x)
      for (int c = 0; c < format.channels; ++c) result.at(y, x, c) = as_sample(at(y, x, c), format.type);
  return result;
}

Samples computed(Format format, SampleType type, const At& at) {
  format.type = type;
  return computed(format, at);
}

Samples run(const image::Pipeline& pipeline, const Samples& input, const image::CompileOptions& options) {
  const image::CompiledPipeline code = pipeline.compile(input.format, options);
  Samples result(code.output_format());
  with_type(input.format.type, [&](auto from_zero) {
    with_type(result.format.type, [&](auto to_zero) {
      using From = decltype(from_zero);
      image::Picture<From> from(input.format);
      image::Picture<decltype(to_zero)> to(result.format);
      const auto each = [](const Samples& samples, auto&& visit) {
        for (int y = 0; y < samples.format.height; ++y)
          for (int x = 0; x < samples.format.width; ++x)
            for (int c = 0; c < samples.format.channels; ++c) visit(y, x, c);
      };
      each(input, [&](int y, int x, int c) { from(y, x, c) = static_cast<From>(input.at(y, x, c)); });
      code(from, to);
      each(result, [&](int y, int x, int c) { result.at(y, x, c) = static_cast<double>(to(y, x, c)); });
    });
  });
  return result;
}

std::string difference(const Samples& result, const Samples& expected, double levels) {
  if (!(result.format == expected.format))
    return "the format is " + image::to_text(result.format) + ", expected " + image::to_text(expected.format);
  const Format& format = result.format;
  for (std::size_t i = 0; i < result.values.size(); ++i) {
    const double got = result.values[i], wanted = expected.values[i];
    double allowed = levels;
    if (format.type == SampleType::F32) allowed *= 1e-5 * std::max(1.0, std::abs(wanted));
    if (std::abs(got - wanted) <= allowed) continue;
    const auto channels = static_cast<std::size_t>(format.channels), width = static_cast<std::size_t>(format.width);
    return "row " + std::to_string(i / channels / width) + ", column " + std::to_string(i / channels % width) +
           ", channel " + std::to_string(i % channels) + ": " + std::to_string(got) + ", expected " +
           std::to_string(wanted);
  }
  return {};
}

}  // namespace cogent::testing
