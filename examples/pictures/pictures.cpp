// A pipeline of filters on a picture in memory: the edges of a bright square.
#include <cogent/image/pipeline.h>

#include <cstdio>
#include <vector>

namespace image = cogent::image;

namespace {

std::vector<std::uint8_t> bright_square(int width, int height) {
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3, 20);
  for (int y = height / 4; y < height * 3 / 4; ++y)
    for (int x = width / 4; x < width * 3 / 4; ++x)
      for (int c = 0; c < 3; ++c) pixels[static_cast<std::size_t>((y * width + x) * 3 + c)] = 220;
  return pixels;
}

}  // namespace

int main() {
  const std::vector<std::uint8_t> pixels = bright_square(1920, 1080);

  const auto edges = image::Pipeline::parse("gray | gaussian(1.2) | {sobel(x); sobel(y)} | hypot | threshold(64)");
  const image::PictureView<const std::uint8_t> in(pixels.data(), 1920, 1080, 3);  // memory of yours, three channels
  const auto code = edges.compile(in.format());  // microseconds; the same format again: nothing
  image::Picture<std::uint8_t> out(code.output_format());
  code(in, out);  // no allocation, no lock; from any thread

  int white = 0;
  for (std::size_t i = 0; i < out.size(); ++i) white += out.data()[i] == 255 ? 1 : 0;
  std::printf("%s: %d of %zu pixels lie on an edge\n", edges.to_text().c_str(), white, out.size());
}
