// A program of a user's project: filters a picture by a pipeline from text, and answers whether all went right.
#include <cogent/image/pipeline.h>

int main() {
  namespace image = cogent::image;
  image::Picture<std::uint8_t> picture(4, 2, 3), expected(4, 2);
  for (int x = 0; x < 4; ++x)
    for (int c = 0; c < 3; ++c) picture(1, x, c) = 100;
  for (int x = 0; x < 4; ++x) expected(1, x) = 255;
  const image::CompiledPipeline code = image::Pipeline::parse("gray | threshold(64)").compile(picture.format());
  image::Picture<std::uint8_t> result(code.output_format());
  code(picture, result);
  if (result != expected) return 1;
  try {
    static_cast<void>(image::Pipeline::parse("grey"));
  } catch (const image::PipelineError&) {
    return 0;
  }
  return 2;
}
