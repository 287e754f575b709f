// Where a generated pass finds samples: pictures, and rings of rows in memory of its own.
#pragma once
#include "engine/extent.h"
#include "engine/schedule.h"

namespace cogent::image {

/// The samples of a picture of a size that only the run knows: rows begin so many samples one behind the other.
template <class Samples>
struct RunTimeRows {
  Samples samples;
  Index stride;
};

/// A picture that the generated function reads: its planes, rows, and samples of a row.
class PictureSource {
 public:
  using Memory = std::variant<AnyIn<3>, RunTimeRows<DynamicIn<std::uint8_t>>, RunTimeRows<DynamicIn<std::uint16_t>>>;
  PictureSource(const Memory& memory, const Format& format) : memory_(memory), format_(format) {}

  /// Channel c of a pixel; with a flat row, c is 0 and the column counts samples.
  Number read(const Index& row, const Index& column, int channel, bool is_flat) const;
  const Format& format() const { return format_; }

 private:
  Memory memory_;
  Format format_;
};

/// Where a pass's result goes.
class PictureTarget {
 public:
  using Memory = std::variant<AnyOut<3>, RunTimeRows<DynamicOut<std::uint8_t>>, RunTimeRows<DynamicOut<std::int16_t>>,
                              RunTimeRows<DynamicOut<std::uint16_t>>>;
  PictureTarget(const Memory& memory, const Format& format) : memory_(memory), format_(format) {}
  void write(const Index& row, const Index& column, int channel, bool is_flat, const Number& sample) const;

 private:
  Memory memory_;
  Format format_;
};

/// The rows of a ring, channels side by side, with pixels beyond the ends.
class RingMemory {
 public:
  RingMemory(GeneratedCodeBlock& code, const Ring& ring, const Extent& width, const Extent& height, int channels);

  /// Where the samples of a row begin: of one that was written.
  Index row_begin(const Index& row) const;
  /// Where the samples begin of the row that the border puts at a row, which may lie outside the picture.
  Index border_row_begin(GeneratedCodeBlock& code, const Index& row) const;
  Number read(const Index& place) const;
  void write(const Index& place, const Number& sample);
  /// Fills in what lies beyond the ends of a row that was written.
  void pad(const Index& begin);

 private:
  using Memory = std::variant<Scratch<std::uint8_t>, Scratch<std::int16_t>, Scratch<std::uint16_t>,
                              Scratch<std::int32_t>, Scratch<float>>;
  static Memory make_memory(GeneratedCodeBlock& code, SampleType type, std::int64_t size, double initial);

  const Ring& ring_;
  Extent width_, height_;
  int channels_;
  std::int64_t margin_, pitch_;  ///< samples before a row's first, which begins a line of the cache; between rows
  Memory memory_;
};

/// The row or column that a border puts at `position` of `size`, for a position less than `reach` outside: one that
/// lies in the picture, or of a constant border -1.
Index border_position(GeneratedCodeBlock& code, const Index& position, const Extent& size, int reach, Border border);
/// The same for a position that is known now.
int border_position(int position, int size, Border border);

}  // namespace cogent::image
