// Any text: a pipeline of the filters whose canonical text gives it again and whose stages can be built, or a
// PipelineError.
#include <cogent/image/pipeline.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cogent::image;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (text.find("file") != text.npos) return 0;  // it would read files
  constexpr CompileOptions limits = {.most_pixels = 1 << 16};
  try {
    const Pipeline pipeline = Pipeline::parse(text);
    if (!(Pipeline::parse(pipeline.to_text()) == pipeline)) std::abort();
    // One of the formats by the text's length, so that the same text always meets the same.
    constexpr std::array formats = {"gray8", "rgb8", "rgba8", "rgb16", "graya f32"};
    const Format input = make_format(7 + static_cast<int>(size % 3), 5, formats[size % formats.size()]);
    static_cast<void>(pipeline.output_format(input, limits));
  } catch (const PipelineError&) {
  }
  return 0;
}
