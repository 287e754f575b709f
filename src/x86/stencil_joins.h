// Halves of windows with few taps: a tap without a neighbour shares a product with another of its row or of the next.
//
// In a product's operand even bytes are multiplied by one tap and odd bytes by another. Of the vectors that begin at
// even columns, the even half takes column c from the even bytes of vector c (c even) or from the odd ones of vector c
// - 1 (c odd); the odd half from the odd bytes of vector c, or from the even ones of vector c + 1. So taps at columns c
// and c + 1 lie in one vector, in each half for every second c. A tap that is left over is joined with one that takes
// bytes of the other kind, from whatever vector; or with one that takes the same kind, from a vector that begins one
// column earlier or later, which is the vector shifted by a byte.
#pragma once

#include <array>
#include <cstdint>

#include "x86/stencil_products.h"

namespace cogent::x86 {

/// Finds all partners, then lists row by row.
class JoinedHalves {
 public:
  static constexpr int most_columns = 7;
  /// Of the window's columns from `first_column` on, which is even; their number is odd and at most most_columns.
  JoinedHalves(const TapWindow& window, int first_column, ProductList& list);

  /// Appends the products of a row in any order.
  void list_row(int row);

 private:
  static constexpr int alone = -1;
  struct Single {  // a tap that has no neighbour, and the bytes it takes
    std::int32_t tap;
    std::int8_t row;
    std::int8_t column;  // of the vector
    bool takes_odd;
    std::int16_t partner;
  };
  struct Half {
    int accumulator;
    int count;
    int next;  // the first that is not listed yet
    std::array<Single, most_columns * ir::StencilStage::largest_side> singles;
  };

  template <class Pair, class Alone>
  void for_each(int row, const Half& half, Pair&& pair, Alone&& alone) const;
  void add_single(Half& half, int row, int column, std::int32_t tap) const;
  void find_partners(Half& half) const;
  int best_partner(const Half& half, int single) const;
  void list_row(int row, Half& half);
  void list_joined(const Single& first, const Single& second, int accumulator);

  const TapWindow& window_;
  const int first_column_;
  ProductList& list_;
  std::array<Half, 2> halves_;
};

}  // namespace cogent::x86
