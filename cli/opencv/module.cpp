// The module cogent_opencv: a pipeline as OpenCV's functions.
#include "opencv/opencv_pipeline.h"

#include <algorithm>
#include <map>
#include <memory>
#include <opencv2/imgproc.hpp>

namespace cogent::cli {
namespace {

using image::Call;

/// What OpenCV has no like of: a filter, an argument.
struct NoEquivalent {
  std::string what;
};

using Pictures = std::vector<cv::Mat>;
/// From the pictures before a step to one after it. What it needs in between it keeps for the next time.
using CvStep = std::function<void(const Pictures&, cv::Mat&)>;

const image::ArgumentValue* value(const Call& call, std::string_view name) {
  const auto found = std::ranges::find(call.arguments, name, &image::Argument::name);
  return found == call.arguments.end() ? nullptr : &found->value;
}
double number(const Call& call, std::string_view name, double standard) {
  const auto* found = value(call, name);
  return found == nullptr ? standard : std::get<double>(*found);
}
int integer(const Call& call, std::string_view name, int standard) {
  return static_cast<int>(number(call, name, standard));
}

void allow(const Call& call, std::initializer_list<std::string_view> names) {
  for (const image::Argument& argument : call.arguments) {
    if (std::ranges::find(names, argument.name) == names.end())
      throw NoEquivalent{call.filter + " with " + argument.name};
  }
}

CvStep gray(const Call& call) {
  allow(call, {});
  return [](const Pictures& in, cv::Mat& out) {
    if (in[0].channels() == 1) in[0].copyTo(out);
    if (in[0].channels() == 3) cv::cvtColor(in[0], out, cv::COLOR_RGB2GRAY);
    if (in[0].channels() == 4) cv::cvtColor(in[0], out, cv::COLOR_RGBA2GRAY);
  };
}

CvStep gaussian(const Call& call) {
  allow(call, {"sigma", "size"});
  const double sigma = number(call, "sigma", 0);
  const int size = integer(call, "size", 0);
  return [=](const Pictures& in, cv::Mat& out) { cv::GaussianBlur(in[0], out, cv::Size(size, size), sigma); };
}

CvStep box(const Call& call) {
  allow(call, {"width", "height"});
  const int width = integer(call, "width", 1), height = integer(call, "height", 0);
  return [=](const Pictures& in, cv::Mat& out) { cv::blur(in[0], out, cv::Size(width, height == 0 ? width : height)); };
}

CvStep sobel(const Call& call) {
  allow(call, {"direction"});
  const auto* direction = value(call, "direction");
  if (direction == nullptr || std::get<std::string>(*direction) == "both")
    throw NoEquivalent{"sobel in both directions"};
  const bool x = std::get<std::string>(*direction) == "x";
  return [=](const Pictures& in, cv::Mat& out) { cv::Sobel(in[0], out, CV_16S, x ? 1 : 0, x ? 0 : 1); };
}

CvStep threshold(const Call& call) {
  allow(call, {"limit"});
  const double limit = number(call, "limit", 0);
  return [=](const Pictures& in, cv::Mat& out) { cv::threshold(in[0], out, limit, 255, cv::THRESH_BINARY); };
}

CvStep median(const Call& call) {
  allow(call, {"size"});
  const int size = integer(call, "size", 3);
  return [=](const Pictures& in, cv::Mat& out) { cv::medianBlur(in[0], out, size); };
}

CvStep invert(const Call& call) {
  allow(call, {});
  return [](const Pictures& in, cv::Mat& out) { cv::bitwise_not(in[0], out); };
}

CvStep convolve(const Call& call) {
  allow(call, {"kernel"});
  const auto& kernel = std::get<image::Kernel>(*value(call, "kernel"));
  cv::Mat weights(kernel.height, kernel.width, CV_32F);
  for (int row = 0; row < kernel.height; ++row) {
    for (int column = 0; column < kernel.width; ++column)
      weights.at<float>(row, column) = static_cast<float>(kernel.at(row, column) / kernel.divisor);
  }
  const double offset = kernel.offset;
  return [=](const Pictures& in, cv::Mat& out) { cv::filter2D(in[0], out, -1, weights, cv::Point(-1, -1), offset); };
}

CvStep hypot(const Call& call) {
  allow(call, {});
  const auto kept = std::make_shared<Pictures>(3);
  return [kept](const Pictures& in, cv::Mat& out) {
    if (in.size() != 2) throw NoEquivalent{"hypot of more than two"};
    Pictures& of = *kept;
    in[0].convertTo(of[0], CV_32F);
    in[1].convertTo(of[1], CV_32F);
    cv::magnitude(of[0], of[1], of[2]);
    of[2].convertTo(out, CV_8U);
  };
}

CvStep abs_sum(const Call& call) {
  allow(call, {});
  const auto kept = std::make_shared<Pictures>(2);
  return [kept](const Pictures& in, cv::Mat& out) {
    if (in.size() != 2) throw NoEquivalent{"abs_sum of more than two"};
    cv::convertScaleAbs(in[0], (*kept)[0]);
    cv::convertScaleAbs(in[1], (*kept)[1]);
    cv::add((*kept)[0], (*kept)[1], out);
  };
}

CvStep equivalent(const Call& call) {
  static const std::map<std::string_view, CvStep (*)(const Call&)> known = {
      {"gray", gray},     {"gaussian", gaussian}, {"box", box},           {"sobel", sobel}, {"threshold", threshold},
      {"median", median}, {"invert", invert},     {"convolve", convolve}, {"hypot", hypot}, {"abs_sum", abs_sum}};
  const auto found = known.find(call.filter);
  if (found == known.end()) throw NoEquivalent{call.filter};
  return found->second(call);
}

/// A chain of steps, with the pictures between them.
class CvChain {
 public:
  explicit CvChain(const image::Pipeline& pipeline) {
    for (const image::Step& step : pipeline.steps()) {
      Stage stage;
      if (const auto* call = std::get_if<Call>(&step)) {
        stage.step = equivalent(*call);
      } else {
        for (const image::Pipeline& branch : std::get<image::Branches>(step).pipelines)
          stage.branches.emplace_back(branch);
      }
      stages_.push_back(std::move(stage));
    }
  }

