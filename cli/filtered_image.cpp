// A picture of libvips whose rows are read and filtered when they are asked for.
#include "filtered_image.h"

#include <algorithm>
#include <cstring>

#include "files/saturate.h"
#include "files/vips_pixels.h"
#include "stopwatch.h"

namespace cogent::cli {
namespace {

constexpr std::size_t strip_bytes = 1 << 20;  // of the result: small enough for the cache, large enough for threads

int rows_of_strip(const image::Format& output) {
  const std::size_t row = static_cast<std::size_t>(output.width) * static_cast<std::size_t>(output.channels);
  return std::clamp(static_cast<int>(strip_bytes / row), 16, 1024);
}

/// The most rows of the input that a strip needs.
int most_input_rows(const image::CompiledPipeline& pipeline, int rows_at_once) {
  const int height = pipeline.output_format().height;
  int most = 0;
  for (int first = 0; first < height; first += rows_at_once)
    most = std::max(most, pipeline.rows_needed({first, std::min(first + rows_at_once, height)}).count());
  return most;
}

}  // namespace

bool FilteredImage::can_stream(const image::CompiledPipeline& pipeline) {
  const int rows = rows_of_strip(pipeline.output_format());
  int last_first = 0, last_end = 0;
  for (int first = 0; first < pipeline.output_format().height; first += rows) {
    const image::RowRange needed =
        pipeline.rows_needed({first, std::min(first + rows, pipeline.output_format().height)});
    if (needed.first < last_first || needed.last < last_end) return false;  // not from top to bottom
    last_first = needed.first;
    last_end = needed.last;
  }
  return 2 * most_input_rows(pipeline, rows) <= pipeline.input_format().height;
}

FilteredImage::FilteredImage(const PictureFile& file, const image::CompiledPipeline& pipeline, image::SampleType stored,
                             Memory memory)
    : pipeline_(pipeline),
      stored_(stored),
      scale_(scale_of_floats(file.format().type, stored)),
      memory_(memory),
      rows_at_once_(rows_of_strip(pipeline.output_format())),
      reader_(file, memory.input, 2 * most_input_rows(pipeline, rows_at_once_)),
      image_(owned(vips_image_new())) {
  const image::Format& format = pipeline.output_format();
  vips_image_init_fields(image_.get(), format.width, format.height, format.channels, band_format(stored),
                         VIPS_CODING_NONE, interpretation(format, stored), 1, 1);
  vips_image_set_int(image_.get(), VIPS_META_CONCURRENCY, 1);  // so that rows are asked for in their order
  const bool failed =
      vips_image_pipelinev(image_.get(), VIPS_DEMAND_STYLE_THINSTRIP, nullptr) != 0 ||
      vips_image_generate(image_.get(), vips_start_one, generate, vips_stop_one, file.header(), this) != 0;
  if (failed) throw VipsError(take_vips_error());
}

void FilteredImage::check() const {
  if (error_) std::rethrow_exception(error_);
}

int FilteredImage::generate(VipsRegion* region, void* input, void*, void* filtered, gboolean*) {
  auto& self = *static_cast<FilteredImage*>(filtered);
  const std::lock_guard lock(self.mutex_);
  try {
    self.fill(region, static_cast<VipsRegion*>(input));
    return 0;
  } catch (...) {
    self.error_ = std::current_exception();
    return -1;
  }
}

void FilteredImage::fill(VipsRegion* region, VipsRegion* input) {
  const VipsRect& wanted = region->valid;
  const std::size_t pixel_bytes = VIPS_IMAGE_SIZEOF_PEL(image_.get()), row_bytes = VIPS_IMAGE_SIZEOF_LINE(image_.get());
  const auto left = static_cast<std::size_t>(wanted.left), width = static_cast<std::size_t>(wanted.width);
  for (int row = wanted.top; row < wanted.top + wanted.height; ++row) {
    if (row < strip_.first) throw FileError("this format asks for the rows out of their order");
    while (row >= strip_.last) make_strip(strip_.last, input);
    const auto* const strip = static_cast<const char*>(memory_.result.at_least(0));
    std::memcpy(VIPS_REGION_ADDR(region, wanted.left, row),
                strip + static_cast<std::size_t>(row - strip_.first) * row_bytes + left * pixel_bytes,
                width * pixel_bytes);
  }
}

void FilteredImage::make_strip(int first, VipsRegion* input) {
  Stopwatch watch;
  strip_ = {first, std::min(first + rows_at_once_, pipeline_.output_format().height)};
  const image::ConstPixels rows = reader_.rows(pipeline_.rows_needed(strip_), input);
  reading_ += watch.lap();
  image::Format format = pipeline_.output_format();
  format.height = strip_.count();
  const bool as_stored = format.type == stored_ && is_interleaved(format);
  const image::Pixels strip = pixels_in(format, as_stored ? memory_.result : memory_.strip);
  pipeline_.run_rows(rows, strip_, strip);
  if (!as_stored) {
    image::Format stored = format;
    stored.type = stored_;
    convert_samples({strip.format, strip.data, strip.row_stride, strip.plane_stride}, stored_,
                    memory_.result.at_least(bytes_of_picture(stored)), scale_);
  }
  filtering_ += watch.lap();
}

}  // namespace cogent::cli
