// One picture from its file through a pipeline into another file.
#include "picture_job.h"

#include <cogent/image/filters.h>
#include <sys/stat.h>

#include <algorithm>
#include <exception>
#include <new>
#include <stdexcept>

#include "files/vips_pixels.h"
#include "filtered_image.h"
#include "stopwatch.h"

namespace cogent::cli {
namespace {

using image::SampleType;

constexpr const char* no_memory = "there is not enough memory for it";

/// Said before the work is done that would be for nothing.
void check_output(const Job& job, bool overwrite) {
  struct stat status = {};
  if (job.output == "-" || ::stat(job.output.c_str(), &status) != 0) return;
  if (S_ISREG(status.st_mode) && !overwrite) throw FileError(job.output + " exists; --force overwrites it");
}

/// Whole samples as the file holds them: computed with the rest rather than in a pass of its own.
image::Pipeline saturated(const image::Pipeline& pipeline, SampleType result, SampleType stored) {
  const bool is_signed = result == SampleType::I16 || result == SampleType::I32;
  if (!is_signed || result == stored || stored == SampleType::F32) return pipeline;
  const image::Kernel unit = {.width = 1, .height = 1, .weights = {1}};
  return pipeline | image::convolve(unit, {image::option("out", std::string(name_of(stored)))});
}

/// One picture on its way; its seconds go into the outcome.
struct Work {
  const PictureFile& file;
  const image::CompiledPipeline& pipeline;
  const WriteOptions& options;
  AtomicFile& target;
  Workspace& workspace;
  Seconds& seconds;
};

/// Reads, filters and writes strip by strip, all at the same time.
void stream(const Work& work, SampleType stored) {
  Stopwatch watch;
  Workspace& memory = work.workspace;
  const FilteredImage filtered(work.file, work.pipeline, stored, {memory.input, memory.output, memory.stored});
  try {
    write_picture(filtered.image(), work.file, work.options, work.target);
  } catch (const FileError&) {
    filtered.check();  // the reason, if it was not the writing
    throw;
  }
  work.seconds.read = filtered.seconds_reading();
  work.seconds.filter = filtered.seconds_filtering();
  work.seconds.write = watch.lap() - work.seconds.read - work.seconds.filter;
}

/// Reads all of it, filters it, writes it.
void run_whole(const Work& work, SampleType stored) {
  Stopwatch watch;
  const int height = work.file.format().height;
  StripReader reader(work.file, work.workspace.input, height);
  const auto region = owned(vips_region_new(work.file.header()));
  const image::ConstPixels input = reader.rows({0, height}, region.get());
  work.seconds.read = watch.lap();
  const image::Pixels result = pixels_in(work.pipeline.output_format(), work.workspace.output);
  work.pipeline(input, result);
  work.seconds.filter = watch.lap();
  const image::ConstPixels pixels = {result.format, result.data, result.row_stride, result.plane_stride};
  const float scale = scale_of_floats(work.file.format().type, stored);
  const auto image = image_of(pixels, stored, scale, work.workspace.stored);
  write_picture(image.get(), work.file, work.options, work.target);
  work.seconds.write = watch.lap();
}

void run_job(const Job& job, const image::Pipeline& pipeline, const FilterOptions& options, int threads,
             Workspace& workspace, Outcome& outcome) {
  check_output(job, options.force);
  const PictureFile file(job.input.path, options.most_pixels);
  const image::CompileOptions limits = {.threads = threads, .most_pixels = options.most_pixels};
  outcome.input = file.format();
  const image::Format result = pipeline.output_format(file.format(), limits);
  const SampleType stored = stored_type(result, file.format(), job.type);
  outcome.output = result;
  outcome.output->type = stored;
  outcome.output->layout = image::Layout::Interleaved;
  if (result.alpha != image::Alpha::None && !job.type.takes.alpha)
    outcome.note = job.type.suffix.substr(1) + " files have no alpha: what is transparent is stored on black";
  if (options.dry_run) return;
  Stopwatch watch;
  const image::CompiledPipeline compiled = saturated(pipeline, result.type, stored).compile(file.format(), limits);
  outcome.seconds.compile = watch.lap();
  AtomicFile target(job.output, options.force);
  const WriteOptions write_options = {job.type, options.quality};
  const Work work = {file, compiled, write_options, target, workspace, outcome.seconds};
  constexpr std::size_t worth_streaming = 4 << 20;  // bytes: smaller pictures are in the cache anyway
  if (bytes_of_picture(file.format()) >= worth_streaming && FilteredImage::can_stream(compiled)) {
    stream(work, stored);
  } else {
    run_whole(work, stored);
  }
  target.publish();
}

}  // namespace

Outcome run(const Job& job, const image::Pipeline& pipeline, const FilterOptions& options, int threads,
            Workspace& workspace) {
  Outcome outcome{.error = job.input.error};
  if (!outcome.error.empty()) return outcome;
  try {
    run_job(job, pipeline, options, threads, workspace, outcome);
  } catch (const VipsError& error) {
    outcome.error = error.what();
    outcome.is_unsure = true;
  } catch (const std::bad_alloc&) {
    outcome.error = no_memory;
  } catch (const std::length_error&) {
    outcome.error = no_memory;
  } catch (const cogent::Error& error) {
    outcome.error = error.what();
    outcome.error.resize(std::min(outcome.error.find('\n'), outcome.error.size()));  // without the pipeline's text
  } catch (const std::exception& error) {
    outcome.error = error.what();
  }
  return outcome;
}

}  // namespace cogent::cli
