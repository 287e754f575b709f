// Pictures in files, through libvips.
#include "picture_file.h"

#include <stdexcept>
#include <vips/vips8>

namespace walkthrough {

void start_picture_files(const char* program) {
  if (VIPS_INIT(program) != 0) throw std::runtime_error("libvips does not start");
}

Picture read_rgb(const std::string& file) {
  try {
    vips::VImage image = vips::VImage::new_from_file(file.c_str()).colourspace(VIPS_INTERPRETATION_sRGB);
    if (image.has_alpha()) image = image.flatten();
    image = image.cast(VIPS_FORMAT_UCHAR);
    std::size_t size = 0;
    auto* pixels = static_cast<std::uint8_t*>(image.write_to_memory(&size));
    Picture picture{image.width(), image.height(), image.bands(), {pixels, pixels + size}};
    g_free(pixels);
    return picture;
  } catch (const vips::VError& error) {
    throw std::runtime_error("cannot read the picture " + file + ": " + error.what());
  }
}

std::vector<std::uint8_t> to_png(const Picture& picture) {
  const vips::VImage image =
      vips::VImage::new_from_memory(const_cast<std::uint8_t*>(picture.pixels.data()), picture.pixels.size(),
                                    picture.width, picture.height, picture.channels, VIPS_FORMAT_UCHAR)
          .copy(vips::VImage::option()->set(
              "interpretation", picture.channels == 1 ? VIPS_INTERPRETATION_B_W : VIPS_INTERPRETATION_sRGB));
  void* bytes = nullptr;
  std::size_t size = 0;
  image.write_to_buffer(".png", &bytes, &size);
  const auto* first = static_cast<const std::uint8_t*>(bytes);
  std::vector<std::uint8_t> png(first, first + size);
  g_free(bytes);
  return png;
}

}  // namespace walkthrough
