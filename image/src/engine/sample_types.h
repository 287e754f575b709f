// From a sample type to the C++ type that it is.
#pragma once
#include <cogent/image/format.h>

namespace cogent::image {

/// Calls with a zero of the C++ type.
template <class Use>
decltype(auto) with_type(SampleType type, Use&& use) {
  switch (type) {
    case SampleType::U8:
      return use(std::uint8_t{});
    case SampleType::U16:
      return use(std::uint16_t{});
    case SampleType::I16:
      return use(std::int16_t{});
    case SampleType::I32:
      return use(std::int32_t{});
    case SampleType::F32:
      break;
  }
  return use(float{});
}

}  // namespace cogent::image
