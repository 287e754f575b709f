// What a recognised stencil computes, without the program that it was recognised in: each element of a rectangle of
// results is a weighted sum of the bytes around its place in another array, shifted, clamped and perhaps made a float.
#pragma once
#include <cstdint>
#include <vector>

#include "ir/program.h"

namespace cogent::ir {

/// One weighted sum: clamp((bias + sum of taps * elements) >> shift, low, high). The sum never leaves 32 bits.
struct StencilStage {
  static constexpr std::int32_t largest_side = 64;

  std::int32_t height = 0, width = 0;  // of the window of taps, each 1 .. largest_side
  std::uint32_t first_tap = 0;         // in Stencil::taps, row by row
  std::int32_t bias = 0;
  std::int32_t shift = 0;            // arithmetic, 0 .. 31
  std::int32_t low = 0, high = 255;  // low <= high, both of the result's type; of 32 bits where that is a float

  bool operator==(const StencilStage&) const = default;
};

/// For each row y and column x, in any order:
///   destination[destination_offset + y * destination_pitch + x] =
///     last stage of ... of the first stage of the window whose corner is
///     source[source_offset + y * source_pitch + x].
/// The source's elements are U8, the destination's of the type `result`: a stage's value as an integer (of 32 bits,
/// modulo 2^32), or as a float, which is then multiplied by `scale`. Offsets and pitches count elements. The whole
/// rectangle of source elements, rows + height - 1 by width + width of the window - 1, lies within the source array,
/// whether or not each element is used; pitches are positive and at least the rectangle's width (destination) or 1
/// (source). The arrays are different, but their memory may overlap.
struct Stencil {
  Id source = none, destination = none;
  Type result = Type::U8;            // U8, I16, U16, I32, U32 or F32
  float scale = 1;                   // 1 unless the result is a float
  std::int64_t width = 0, rows = 0;  // of the destination's rectangle, at least 1
  std::int64_t source_offset = 0, source_pitch = 0;
  std::int64_t destination_offset = 0, destination_pitch = 0;
  Line line = 0;                     // of the store
  Id parallel_loop = none;           // the outermost of its loops that is to be done in parallel
  std::vector<StencilStage> stages;  // in the order in which they are applied; today always one
  std::vector<std::int32_t> taps;    // of all stages

  /// Bytes of a result.
  int result_size() const { return static_cast<int>(size_of(result)); }
  /// Empties the description and keeps its memory.
  void clear() {
    source = destination = parallel_loop = none;
    result = Type::U8;
    scale = 1;
    stages.clear();
    taps.clear();
  }
};

}  // namespace cogent::ir
