// The five pipelines: gradients of gray pictures, unsharp masks, tables and levels, local contrast.
#include <cmath>
#include <memory>

#include "cases.h"

namespace bench {

namespace {

/// The pictures on the way, allocated once.
struct Pictures {
  cv::Mat gray, dx, dy, ax, ay, fx, fy, sum, blurred, other;
};

cv::Mat gamma_table() {
  cv::Mat table(1, 256, CV_8U);
  for (int i = 0; i < 256; ++i) table.data[i] = static_cast<std::uint8_t>(std::lrint(255 * std::pow(i / 255.0, 0.8)));
  return table;
}

PipelineCase sum_of_gradients() {
  const auto on_the_way = std::make_shared<Pictures>();
  return {"P1", "gray | {sobel(x); sobel(y)} | abs_sum | threshold(64)", 3,
          [on_the_way](const cv::Mat& input, cv::Mat& output) {
            Pictures& p = *on_the_way;
            cv::cvtColor(input, p.gray, cv::COLOR_RGB2GRAY);
            cv::spatialGradient(p.gray, p.dx, p.dy, 3, cv::BORDER_REFLECT_101);
            cv::convertScaleAbs(p.dx, p.ax);
            cv::convertScaleAbs(p.dy, p.ay);
            cv::add(p.ax, p.ay, p.sum);
            cv::threshold(p.sum, output, 64, 255, cv::THRESH_BINARY);
          }};
}

PipelineCase length_of_gradient() {
  const auto on_the_way = std::make_shared<Pictures>();
  return {"P2", "gaussian(0, 5) | {sobel(x); sobel(y)} | hypot", 1,
          [on_the_way](const cv::Mat& input, cv::Mat& output) {
            Pictures& p = *on_the_way;
            cv::GaussianBlur(input, p.gray, cv::Size(5, 5), 0);
            cv::spatialGradient(p.gray, p.dx, p.dy, 3, cv::BORDER_REFLECT_101);
            p.dx.convertTo(p.fx, CV_32F);
            p.dy.convertTo(p.fy, CV_32F);
            cv::magnitude(p.fx, p.fy, p.sum);
            p.sum.convertTo(output, CV_8U);
          }};
}

PipelineCase unsharp_mask() {
  const auto on_the_way = std::make_shared<Pictures>();
  return {"P3", "unsharp(0, 0.6, size=7)", 3, [on_the_way](const cv::Mat& input, cv::Mat& output) {
            cv::GaussianBlur(input, on_the_way->blurred, cv::Size(7, 7), 0);
            cv::addWeighted(input, 1.6, on_the_way->blurred, -0.6, 0, output);
          }};
}

PipelineCase levels() {
  const auto on_the_way = std::make_shared<Pictures>();
  return {"P4", "gamma(1.25) | linear(1.2, -20) | gray | threshold(128) | invert", 3,
          [on_the_way, table = gamma_table()](const cv::Mat& input, cv::Mat& output) {
            Pictures& p = *on_the_way;
            cv::LUT(input, table, p.blurred);
            p.blurred.convertTo(p.other, -1, 1.2, -20);
            cv::cvtColor(p.other, p.gray, cv::COLOR_RGB2GRAY);
            cv::threshold(p.gray, p.sum, 128, 255, cv::THRESH_BINARY);
            cv::bitwise_not(p.sum, output);
          }};
}

PipelineCase local_contrast() {
  const auto on_the_way = std::make_shared<Pictures>();
  return {"P5", "{identity; box(9)} | difference | threshold(8) | dilate(3)", 1,
          [on_the_way, square = cv::Mat(cv::Mat::ones(3, 3, CV_8U))](const cv::Mat& input, cv::Mat& output) {
            Pictures& p = *on_the_way;
            cv::blur(input, p.blurred, cv::Size(9, 9));
            cv::absdiff(input, p.blurred, p.other);
            cv::threshold(p.other, p.gray, 8, 255, cv::THRESH_BINARY);
            cv::dilate(p.gray, output, square);
          }};
}

}  // namespace

std::vector<PipelineCase> pipeline_cases() {
  return {sum_of_gradients(), length_of_gradient(), unsharp_mask(), levels(), local_contrast()};
}

}  // namespace bench
