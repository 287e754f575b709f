// Gray levels and padding.
#include "picture.h"

#include <algorithm>

namespace walkthrough {

Picture blank_picture(int width, int height) {
  return {width, height, 1, std::vector<std::uint8_t>(static_cast<std::size_t>(width) * height)};
}

Picture to_gray(const Picture& rgb) {
  Picture gray = blank_picture(rgb.width, rgb.height);
  for (std::size_t i = 0; i < gray.pixels.size(); ++i) {
    const std::uint8_t* pixel = &rgb.pixels[i * rgb.channels];
    gray.pixels[i] = static_cast<std::uint8_t>((77 * pixel[0] + 150 * pixel[1] + 29 * pixel[2] + 128) >> 8);
  }
  return gray;
}

Picture padded(const Picture& gray, int border) {
  Picture result = blank_picture(gray.width + 2 * border, gray.height + 2 * border);
  for (int y = 0; y < result.height; ++y) {
    const int source_y = std::clamp(y - border, 0, gray.height - 1);
    const auto source = gray.pixels.begin() + static_cast<std::ptrdiff_t>(source_y) * gray.width;
    auto destination = result.pixels.begin() + static_cast<std::ptrdiff_t>(y) * result.width;
    destination = std::fill_n(destination, border, source[0]);
    destination = std::copy_n(source, gray.width, destination);
    std::fill_n(destination, border, source[gray.width - 1]);
  }
  return result;
}

}  // namespace walkthrough
