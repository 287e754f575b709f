// Results into files, with what the source's file says besides its pixels.
#include "files/picture_writer.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <vector>

#include "files/exif.h"
#include "files/vips_modules.h"
#include "files/vips_pixels.h"

namespace cogent::cli {
namespace {

using image::SampleType;

template <std::size_t size>
bool is_one_of(std::string_view word, const std::array<std::string_view, size>& words) {
  return std::ranges::find(words, word) != words.end();
}

/// Facts of the source's pixels, and of how they were stored: not of the result.
bool belongs_to_pixels(std::string_view field) {
  constexpr std::array<std::string_view, 22> fields = {"width",      "height",
                                                       "bands",      "format",
                                                       "coding",     "interpretation",
                                                       "xoffset",    "yoffset",
                                                       "xres",       "yres",
                                                       "filename",   "vips-loader",
                                                       "n-pages",    "page-height",
                                                       "n-subifds",  "bits-per-sample",
                                                       "background", "palette-bit-depth",
                                                       "palette",    "vips-sequential",
                                                       "interlaced", "jpeg-chroma-subsample"};
  return is_one_of(field, fields);
}

bool fits(const GValue* profile, int channels) {
  std::size_t length = 0;
  const auto* bytes = static_cast<const char*>(vips_value_get_blob(profile, &length));
  constexpr std::size_t colour_space = 16;  // where a profile says it
  if (length < colour_space + 4) return false;
  return std::string_view(bytes + colour_space, 4) == (channels <= 2 ? "GRAY" : "RGB ");
}

/// The small picture in a photograph's EXIF block, and what the block says of it: it would show what was there before.
bool belongs_to_thumbnail(std::string_view field) {
  return field == "jpeg-thumbnail-data" || field.starts_with("exif-ifd1-");
}

/// libvips makes fields of all that it finds in the block as soon as an image has it.
void copy_exif(VipsImage* image, const GValue* value) {
  std::size_t length = 0;
  const auto* const bytes = static_cast<const unsigned char*>(vips_value_get_blob(value, &length));
  std::vector<unsigned char> block(bytes, bytes + length);
  drop_thumbnail(block);
  vips_image_set_blob_copy(image, VIPS_META_EXIF_NAME, block.data(), block.size());
}

void* copy_field(VipsImage*, const char* name, GValue* value, void* result) {
  auto* const image = static_cast<VipsImage*>(result);
  const bool profile = std::string_view(name) == VIPS_META_ICC_NAME;
  if (belongs_to_pixels(name) || belongs_to_thumbnail(name)) return nullptr;
  if (profile && !fits(value, vips_image_get_bands(image))) return nullptr;
  if (std::string_view(name) == VIPS_META_EXIF_NAME) {
    copy_exif(image, value);
  } else {
    vips_image_set(image, name, value);
  }
  return nullptr;
}

/// TIFF has the orientation without EXIF, PNG and WebP have it only there: libvips then writes it into this block.
void add_exif_for_orientation(VipsImage* image) {
  if (vips_image_get_typeof(image, VIPS_META_ORIENTATION) == 0) return;
  if (vips_image_get_typeof(image, VIPS_META_EXIF_NAME) != 0) return;
  constexpr std::array<unsigned char, 20> block = {'E', 'x', 'i', 'f', 0, 0, 'I', 'I', '*', 0, 8};  // no entries
  vips_image_set_blob_copy(image, VIPS_META_EXIF_NAME, block.data(), block.size());
}

VipsPointer<VipsImage> with_metadata(VipsImage* pixels, VipsImage* source) {
  VipsImage* result = nullptr;
  if (vips_copy(pixels, &result, "xres", vips_image_get_xres(source), "yres", vips_image_get_yres(source), nullptr) !=
      0)
    throw VipsError(take_vips_error());
  vips_image_map(source, copy_field, result);
  add_exif_for_orientation(result);
  return VipsPointer<VipsImage>(result);
}

bool is_packed(const image::ConstPixels& pixels) {
  const image::Format& format = pixels.format;
  return is_interleaved(format) && pixels.row_stride == static_cast<std::ptrdiff_t>(format.width) * format.channels;
}

void write_all(int descriptor, const char* bytes, std::size_t length) {
  while (length > 0) {
    const ::ssize_t written = ::write(descriptor, bytes, length);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) throw FileError(std::string("it cannot be written: ") + std::strerror(errno));
    bytes += written;
    length -= static_cast<std::size_t>(written);
  }
}

void save(VipsImage* image, VipsTarget* target, const WriteOptions& options) {
  VipsOperation* operation = vips_operation_new(options.type.operation.c_str());
  if (operation == nullptr) throw VipsError(take_vips_error());
  g_object_set(operation, "in", image, "target", target, nullptr);
  const bool has_quality = g_object_class_find_property(G_OBJECT_GET_CLASS(operation), "Q") != nullptr;
  if (options.quality > 0 && has_quality) g_object_set(operation, "Q", options.quality, nullptr);
  const bool failed = vips_cache_operation_buildp(&operation) != 0;
  vips_object_unref_outputs(VIPS_OBJECT(operation));
  g_object_unref(operation);
  if (failed) throw VipsError("it cannot be written: " + take_vips_error());
}

}  // namespace

