// cogent bench: how fast a pipeline is on a picture.
#include "bench_command.h"

#include <cogent/image/pipeline.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <functional>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>

#include "console.h"
#include "exit_status.h"
#include "files/strip_reader.h"
#include "files/vips_pixels.h"
#include "opencv/opencv_pipeline.h"
#include "stopwatch.h"

namespace cogent::cli {
namespace {

struct Contender {
  std::string name;
  std::function<void()> run;
  std::vector<double> seconds = {};

  double median() {
    std::ranges::nth_element(seconds, seconds.begin() + static_cast<std::ptrdiff_t>(seconds.size() / 2));
    return seconds[seconds.size() / 2];
  }
};

/// All in turn, again and again, so that a slow moment of the machine is one for all.
void measure(std::vector<Contender>& contenders, double seconds) {
  constexpr std::size_t most_rounds = 10000;
  Stopwatch all;
  double spent = 0;
  for (std::size_t round = 0; (spent < seconds || round < 3) && round < most_rounds; ++round) {
    for (Contender& contender : contenders) {
      Stopwatch watch;
      contender.run();
      contender.seconds.push_back(watch.lap());
    }
    spent += all.lap();
  }
}

/// The median over formats that have not been met: the picture's, and some of more rows,
/// which crops allow.
double seconds_to_compile(const image::Pipeline& pipeline, image::Format format, int threads) {
  std::vector<double> seconds;
  for (int k = 0; k < 7; ++k, ++format.height) {
    Stopwatch watch;
    pipeline.compile(format, {.threads = threads, .most_pixels = std::numeric_limits<std::int64_t>::max()});
    seconds.push_back(watch.lap());
  }
  std::ranges::sort(seconds);
  return seconds[seconds.size() / 2];
}

void print(const nlohmann::ordered_json& figures) {
  fmt::print("{}\n{} -> {}, {} rounds\n", figures["pipeline"].get<std::string>(),
             figures["input_format"].get<std::string>(), figures["output_format"].get<std::string>(),
             figures["rounds"].get<std::size_t>());
  fmt::print("generate and compile  {:10.1f} us\n", figures["compile_seconds"].get<double>() * 1e6);
  const double own = figures["seconds"]["cogent"].get<double>();
  for (const auto& [name, seconds] : figures["seconds"].items())
    fmt::print("{:20}  {:10.1f} us  {:8.1f} megapixels/s  {:.2f} x\n", name, seconds.get<double>() * 1e6,
               figures["pixels"].get<double>() / seconds.get<double>() / 1e6, seconds.get<double>() / own);
  if (figures.contains("no_opencv")) fmt::print("OpenCV: {}\n", figures["no_opencv"].get<std::string>());
}

int measure_picture(const BenchOptions& options, const image::Pipeline& pipeline) {
  const PictureFile file(options.input, options.most_pixels);
  PixelMemory input_memory, output_memory, copy_memory;
  const int height = file.format().height;
  StripReader reader(file, input_memory, height);
  const auto region = owned(vips_region_new(file.header()));
  const image::ConstPixels input = reader.rows({0, height}, region.get());
  const image::CompileOptions limits = {.threads = options.threads, .most_pixels = options.most_pixels};
  pipeline.output_format(file.format(), limits);
  const double compile_seconds = seconds_to_compile(pipeline, file.format(), options.threads);
  const image::CompiledPipeline compiled = pipeline.compile(file.format(), limits);
  const image::Pixels output = pixels_in(compiled.output_format(), output_memory);
  const std::size_t bytes = bytes_of_picture(file.format());
  void* const copy = copy_memory.at_least(bytes);
  OpenCvPipeline opencv = make_opencv_pipeline(pipeline, input);

  std::vector<Contender> contenders = {{"cogent", [&] { compiled(input, output); }},
                                       {"memcpy of the input", [&] { std::memcpy(copy, input.data, bytes); }}};
  if (opencv.run) contenders.push_back({"OpenCV, one thread", opencv.run});
  for (Contender& contender : contenders) contender.run();
  measure(contenders, options.seconds);

  nlohmann::ordered_json figures = {{"pipeline", pipeline.to_text()},
                                    {"input_format", to_text(file.format())},
                                    {"output_format", to_text(compiled.output_format())},
                                    {"pixels", static_cast<double>(file.format().width) * height},
                                    {"threads", options.threads},
                                    {"rounds", contenders[0].seconds.size()},
                                    {"compile_seconds", compile_seconds}};
  for (Contender& contender : contenders) figures["seconds"][contender.name] = contender.median();
  if (!opencv.run) figures["no_opencv"] = opencv.why_not;
  if (options.json) {
    fmt::print("{}\n", figures.dump(2));
  } else {
    print(figures);
  }
  return all_good;
}

}  // namespace

int bench(const BenchOptions& options) {
  const image::Pipeline pipeline = image::Pipeline::parse(options.pipeline);
  try {
    return measure_picture(options, pipeline);
  } catch (const FileError& error) {
    Console(true).complain(options.input, error.what());
    return some_failed;
  }
}

}  // namespace cogent::cli
