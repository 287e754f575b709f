// The rows of a picture's file, read from top to bottom.
#pragma once
#include <cogent/image/compiled_pipeline.h>

#include "files/picture_file.h"
#include "files/pixel_memory.h"

namespace cogent::cli {

class StripReader {
 public:
  /// Keeps up to `most_rows` rows in this memory.
  StripReader(const PictureFile& file, PixelMemory& memory, int most_rows);

  /// These rows alone, at most most_rows of them; neither end may lie before that of the last call. They stay until the
  /// next call. `region` is one of the calling thread on the file's header(). Throws FileError for broken and truncated
  /// files.
  image::ConstPixels rows(image::RowRange range, VipsRegion* region);

 private:
  void make_room(image::RowRange range, VipsRegion* region);
  void read_until(int last, VipsRegion* region);
  char* address(int row) const { return memory_ + static_cast<std::size_t>(row - kept_.first) * row_bytes_; }

  const PictureFile& file_;
  std::size_t row_bytes_;
  int most_rows_;
  char* memory_;
  image::RowRange kept_;  // the rows in memory
};

}  // namespace cogent::cli
