// A picture in a file, opened: its header is read, its pixels when they are asked for.
#pragma once
#include <cogent/image/picture.h>

#include <cstdint>
#include <string>

#include "files/vips_library.h"

namespace cogent::cli {

class PictureFile {
 public:
  /// Reads the header; "-" is the standard input. Pictures of several pages give the first. Throws FileError for what
  /// is no picture, and for more than `most_pixels`.
  PictureFile(const std::string& path, std::int64_t most_pixels);

  /// u8, u16, s16 or f32; gray or RGB, each with or without straight alpha, or other pictures of 2 or 4 channels.
  const image::Format& format() const { return format_; }
  /// The header with its metadata; its pixels can be read once, from top to bottom (StripReader).
  VipsImage* header() const { return image_.get(); }

 private:
  VipsPointer<VipsSource> source_;
  VipsPointer<VipsImage> image_;
  image::Format format_;
};

}  // namespace cogent::cli
