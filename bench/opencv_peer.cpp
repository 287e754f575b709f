// OpenCV's convolutions: filter2D for every kernel, and what OpenCV has for some of them in particular.
#include "opencv_peer.h"

#include <opencv2/imgproc.hpp>

#include "../examples/support/interleaved_rounds.h"

namespace bench {
namespace {

OpenCvCall sobel() {
  return {"Sobel", [](const OpenCvPictures& p) {
            cv::Mat result = p.result;
            cv::Sobel(p.source, result, CV_8U, 1, 0, 3);
          }};
}

OpenCvCall laplacian() {
  return {"Laplacian", [](const OpenCvPictures& p) {
            cv::Mat result = p.result;
            cv::Laplacian(p.source, result, CV_8U, 1);
          }};
}

OpenCvCall gaussian_blur() {
  return {"GaussianBlur", [](const OpenCvPictures& p) {
            cv::Mat result = p.result;
            cv::GaussianBlur(p.source, result, {5, 5}, 0);
          }};
}

std::vector<OpenCvCall> possible_calls(const examples::Kernel& kernel) {
  const cv::Mat coefficients = filter_kernel(kernel);
  std::vector<OpenCvCall> calls = {{"filter2D", [coefficients](const auto& p) { filter_2d(p, coefficients); }}};
  if (kernel.name == "sobel_x") calls.push_back(sobel());
  if (kernel.name == "laplacian") calls.push_back(laplacian());
  if (kernel.name == "gauss5") calls.push_back(gaussian_blur());
  return calls;
}

}  // namespace

cv::Mat filter_kernel(const examples::Kernel& kernel) {
  cv::Mat coefficients(kernel.width, kernel.width, CV_32F);
  for (int k = 0; k < kernel.width * kernel.width; ++k)
    coefficients.at<float>(k) = static_cast<float>(kernel.coefficients[k]) / static_cast<float>(1 << kernel.shift);
  return coefficients;
}

OpenCvPictures::OpenCvPictures(const examples::Kernel& kernel, Size size, Buffers& buffers)
    : source(cv::Mat(size.height + kernel.width - 1, buffers.padded_width, CV_8U,
                     buffers.source.data())(cv::Rect(kernel.width / 2, kernel.width / 2, size.width, size.height))),
      result(size.height, size.width, CV_8U, buffers.result.data()) {}

void filter_2d(const OpenCvPictures& pictures, const cv::Mat& kernel) {
  cv::Mat result = pictures.result;
  cv::filter2D(pictures.source, result, CV_8U, kernel);
}

OpenCvCall best_call(const examples::Kernel& kernel, Size size, Buffers& buffers) {
  constexpr int rounds = 7;
  const OpenCvPictures pictures(kernel, size, buffers);
  const std::vector<OpenCvCall> calls = possible_calls(kernel);
  if (calls.size() == 1) return calls.front();
  std::vector<examples::Contender> contenders;
  for (const OpenCvCall& call : calls) contenders.push_back({[&call, &pictures] { call.call(pictures); }});
  const auto times = examples::time_in_turn(contenders, rounds);
  std::size_t best = 0;
  for (std::size_t i = 1; i < calls.size(); ++i)
    if (times[i].minimum < times[best].minimum) best = i;
  return calls[best];
}

}  // namespace bench
