// Samples of one type as another: rounded half to even, values beyond its ends become the ends.
#include "files/saturate.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace cogent::cli {
namespace {

using image::SampleType;

template <class To, class From>
To converted(From sample, [[maybe_unused]] float scale) {
  constexpr To least = std::numeric_limits<To>::min(), most = std::numeric_limits<To>::max();
  if constexpr (std::is_same_v<To, float>) {
    return static_cast<float>(sample);
  } else if constexpr (std::is_same_v<From, std::uint16_t> && std::is_same_v<To, std::uint8_t>) {
    return static_cast<std::uint8_t>((sample + 128u) / 257u);  // 65535 is white, as 255 is
  } else if constexpr (std::is_floating_point_v<From>) {
    const float rounded = std::nearbyint(std::isnan(sample) ? 0.0F : sample * scale);
    return static_cast<To>(std::clamp(rounded, static_cast<float>(least), static_cast<float>(most)));
  } else {
    return static_cast<To>(std::clamp<std::int32_t>(sample, least, most));
  }
}

template <class To, class From>
void convert(const image::ConstPixels& pixels, To* result, float scale) {
  const image::Format& format = pixels.format;
  const auto* const samples = static_cast<const From*>(pixels.data);
  const bool planar = format.layout == image::Layout::Planar;
  const int planes = planar ? format.channels : 1;
  const std::ptrdiff_t length = static_cast<std::ptrdiff_t>(format.width) * (planar ? 1 : format.channels);
  for (std::ptrdiff_t y = 0; y < format.height; ++y, result += length * planes) {
    for (int plane = 0; plane < planes; ++plane) {
      const From* const row = samples + y * pixels.row_stride + plane * pixels.plane_stride;
      for (std::ptrdiff_t k = 0; k < length; ++k) result[k * planes + plane] = converted<To>(row[k], scale);
    }
  }
}

template <class To>
void convert_to(const image::ConstPixels& pixels, To* result, float scale) {
  switch (pixels.format.type) {
    case SampleType::U8:
      return convert<To, std::uint8_t>(pixels, result, scale);
    case SampleType::U16:
      return convert<To, std::uint16_t>(pixels, result, scale);
    case SampleType::I16:
      return convert<To, std::int16_t>(pixels, result, scale);
    case SampleType::I32:
      return convert<To, std::int32_t>(pixels, result, scale);
    case SampleType::F32:
      return convert<To, float>(pixels, result, scale);
  }
}

}  // namespace

SampleType stored_type(SampleType result, SampleType input, FileSamples takes) {
  const bool as_input = result != SampleType::U8 && result != SampleType::U16;
  SampleType type = as_input ? input : result;
  if ((type == SampleType::F32 && takes.f32) || (type == SampleType::I16 && takes.s16)) return type;
  if (type != SampleType::U8) type = SampleType::U16;
  if (type == SampleType::U16 && takes.u16) return type;
  return SampleType::U8;
}

float scale_of_floats(SampleType input, SampleType stored) {
  if (input != SampleType::F32) return 1;
  if (stored == SampleType::U8) return std::numeric_limits<std::uint8_t>::max();
  return stored == SampleType::U16 ? std::numeric_limits<std::uint16_t>::max() : 1;
}

void convert_samples(const image::ConstPixels& pixels, SampleType type, void* result, float scale) {
  switch (type) {
    case SampleType::U8:
      return convert_to(pixels, static_cast<std::uint8_t*>(result), scale);
    case SampleType::U16:
      return convert_to(pixels, static_cast<std::uint16_t*>(result), scale);
    case SampleType::I16:
      return convert_to(pixels, static_cast<std::int16_t*>(result), scale);
    default:
      return convert_to(pixels, static_cast<float*>(result), scale);
  }
}

}  // namespace cogent::cli
