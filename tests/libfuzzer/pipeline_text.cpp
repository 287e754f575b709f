// Any text: a pipeline whose canonical text gives it again, or a PipelineError.
#include <cstdlib>
#include <string_view>

#include "images/sample_filters.h"
#include "text/parser.h"
#include "text/printer.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cogent;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (text.find("file") != text.npos) return 0;  // it would read files
  const image::text::FilterTable filters = testing::sample_filters();
  try {
    const image::Pipeline pipeline = image::text::parse(text, filters);
    const std::string canonical = image::text::print(pipeline.steps(), filters);
    if (!(image::text::parse(canonical, filters) == pipeline)) std::abort();
  } catch (const image::PipelineError&) {
  }
  return 0;
}
