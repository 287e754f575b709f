// The twelve filters, each alone.
#include <cmath>

#include "cases.h"

namespace bench {

namespace {

cv::Mat sharpen_kernel() { return (cv::Mat_<float>(3, 3) << 0, -1, 0, -1, 5, -1, 0, -1, 0); }

cv::Mat inverse_table() {
  cv::Mat table(1, 256, CV_8U);
  for (int i = 0; i < 256; ++i) table.data[i] = static_cast<std::uint8_t>(std::lrint(i * i / 255.0));
  return table;
}

}  // namespace

std::vector<PipelineCase> filter_cases() {
  const cv::Mat square = cv::Mat::ones(3, 3, CV_8U);
  std::vector<PipelineCase> cases;
  cases.push_back(
      {"gray", "gray", 3, [](const cv::Mat& in, cv::Mat& out) { cv::cvtColor(in, out, cv::COLOR_RGB2GRAY); }});
  cases.push_back({"threshold", "threshold(128)", 1,
                   [](const cv::Mat& in, cv::Mat& out) { cv::threshold(in, out, 128, 255, cv::THRESH_BINARY); }});
  cases.push_back({"gaussian5", "gaussian(0, 5)", 1,
                   [](const cv::Mat& in, cv::Mat& out) { cv::GaussianBlur(in, out, cv::Size(5, 5), 0); }});
  cases.push_back({"box9", "box(9)", 1, [](const cv::Mat& in, cv::Mat& out) { cv::blur(in, out, cv::Size(9, 9)); }});
  cases.push_back(
      {"sobel_x", "sobel(x)", 1, [](const cv::Mat& in, cv::Mat& out) { cv::Sobel(in, out, CV_16S, 1, 0); }});
  cases.push_back({"sharpen", "sharpen", 1, [kernel = sharpen_kernel()](const cv::Mat& in, cv::Mat& out) {
                     cv::filter2D(in, out, -1, kernel);
                   }});
  cases.push_back({"median3", "median(3, border=replicate)", 1,
                   [](const cv::Mat& in, cv::Mat& out) { cv::medianBlur(in, out, 3); }});
  cases.push_back(
      {"dilate3", "dilate(3)", 1, [square](const cv::Mat& in, cv::Mat& out) { cv::dilate(in, out, square); }});
  cases.push_back({"half_area", "resize(0.5, area)", 1,
                   [](const cv::Mat& in, cv::Mat& out) { cv::resize(in, out, cv::Size(), 0.5, 0.5, cv::INTER_AREA); }});
  cases.push_back({"gaussian5_rgb", "gaussian(0, 5)", 3,
                   [](const cv::Mat& in, cv::Mat& out) { cv::GaussianBlur(in, out, cv::Size(5, 5), 0); }});
  cases.push_back({"gamma", "gamma(0.5)", 1,
                   [table = inverse_table()](const cv::Mat& in, cv::Mat& out) { cv::LUT(in, table, out); }});
  cases.push_back(
      {"unsharp", "unsharp(0, 0.6, size=7)", 1, [blurred = cv::Mat()](const cv::Mat& in, cv::Mat& out) mutable {
         cv::GaussianBlur(in, blurred, cv::Size(7, 7), 0);
         cv::addWeighted(in, 1.6, blurred, -0.6, 0, out);
       }});
  return cases;
}

}  // namespace bench
