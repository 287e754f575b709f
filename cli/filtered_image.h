// A picture of libvips whose rows are read and filtered when they are asked for.
#pragma once
#include <cogent/image/compiled_pipeline.h>

#include <exception>
#include <mutex>

#include "files/strip_reader.h"

namespace cogent::cli {

/// Filters strip by strip, so that neither the input nor the result is in memory as a whole, while libvips writes what
/// is done already. Rows are to be asked for from top to bottom. It must outlive image().
class FilteredImage {
 public:
  /// The input's rows are kept in `input`, those of the result, of the type `stored`, in `strip` and `result`.
  struct Memory {
    PixelMemory &input, &strip, &result;
  };
  FilteredImage(const PictureFile& file, const image::CompiledPipeline& pipeline, image::SampleType stored,
                Memory memory);

  VipsImage* image() const { return image_.get(); }
  /// Throws what went wrong while rows were made, if anything did.
  void check() const;
  double seconds_reading() const { return reading_; }
  double seconds_filtering() const { return filtering_; }

  /// Whether a strip needs far less than the whole input: else there is nothing to gain.
  static bool can_stream(const image::CompiledPipeline& pipeline);

 private:
  static int generate(VipsRegion* region, void* input, void* header, void* filtered, gboolean* stop);
  void fill(VipsRegion* region, VipsRegion* input);
  void make_strip(int first, VipsRegion* input);

  const image::CompiledPipeline& pipeline_;
  image::SampleType stored_;
  float scale_;  // of floats
  Memory memory_;
  int rows_at_once_;
  StripReader reader_;
  image::RowRange strip_;  // of the result, in memory_.result
  VipsPointer<VipsImage> image_;
  std::mutex mutex_;
  std::exception_ptr error_;
  double reading_ = 0, filtering_ = 0;
};

}  // namespace cogent::cli
