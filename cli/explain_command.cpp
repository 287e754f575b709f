// cogent explain: what becomes of a pipeline.
#include "explain_command.h"

#include <cogent/image/pipeline.h>
#include <fmt/format.h>

#include <charconv>
#include <nlohmann/json.hpp>

#include "exit_status.h"
#include "jobs.h"

namespace cogent::cli {
namespace {

image::Format read_format(const ExplainOptions& options) {
  int width = 0, height = 0;
  const char* const end = options.size.data() + options.size.size();
  const auto first = std::from_chars(options.size.data(), end, width);
  const bool cross = first.ec == std::errc() && first.ptr != end && *first.ptr == 'x';
  const auto second = cross ? std::from_chars(first.ptr + 1, end, height) : first;
  if (!cross || second.ec != std::errc() || second.ptr != end || width < 1 || height < 1)
    throw UsageError("--size " + options.size + ": expected WIDTHxHEIGHT, such as 1920x1080");
  return image::make_format(width, height, options.format);
}

}  // namespace

int explain(const ExplainOptions& options) {
  const image::Pipeline pipeline = image::Pipeline::parse(options.pipeline);
  const image::Format format = read_format(options);
  const image::CompiledPipeline compiled =
      pipeline.compile(format, {.threads = options.threads, .most_pixels = options.most_pixels});
  if (options.json) {
    nlohmann::ordered_json all = {{"pipeline", pipeline.to_text()},
                                  {"input_format", to_text(format)},
                                  {"output_format", to_text(compiled.output_format())},
                                  {"explain", compiled.explain()}};
    if (options.source) all["source"] = compiled.get_source();
    if (options.assembly) all["assembly"] = compiled.get_assembly();
    fmt::print("{}\n", all.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
    return all_good;
  }
  fmt::print("{}", compiled.explain());
  if (options.source) fmt::print("\n{}", compiled.get_source());
  if (options.assembly) fmt::print("\n{}", compiled.get_assembly());
  return all_good;
}

}  // namespace cogent::cli
