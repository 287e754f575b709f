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
To converted(From sample) {
  if constexpr (std::is_same_v<To, float>) {
    return static_cast<float>(sample);
  } else if constexpr (std::is_same_v<From, std::uint16_t> && std::is_same_v<To, std::uint8_t>) {
    return static_cast<std::uint8_t>((sample + 128u) / 257u);  // 65535 is white, as 255 is
  } else if constexpr (std::is_floating_point_v<From>) {
    const float rounded = std::nearbyint(std::isnan(sample) ? 0.0F : sample);
    return static_cast<To>(std::clamp(rounded, 0.0F, static_cast<float>(std::numeric_limits<To>::max())));
  } else {
    return static_cast<To>(std::clamp<std::int32_t>(sample, 0, std::numeric_limits<To>::max()));
  }
}

template <class To, class From>
void convert(const image::ConstPixels& pixels, To* result) {
  const image::Format& format = pixels.format;
  const auto* const samples = static_cast<const From*>(pixels.data);
  const bool planar = format.layout == image::Layout::Planar;
  const int planes = planar ? format.channels : 1;
  const std::ptrdiff_t length = static_cast<std::ptrdiff_t>(format.width) * (planar ? 1 : format.channels);
  for (std::ptrdiff_t y = 0; y < format.height; ++y, result += length * planes) {
    for (int plane = 0; plane < planes; ++plane) {
      const From* const row = samples + y * pixels.row_stride + plane * pixels.plane_stride;
      for (std::ptrdiff_t k = 0; k < length; ++k) result[k * planes + plane] = converted<To>(row[k]);
    }
  }
}

template <class To>
void convert_to(const image::ConstPixels& pixels, To* result) {
  switch (pixels.format.type) {
    case SampleType::U8:
      return convert<To, std::uint8_t>(pixels, result);
    case SampleType::U16:
      return convert<To, std::uint16_t>(pixels, result);
    case SampleType::I16:
      return convert<To, std::int16_t>(pixels, result);
    case SampleType::I32:
      return convert<To, std::int32_t>(pixels, result);
    case SampleType::F32:
      return convert<To, float>(pixels, result);
  }
}

}  // namespace

SampleType stored_type(SampleType result, SampleType input, bool file_takes_16_bits, bool file_takes_floats) {
  const bool as_input = result != SampleType::U8 && result != SampleType::U16;
  SampleType type = as_input ? input : result;
  if (type == SampleType::F32 && file_takes_floats) return type;
  if (type == SampleType::I16) type = SampleType::U16;  // no file has signed samples
  if (type == SampleType::U16 && file_takes_16_bits) return type;
  return SampleType::U8;
}

void convert_samples(const image::ConstPixels& pixels, SampleType type, void* result) {
  if (type == SampleType::U8) return convert_to(pixels, static_cast<std::uint8_t*>(result));
  if (type == SampleType::U16) return convert_to(pixels, static_cast<std::uint16_t*>(result));
  convert_to(pixels, static_cast<float*>(result));
}

}  // namespace cogent::cli
