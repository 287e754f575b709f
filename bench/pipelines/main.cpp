// `make bench` runs this: pipelines and filters, one thread, beside OpenCV and a loop that reads the input and writes
// the output once, in turn. Arguments: the beginnings of names; without any, all. "P1/892x468", "gray".
#include <cogent/image/opencv.h>
#include <cogent/image/pipeline.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <optional>
#include <string>

#include "bench/pipelines/cases.h"
#include "bench/pipelines/many_sizes.h"
#include "bench/pipelines/pictures.h"
#include "examples/support/cpu_model.h"
#include "examples/support/interleaved_rounds.h"

namespace bench {
namespace {

namespace image = cogent::image;
using examples::Contender;

// Reads every line of the input and writes every line of the output, in the order of a filter.
void touch_memory(const cv::Mat& input, cv::Mat& output) {
  typedef std::uint64_t Line __attribute__((vector_size(64), aligned(1)));
  const std::size_t lines_in = input.total() * input.elemSize() / sizeof(Line);
  const std::size_t lines_out = output.total() * output.elemSize() / sizeof(Line);
  const auto* from = reinterpret_cast<const Line*>(input.data);
  auto* to = reinterpret_cast<Line*>(output.data);
  std::size_t read = 0;
  for (std::size_t i = 0; i < lines_out; ++i) {
    Line sum = {};
    for (const std::size_t end = lines_in * (i + 1) / lines_out; read < end; ++read) sum ^= from[read];
    to[i] = sum;
  }
}

// "0", or "12 pixels by 1".
std::string compare(const cv::Mat& a, const cv::Mat& b) {
  if (a.size() != b.size() || a.type() != b.type()) return "another format";
  cv::Mat difference;
  cv::absdiff(a, b, difference);
  double largest = 0;
  const cv::Mat flat = difference.reshape(1);
  cv::minMaxLoc(flat, nullptr, &largest);
  return largest == 0 ? "0"
                      : std::to_string(cv::countNonZero(flat)) + " by " + std::to_string(static_cast<int>(largest));
}

examples::Times time_generating(const image::Pipeline& pipeline, const image::Format& format) {
  int height = format.height;
  std::vector<double> samples;
  for (int i = 0; i < 9; ++i) {
    image::Format other = format;
    other.height = ++height;  // never seen
    const auto start = std::chrono::steady_clock::now();
    static_cast<void>(pipeline.compile(other));
    samples.push_back(examples::Microseconds(std::chrono::steady_clock::now() - start).count());
  }
  return examples::summarize(samples);
}

void measure(const PipelineCase& what, cv::Size size) {
  const std::string name = what.name + "/" + std::to_string(size.width) + "x" + std::to_string(size.height);
  const cv::Mat input = make_picture(size, what.channels);
  const image::Pipeline pipeline = image::Pipeline::parse(what.pipeline);
  const image::ConstPixels in = image::pixels_of(input);
  const image::CompiledPipeline code = pipeline.compile(in.format);
  cv::Mat expected;
  what.opencv(input, expected);
  cv::Mat result;
  image::create_for(code.output_format(), result);
  cv::Mat touched = result.clone();
  const image::Pixels out = image::pixels_of(result);
  constexpr double budget = 400e3;
  const Contender contenders[] = {{[&] { code(in, out); }, [] {}, budget},
                                  {[&] { what.opencv(input, expected); }, [] {}, budget},
                                  {[&] { touch_memory(input, touched); }, [] {}, budget}};
  const auto times = examples::time_in_turn(contenders, 300);
  const examples::Times generate = time_generating(pipeline, in.format);
  std::printf(
      "pipeline/%s  cogent %.0f us, OpenCV %.0f, memory %.0f: %.2f x OpenCV, %.2f x memory (medians of rounds: %.2f, "
      "%.2f); generated in %.0f us, at least %.0f; differs: %s\n",
      name.c_str(), times[0].minimum, times[1].minimum, times[2].minimum, times[1].minimum / times[0].minimum,
      times[0].minimum / times[2].minimum, examples::median_ratio(times[1], times[0]),
      examples::median_ratio(times[0], times[2]), generate.median, generate.minimum, compare(result, expected).c_str());
  std::fflush(stdout);
}

bool is_wanted(const std::string& name, int count, char** wanted) {
  return count <= 1 ||
         std::any_of(wanted + 1, wanted + count, [&](const char* beginning) { return name.starts_with(beginning); });
}

void measure_wanted(const std::vector<PipelineCase>& cases, std::initializer_list<cv::Size> sizes, int count,
                    char** wanted) {
  for (const PipelineCase& what : cases)
    for (const cv::Size size : sizes) {
      const std::string name = what.name + "/" + std::to_string(size.width) + "x" + std::to_string(size.height);
      if (!is_wanted(name, count, wanted)) continue;
      try {
        measure(what, size);
      } catch (const cogent::Error& error) {
        std::printf("pipeline/%s  %s\n", name.c_str(), error.what());
      }
    }
}

}  // namespace
}  // namespace bench

int main(int count, char** wanted) {
  cv::setNumThreads(1);
  const examples::PinnedToOneCore pinned;
  std::printf("%s\n", examples::cpu_model().c_str());
  bench::measure_wanted(bench::pipeline_cases(), {{892, 468}, {1920, 1080}, {3840, 2160}}, count, wanted);
  bench::measure_wanted(bench::filter_cases(), {{1920, 1080}}, count, wanted);
  bench::measure_many_sizes(bench::pipeline_cases().front(),
                            [&](const std::string& name) { return bench::is_wanted(name, count, wanted); });
  bench::measure_many_sizes(bench::gray_sobel(),
                            [&](const std::string& name) { return bench::is_wanted(name, count, wanted); });
}
