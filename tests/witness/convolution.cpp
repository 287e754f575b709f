// The naive loop, and convolutions as text.
#include "witness/convolution.h"

#include <algorithm>

namespace cogent::witness {

std::int64_t Convolution::work() const {
  return static_cast<std::int64_t>(destination_size()) * static_cast<std::int64_t>(weights.size());
}

bool Convolution::is_zero() const { return std::ranges::count(weights, 0) == std::ssize(weights); }

std::string Convolution::text() const {
  const auto text = [](auto number) { return std::to_string(number); };
  std::string result = text(shape.width) + "x" + text(height) + ", kernel " + text(shape.kernel_width) + "x" +
                       text(shape.kernel_height) + ", bias " + text(shape.bias) + ", shift " + text(shape.shift) +
                       ", divisor " + text(shape.divisor) + ", finish " + text(static_cast<int>(shape.finish)) +
                       ", weights";
  for (const int weight : weights) result += " " + text(weight);
  return result;
}

void convolve_naively(const Convolution& convolution, const std::uint8_t* source, std::uint8_t* destination) {
  const Shape& shape = convolution.shape;
  for (int y = 0; y < convolution.height; ++y)
    for (int x = 0; x < shape.width; ++x) {
      int sum = 0;
      for (int ky = 0; ky < shape.kernel_height; ++ky)
        for (int kx = 0; kx < shape.kernel_width; ++kx)
          sum += source[(y + ky) * shape.pitch() + x + kx] *
                 convolution.weights[static_cast<std::size_t>(ky * shape.kernel_width + kx)];
      const int scaled = ((sum + shape.bias) >> shape.shift) / shape.divisor;
      destination[y * shape.width + x] = static_cast<std::uint8_t>(std::clamp(scaled, 0, 255));
    }
}

}  // namespace cogent::witness
