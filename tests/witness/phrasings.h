// The same convolution in the words of different programmers, as bodies of generated functions.
#pragma once
#include <cogent/cogent.h>

#include <vector>

#include "witness/convolution.h"

namespace cogent::witness {

using Body = void (*)(GeneratedCodeBlock&, In<std::uint8_t>, Out<std::uint8_t>, std::span<const int>, Shape);
using ConvolutionFunction = GeneratedFunction<void(In<std::uint8_t>, Out<std::uint8_t>, std::span<const int>, Shape)>;

/// Which kernels a phrasing can express.
enum class Kernels { Any, UniformRows, Uniform, RankOne };

struct Phrasing {
  const char* name;
  Body body;
  Kernels kernels;
};

const std::vector<Phrasing>& phrasings();

}  // namespace cogent::witness
