// A picture in a file, opened: its header is read, its pixels when they are asked for.
#include "files/picture_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <functional>

#include "files/plain_pnm.h"
#include "files/vips_modules.h"

namespace cogent::cli {
namespace {

using image::SampleType;

VipsPointer<VipsSource> open_source(const std::string& path) {
  if (path == "-") return owned(vips_source_new_from_descriptor(0));
  struct stat status = {};
  if (::stat(path.c_str(), &status) != 0) throw FileError(std::strerror(errno));
  if (S_ISDIR(status.st_mode)) throw FileError("this is a folder");
  if (S_ISREG(status.st_mode) && status.st_size == 0) throw FileError("the file is empty");
  if (S_ISREG(status.st_mode)) return owned(vips_source_new_from_file(path.c_str()));
  const int pipe = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);  // libvips would open it again, which waits for ever
  if (pipe < 0) throw FileError(std::strerror(errno));
  VipsSource* const source = vips_source_new_from_descriptor(pipe);  // it has its own copy
  ::close(pipe);
  return owned(source);
}

VipsPointer<VipsImage> load(VipsSource* source) {
  if (vips_foreign_find_load_source(source) == nullptr) load_vips_modules();
  if (vips_foreign_find_load_source(source) == nullptr) {
    vips_error_clear();
    throw FileError("this is no picture in a format that is read here, or a damaged one");
  }
  return owned(
      vips_image_new_from_source(source, "", "access", VIPS_ACCESS_SEQUENTIAL, "fail_on", VIPS_FAIL_ON_ERROR, nullptr));
}

using Operation = std::function<int(VipsImage*, VipsImage**)>;
VipsPointer<VipsImage> processed(VipsPointer<VipsImage> image, const Operation& operation) {
  VipsImage* result = nullptr;
  if (operation(image.get(), &result) != 0) throw VipsError(take_vips_error());
  return VipsPointer<VipsImage>(result);
}

bool has_usual_colours(const VipsImage* image) {
  switch (vips_image_get_interpretation(image)) {
    case VIPS_INTERPRETATION_CMYK:
    case VIPS_INTERPRETATION_LAB:
    case VIPS_INTERPRETATION_LABQ:
    case VIPS_INTERPRETATION_LABS:
    case VIPS_INTERPRETATION_LCH:
    case VIPS_INTERPRETATION_CMC:
    case VIPS_INTERPRETATION_XYZ:
    case VIPS_INTERPRETATION_YXY:
    case VIPS_INTERPRETATION_HSV:
      return false;
    default:
      return vips_image_get_coding(image) == VIPS_CODING_NONE;
  }
}

/// Gray or RGB in one of the sample types of pictures.
VipsPointer<VipsImage> converted(VipsPointer<VipsImage> image) {
  if (!has_usual_colours(image.get()))
    image = processed(std::move(image), [](VipsImage* in, VipsImage** out) {
      return vips_colourspace(in, out, VIPS_INTERPRETATION_sRGB, nullptr);
    });
  VipsBandFormat wanted = vips_image_get_format(image.get());
  if (wanted == VIPS_FORMAT_CHAR) wanted = VIPS_FORMAT_SHORT;
  if (wanted == VIPS_FORMAT_UINT || wanted == VIPS_FORMAT_INT || wanted == VIPS_FORMAT_DOUBLE)
    wanted = VIPS_FORMAT_FLOAT;
  if (wanted == VIPS_FORMAT_COMPLEX || wanted == VIPS_FORMAT_DPCOMPLEX)
    throw FileError("its samples are complex numbers");
  if (wanted == vips_image_get_format(image.get())) return image;
  return processed(std::move(image),
                   [&](VipsImage* in, VipsImage** out) { return vips_cast(in, out, wanted, nullptr); });
}

SampleType sample_type(const VipsImage* image) {
  switch (vips_image_get_format(image)) {
    case VIPS_FORMAT_UCHAR:
      return SampleType::U8;
    case VIPS_FORMAT_USHORT:
      return SampleType::U16;
    case VIPS_FORMAT_SHORT:
      return SampleType::I16;
    default:
      return SampleType::F32;
  }
}

image::Format format_of(VipsImage* image) {
  const int channels = vips_image_get_bands(image);
  if (channels > 4) throw FileError("it has " + std::to_string(channels) + " channels; at most 4 can be filtered");
  const bool alpha = vips_image_hasalpha(image) != 0 && channels % 2 == 0;
  return {.width = vips_image_get_width(image),
          .height = vips_image_get_height(image),
          .channels = channels,
          .type = sample_type(image),
          .alpha = alpha ? image::Alpha::Straight : image::Alpha::None};
}

VipsPointer<VipsSource> checked_source(const std::string& path, std::int64_t most_pixels) {
  VipsPointer<VipsSource> source = open_source(path);
  VipsPointer<VipsSource> pnm = checked_pnm(source.get(), most_pixels);
  return pnm != nullptr ? std::move(pnm) : std::move(source);
}

}  // namespace

PictureFile::PictureFile(const std::string& path, std::int64_t most_pixels)
    : source_(checked_source(path, most_pixels)), image_(load(source_.get())) {
  check_size(vips_image_get_width(image_.get()), vips_image_get_height(image_.get()), most_pixels);
  image_ = converted(std::move(image_));
  format_ = format_of(image_.get());
}

}  // namespace cogent::cli
