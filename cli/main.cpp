// The program cogent: reads the command line and runs one of its commands.
#include <cogent/image/compiled_pipeline.h>

#include <cstdio>
#include <exception>
#include <memory>

#include "bench_command.h"
#include "console.h"
#include "exit_status.h"
#include "explain_command.h"
#include "files/pixel_memory.h"
#include "filter_command.h"
#include "jobs.h"
#include "list_commands.h"
#include "options.h"

namespace cogent::cli {
namespace {

int run_command(const Options& options, const char* program) {
  switch (options.command) {
    case Command::Explain:
      return explain(options.explain);
    case Command::Filter: {
      const VipsLibrary vips(program, options.filter.threads);
      return filter(options.filter);
    }
    case Command::Filters:
      return list_filters(options.filters);
    case Command::Kernels:
      return list_kernels(options.kernels);
    case Command::Bench: {
      const VipsLibrary vips(program, options.bench.threads);
      return bench(options.bench);
    }
  }
  return misused;
}

// Pictures on the way of pipelines go where those do that are read and written.
std::shared_ptr<void> picture_memory(std::size_t bytes) {
  const auto memory = std::make_shared<PixelMemory>();
  return {memory, memory->at_least(bytes)};
}

int run(int argc, char** argv) {
  Options options;
  if (const auto status = read_options(argc, argv, options)) return *status;
  const auto complain = [](std::string_view why, bool in_lines = false) {
    Console(true).complain("", why, in_lines);
    return misused;
  };
  try {
    static_cast<void>(PixelMemory::largest_in_memory());  // what the environment says wrongly is told at once
    image::set_picture_memory(&picture_memory);
    const int status = run_command(options, argv[0]);
    if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return status;
    complain("the standard output cannot be written");
    return some_failed;
  } catch (const UsageError& error) {
    return complain(error.what());
  } catch (const FileError& error) {
    return complain(error.what());
  } catch (const cogent::Error& error) {
    return complain(error.what(), true);  // with the pipeline's text and a caret
  }
}

}  // namespace
}  // namespace cogent::cli

int main(int argc, char** argv) {
  try {
    return cogent::cli::run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "cogent: %s\n", error.what());
    return cogent::cli::some_failed;
  }
}
