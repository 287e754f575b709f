// The pipelines, and their times.
#include "contact_sheet.h"

#include <cogent/image/pipeline.h>

#include <algorithm>

#include "../support/interleaved_rounds.h"

namespace walkthrough {
namespace {

namespace image = cogent::image;

constexpr const char* pipelines[] = {"gray",
                                     "gaussian(2)",
                                     "unsharp(amount=1.5, size=7)",
                                     "gray | sobel",
                                     "gray | {sobel(x); sobel(y)} | abs_sum | threshold(64)",
                                     "emboss",
                                     "median(5)",
                                     "bilateral",
                                     "motion(15, 30)",
                                     "linear(1.6, -50)",
                                     "{identity; box(9)} | difference | gamma(0.4)",
                                     "gray | {dilate(3); erode(3)} | subtract | invert"};

FilteredPicture filter(const std::string& text, const Picture& color) {
  const image::PictureView<const std::uint8_t> input(color.pixels.data(), color.width, color.height, color.channels);
  const image::Pipeline pipeline = image::Pipeline::parse(text);
  const auto start = std::chrono::steady_clock::now();
  const image::CompiledPipeline code = pipeline.compile(input.format());
  const double generate = examples::Microseconds(std::chrono::steady_clock::now() - start).count();
  const image::Format& format = code.output_format();
  FilteredPicture filtered{text, {format.width, format.height, format.channels, {}}, generate, 0};
  filtered.result.pixels.resize(static_cast<std::size_t>(format.width * format.height * format.channels));
  const image::PictureView<std::uint8_t> output(filtered.result.pixels.data(), format);
  constexpr int calls = 5;
  const examples::Contender contender{[&] { code(input, output); }};
  filtered.microseconds_to_run = examples::time_in_turn({&contender, 1}, calls).front().minimum;
  return filtered;
}

}  // namespace

std::vector<FilteredPicture> make_contact_sheet(const Picture& color) {
  std::vector<FilteredPicture> sheet;
  for (const char* const text : pipelines) sheet.push_back(filter(text, color));
  return sheet;
}

}  // namespace walkthrough
