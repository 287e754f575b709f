// Results into files, with what the source's file says besides its pixels.
#pragma once
#include <cogent/image/picture.h>

#include <string>

#include "files/atomic_file.h"
#include "files/picture_file.h"
#include "files/pixel_memory.h"
#include "files/saturate.h"

namespace cogent::cli {

struct FileType {
  std::string suffix;     ///< ".png"
  std::string operation;  ///< of libvips
  FileSamples takes;
  bool in_order = false;  ///< written from its first byte to its last
};

/// The type of a file by its name's end or by its name alone ("png"). Throws FileError if none is written here.
FileType file_type(const std::string& suffix);

struct WriteOptions {
  FileType type;
  int quality = 0;  ///< of formats that have one, 1 to 100; 0: libvips's usual one
};

/// The type of samples in which results are stored in such a file.
image::SampleType stored_type(const image::Format& result, const image::Format& source, const FileType& type);

/// Writes a picture with the source's metadata: EXIF, XMP, orientation, resolution, and the ICC profile if it is one
/// for these channels. Throws FileError.
void write_picture(VipsImage* pixels, const PictureFile& source, const WriteOptions& options, AtomicFile& file);

/// Pixels in memory as libvips sees them, stored as samples of that type, floats times `scale`; `scratch` is used if
/// that is another one.
VipsPointer<VipsImage> image_of(const image::ConstPixels& pixels, image::SampleType stored, float scale,
                                PixelMemory& scratch);

}  // namespace cogent::cli
