// 200 pictures of 200 different sizes, one after the other: what it costs that each size has code of its own.
#include "bench/pipelines/many_sizes.h"

#include <cogent/image/opencv.h>
#include <cogent/image/pipeline.h>

#include <cstdio>
#include <vector>

#include "bench/pipelines/pictures.h"
#include "examples/support/interleaved_rounds.h"

namespace bench {
namespace {

namespace image = cogent::image;

struct SizeRange {
  const char* name;
  cv::Size least, most;
};

constexpr int pictures = 200;
constexpr int rounds = 5;  // each with sizes that no other round has, so that all code is generated again

// The pictures of a round, all in the memory of one that holds the largest: as if each had just been decoded there.
std::vector<cv::Mat> pictures_of_round(const cv::Mat& memory, const SizeRange& range, int round) {
  std::vector<cv::Mat> made;
  for (int k = 0; k < pictures; ++k) {
    const auto between = [k](int least, int most) { return least + (most - least) * k / pictures; };
    const int width = between(range.least.width, range.most.width);
    const int height = between(range.least.height, range.most.height) + k * 5 % 7 - round;
    made.emplace_back(height, width, memory.type(), memory.data);
  }
  return made;
}

// All that a program does which meets such a picture: generates its code, makes room for the result, filters.
void filter(const image::Pipeline& pipeline, const cv::Mat& input, cv::Mat& output) {
  const image::ConstPixels in = image::pixels_of(input);
  const image::CompiledPipeline code = pipeline.compile(in.format);
  image::create_for(code.output_format(), output);
  code(in, image::pixels_of(output));
}

void measure(const std::string& name, const PipelineCase& what, const SizeRange& range) {
  const cv::Mat memory = make_picture(range.most + cv::Size(0, 7), what.channels);
  const image::Pipeline pipeline = image::Pipeline::parse(what.pipeline);
  std::vector<cv::Mat> inputs;
  int round = 0;
  cv::Mat own, other;
  const examples::Contender contenders[] = {{[&] {
                                               for (const cv::Mat& input : inputs) filter(pipeline, input, own);
                                             },
                                             [&] { inputs = pictures_of_round(memory, range, round++); }},
                                            {[&] {
                                              for (const cv::Mat& input : inputs) what.opencv(input, other);
                                            }}};
  const auto times = examples::time_in_turn(contenders, rounds - 1);
  std::printf("pipeline/%s  cogent with generation %.1f ms, OpenCV %.1f ms: %.2f x OpenCV (median of rounds: %.2f)\n",
              name.c_str(), times[0].minimum / 1000, times[1].minimum / 1000, times[1].minimum / times[0].minimum,
              examples::median_ratio(times[1], times[0]));
  std::fflush(stdout);
}

}  // namespace

PipelineCase gray_sobel() {
  return {"gray_sobel_x", "gray | sobel(x)", 3, [gray = cv::Mat()](const cv::Mat& input, cv::Mat& output) mutable {
            cv::cvtColor(input, gray, cv::COLOR_RGB2GRAY);
            cv::Sobel(gray, output, CV_16S, 1, 0);
          }};
}

void measure_many_sizes(const PipelineCase& what, const std::function<bool(const std::string& name)>& is_wanted) {
  for (const SizeRange& range : {SizeRange{"200_sizes_to_640x480", {160, 120}, {640, 480}},
                                 SizeRange{"200_sizes_to_1920x1080", {640, 480}, {1920, 1080}}}) {
    const std::string name = what.name + "/" + range.name;
    if (is_wanted(name)) measure(name, what, range);
  }
}

}  // namespace bench