  cv::Mat run(const cv::Mat& input) {
    Pictures pictures = {input};
    for (Stage& stage : stages_) {
      if (stage.step) {
        stage.step(pictures, stage.result);
        pictures = {stage.result};
        continue;
      }
      Pictures results;
      for (CvChain& branch : stage.branches) results.push_back(branch.run(pictures[0]));
      pictures = std::move(results);
    }
    return pictures[0];
  }

 private:
  struct Stage {
    CvStep step;
    std::vector<CvChain> branches;
    cv::Mat result;
  };
  std::vector<Stage> stages_;
};

OpenCvPipeline make_pipeline(const image::Pipeline& pipeline, const image::ConstPixels& input) {
  const image::Format& format = input.format;
  if (format.type != image::SampleType::U8) return {nullptr, "only pictures of 8 bits are measured beside OpenCV"};
  cv::setNumThreads(1);
  const cv::Mat picture(format.height, format.width, CV_8UC(format.channels), const_cast<void*>(input.data));
  try {
    const auto chain = std::make_shared<CvChain>(pipeline);
    chain->run(picture);  // also finds out whether OpenCV takes these pixels
    return {[chain, picture] { chain->run(picture); }, {}};
  } catch (const NoEquivalent& none) {
    return {nullptr, "it has no equivalent here of " + none.what};
  } catch (const cv::Exception& error) {
    return {nullptr, "it refuses: " + error.err};
  }
}

}  // namespace
}  // namespace cogent::cli

extern "C" __attribute__((visibility("default"))) void cogent_make_opencv_pipeline(
    const cogent::image::Pipeline& pipeline, const cogent::image::ConstPixels& input,
    cogent::cli::OpenCvPipeline& result) {
  result = cogent::cli::make_pipeline(pipeline, input);
}