FileType file_type(const std::string& suffix) {
  std::string name = suffix.substr(suffix.rfind('.') + 1);
  std::ranges::transform(name, name.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  constexpr std::array<std::string_view, 13> deep = {"png", "tif", "tiff", "ppm",  "pgm",  "pnm", "pfm",
                                                     "jp2", "j2k", "jxl",  "avif", "heic", "heif"};
  constexpr std::array<std::string_view, 3> floating = {"tif", "tiff", "pfm"};
  constexpr std::array<std::string_view, 9> opaque = {"jpg", "jpeg", "jpe", "jfif", "ppm", "pgm", "pnm", "pbm", "pfm"};
  constexpr std::array<std::string_view, 8> in_order = {"png", "jpg", "jpeg", "jpe", "jfif", "ppm", "pgm", "pnm"};
  constexpr std::array<std::string_view, 8> others = {"jpg", "jpeg", "jpe", "webp", "gif", "pbm", "jfif", "j2c"};
  if (!is_one_of(name, deep) && !is_one_of(name, others))
    throw FileError("'" + suffix +
                    "' is no format that is written here: png, jpg, tif, webp, ppm, gif, avif, jp2, jxl");
  const char* operation = vips_foreign_find_save_target(("." + name).c_str());
  if (operation == nullptr) {
    load_vips_modules();
    operation = vips_foreign_find_save_target(("." + name).c_str());
  }
  if (operation == nullptr) throw FileError("this libvips writes no '" + name + "': " + take_vips_error());
  return {"." + name,
          operation,
          {is_one_of(name, deep), name.starts_with("tif"), is_one_of(name, floating), !is_one_of(name, opaque)},
          is_one_of(name, in_order)};
}

SampleType stored_type(const image::Format& result, const image::Format& source, const FileType& type) {
  return stored_type(result.type, source.type, type.takes);
}

VipsPointer<VipsImage> image_of(const image::ConstPixels& pixels, SampleType stored, float scale,
                                PixelMemory& scratch) {
  image::Format format = pixels.format;
  const bool as_they_are = stored == format.type && is_packed(pixels);
  format.type = stored;
  const std::size_t bytes = bytes_of_picture(format);
  const void* data = pixels.data;
  if (!as_they_are) {
    void* const memory = scratch.at_least(bytes);
    convert_samples(pixels, stored, memory, scale);
    data = memory;
  }
  const auto image =
      owned(vips_image_new_from_memory(data, bytes, format.width, format.height, format.channels, band_format(stored)));
  VipsImage* result = nullptr;
  if (vips_copy(image.get(), &result, "interpretation", interpretation(format, stored), nullptr) != 0)
    throw VipsError(take_vips_error());
  return VipsPointer<VipsImage>(result);
}

void write_picture(VipsImage* pixels, const PictureFile& source, const WriteOptions& options, AtomicFile& file) {
  const auto image = with_metadata(pixels, source.header());
  const bool in_memory = file.is_direct() && !options.type.in_order;
  const auto target = owned(in_memory ? vips_target_new_to_memory() : vips_target_new_to_descriptor(file.descriptor()));
  save(image.get(), target.get(), options);
  if (!in_memory) return;
  VipsBlob* blob = nullptr;
  g_object_get(target.get(), "blob", &blob, nullptr);
  std::size_t length = 0;
  const auto* const bytes = static_cast<const char*>(vips_blob_get(blob, &length));
  write_all(file.descriptor(), bytes, length);
  vips_area_unref(VIPS_AREA(blob));
}

}  // namespace cogent::cli
