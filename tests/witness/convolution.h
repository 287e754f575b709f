// A convolution of a byte picture: what is to be computed, and the plain C++ that computes it.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace cogent::witness {

/// In which words the sum is brought into a byte.
enum class Finish { Clamp, MinThenMax, SaturateCast, TwoWhens, OtherwiseWhen, Select };
inline constexpr int finish_count = 6;

/// The facts of a convolution beside its weights and its height; a static argument of a type of the user's own.
struct Shape {
  int width = 1;
  int kernel_width = 1, kernel_height = 1;
  int bias = 0, shift = 0;  // (sum + bias) >> shift
  int divisor = 1;          // then / divisor
  Finish finish = Finish::Clamp;

  int pitch() const { return width + kernel_width - 1; }
  bool operator==(const Shape&) const = default;
};

struct Convolution {
  Shape shape;
  int height = 1;
  std::vector<int> weights;

  std::size_t source_size() const {
    return static_cast<std::size_t>(shape.pitch()) * static_cast<std::size_t>(height + shape.kernel_height - 1);
  }
  std::size_t destination_size() const {
    return static_cast<std::size_t>(shape.width) * static_cast<std::size_t>(height);
  }
  /// Multiplications for the whole picture.
  std::int64_t work() const;
  bool is_zero() const;
  /// For messages.
  std::string text() const;
};

/// The naive loop, element by element, so that it tells what overlapping arrays are to hold as well.
void convolve_naively(const Convolution& convolution, const std::uint8_t* source, std::uint8_t* destination);

}  // namespace cogent::witness

template <>
struct std::hash<cogent::witness::Shape> {
  std::size_t operator()(const cogent::witness::Shape& shape) const {
    return static_cast<std::size_t>(shape.width * 31 + shape.kernel_width * 7 + shape.shift);
  }
};
