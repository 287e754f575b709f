// The kernels' and pictures' numbers, from a seed.
#include "witness/random_convolution.h"

namespace cogent::witness {
namespace {

using testing::Random;

int number(Random& random, std::int64_t first, std::int64_t last) {
  return static_cast<int>(random.between(first, last));
}

/// Small weights, all of a byte's, or larger ones; now and then many zeros.
class RandomWeights {
 public:
  explicit RandomWeights(Random& random) : random_(random) {
    const std::vector<int> limits = {1, 3, 12, 127, 127, 300, 1000};
    largest_ = random.pick(limits);
    smallest_ = random.one_in(4) ? 0 : largest_ == 127 ? -128 : -largest_;
    zero_percent_ = random.one_in(3) ? number(random, 0, 90) : 0;
  }
  int next() { return number(random_, 0, 99) < zero_percent_ ? 0 : number(random_, smallest_, largest_); }

 private:
  Random& random_;
  int largest_, smallest_, zero_percent_;
};

std::vector<int> random_weights(Random& random, Kernels kernels, int width, int height) {
  RandomWeights weights(random);
  std::vector<int> result(static_cast<std::size_t>(width * height));
  for (int& weight : result) weight = weights.next();
  const auto at = [&](int y, int x) -> int& { return result[static_cast<std::size_t>(y * width + x)]; };
  if (kernels == Kernels::RankOne) {
    for (int y = 1; y < height; ++y) at(y, 0) %= 33;
    at(0, 0) = 1;
  }
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      if (kernels == Kernels::UniformRows) at(y, x) = at(y, 0);
      if (kernels == Kernels::Uniform) at(y, x) = at(0, 0);
      if (kernels == Kernels::RankOne) at(y, x) = (y == 0 ? 1 : at(y, 0)) * at(0, x);  // fits 16 bits
    }
  return result;
}

}  // namespace

Convolution random_convolution(Random& random, Kernels kernels, const ConvolutionLimits& limits) {
  Convolution result;
  Shape& shape = result.shape;
  const int side = limits.largest_side, picture = limits.largest_picture;
  shape.kernel_width = number(random, 1, random.one_in(3) ? side : number(random, 1, side));
  shape.kernel_height = number(random, 1, random.one_in(3) ? side : number(random, 1, side));
  shape.width = number(random, 1, picture);
  result.height = number(random, 1, random.one_in(6) ? picture : number(random, 1, 12));
  shape.finish = static_cast<Finish>(number(random, 0, finish_count - 1));
  if (random.one_in(3)) {
    shape.shift = number(random, 1, 12);
    shape.bias = random.one_in(2) ? 1 << shape.shift >> 1 : number(random, -500, 500);
  } else if (random.one_in(3)) {
    shape.bias = number(random, -300, 300);
  } else if (random.one_in(8)) {
    shape.divisor = number(random, 2, 300);
  }
  result.weights = random_weights(random, kernels, shape.kernel_width, shape.kernel_height);
  return result;
}

std::vector<std::uint8_t> random_bytes(Random& random, std::size_t count) {
  const bool only_extremes = random.one_in(3);
  std::vector<std::uint8_t> bytes(count);
  for (std::uint8_t& byte : bytes)
    byte = static_cast<std::uint8_t>(only_extremes ? (random.one_in(2) ? 255 : 0) : random.bits());
  return bytes;
}

}  // namespace cogent::witness
