// Any bytes as a picture's file: pixels, or a FileError.
#include <sys/mman.h>
#include <unistd.h>

#include <string>

#include "files/strip_reader.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cogent::cli;
  static const VipsLibrary vips("picture_headers_fuzzer", 1);
  const int file = ::memfd_create("picture", 0);
  if (file < 0 || ::write(file, data, size) != static_cast<::ssize_t>(size)) std::abort();
  try {
    constexpr std::int64_t most_pixels = 1 << 20;
    const PictureFile picture("/proc/self/fd/" + std::to_string(file), most_pixels);
    PixelMemory memory;
    const int height = picture.format().height;
    StripReader reader(picture, memory, height);
    const auto region = owned(vips_region_new(picture.header()));
    reader.rows({0, height}, region.get());
  } catch (const FileError&) {
  }
  ::close(file);
  return 0;
}
