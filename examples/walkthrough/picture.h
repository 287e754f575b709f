// A picture in memory, and what the walkthrough does to it before the convolution.
#pragma once

#include <cstdint>
#include <vector>

namespace walkthrough {

// Rows from top to bottom without gaps; the channels of a pixel lie beside each other.
struct Picture {
  int width = 0;
  int height = 0;
  int channels = 1;
  std::vector<std::uint8_t> pixels;

  bool operator==(const Picture&) const = default;
};

Picture blank_picture(int width, int height);

// Luma as ITU-R BT.601 weighs it, in integers: the weights are 256ths, and their sum is 256.
Picture to_gray(const Picture& rgb);

// The gray picture with `border` more pixels on each side, which repeat the outermost ones.
Picture padded(const Picture& gray, int border);

}  // namespace walkthrough
