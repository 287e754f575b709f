// One picture from its file through a pipeline into another file.
#include "picture_job.h"

#include <sys/stat.h>

#include <chrono>
#include <new>

namespace cogent::cli {
namespace {

/// The seconds since it was last asked.
class Stopwatch {
 public:
  double lap() {
    const auto now = std::chrono::steady_clock::now();
    const double seconds = std::chrono::duration<double>(now - last_).count();
    last_ = now;
    return seconds;
  }

 private:
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

/// Said before the work is done that would be for nothing.
void check_output(const Job& job, bool overwrite) {
  struct stat status = {};
  if (job.output == "-" || ::stat(job.output.c_str(), &status) != 0) return;
  if (S_ISREG(status.st_mode) && !overwrite) throw FileError(job.output + " exists; --force overwrites it");
}

image::Pixels result_pixels(const image::Format& format, PixelMemory& memory) {
  const bool planar = format.layout == image::Layout::Planar;
  const std::size_t plane = static_cast<std::size_t>(format.width) * static_cast<std::size_t>(format.height);
  const std::size_t samples = plane * static_cast<std::size_t>(format.channels);
  return {.format = format,
          .data = memory.at_least(samples * static_cast<std::size_t>(image::bytes_of(format.type))),
          .row_stride = static_cast<std::ptrdiff_t>(format.width) * (planar ? 1 : format.channels),
          .plane_stride = planar ? static_cast<std::ptrdiff_t>(plane) : 0};
}

void run_whole(const Job& job, const image::Pipeline& pipeline, const FilterOptions& options, int threads,
               Workspace& workspace, Outcome& outcome) {
  check_output(job, options.force);
  Stopwatch watch;
  const PictureFile file(job.input.path, options.most_pixels);
  outcome.input = file.format();
  outcome.output = pipeline.output_format(file.format());
  if (options.dry_run) return;
  const image::ConstPixels input = file.read(workspace.input);
  outcome.seconds.read = watch.lap();
  const image::CompiledPipeline compiled = pipeline.compile(file.format(), {.threads = threads});
  outcome.seconds.compile = watch.lap();
  const image::Pixels result = result_pixels(compiled.output_format(), workspace.output);
  compiled(input, result);
  outcome.seconds.filter = watch.lap();
  AtomicFile target(job.output, options.force);
  const image::ConstPixels pixels = {result.format, result.data, result.row_stride, result.plane_stride};
  write_picture(pixels, file, {job.type, options.quality}, target, workspace.stored);
  target.publish();
  outcome.seconds.write = watch.lap();
}

}  // namespace

Outcome run(const Job& job, const image::Pipeline& pipeline, const FilterOptions& options, int threads,
            Workspace& workspace) {
  Outcome outcome{.error = job.input.error};
  if (!outcome.error.empty()) return outcome;
  try {
    run_whole(job, pipeline, options, threads, workspace, outcome);
  } catch (const FileError& error) {
    outcome.error = error.what();
  } catch (const cogent::Error& error) {
    outcome.error = error.what();
  } catch (const std::bad_alloc&) {
    outcome.error = "there is not enough memory for it";
  }
  return outcome;
}

}  // namespace cogent::cli
