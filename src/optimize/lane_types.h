// Types of lanes by size and sign.
#pragma once
#include "ir/type.h"

namespace cogent::optimize {

constexpr ir::Type type_of_size(int bytes, bool is_signed) {
  using enum ir::Type;
  switch (bytes) {
    case 1:
      return is_signed ? I8 : U8;
    case 2:
      return is_signed ? I16 : U16;
    case 4:
      return is_signed ? I32 : U32;
    default:
      return is_signed ? I64 : U64;
  }
}

constexpr std::uint8_t size_in_lanes(ir::Type type) { return static_cast<std::uint8_t>(ir::size_of(type)); }

}  // namespace cogent::optimize
