// Prints how many microseconds the very first convolution of this process takes. Usage: fresh_process cogent|opencv
#include <chrono>
#include <cstdio>
#include <cstring>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "../../examples/support/kernels.h"
#include "../../examples/walkthrough/generated_convolution.h"

namespace {

template <class Call>
double microseconds(Call call) {
  const auto start = std::chrono::steady_clock::now();
  call();
  return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

int main(int argc, char** argv) {
  constexpr int width = 892;
  constexpr int height = 468;
  const examples::Kernel kernel = examples::sobel_x();
  // Written to, so that neither contender pays for the first touch of the memory.
  std::vector<std::uint8_t> source((width + 2) * (height + 2), 1);
  std::vector<std::uint8_t> result(width * height, 1);
  double time = 0;
  if (argc == 2 && std::strcmp(argv[1], "cogent") == 0) {
    time = microseconds([&] { examples::convolve(source, result, kernel.coefficients, width, kernel.width); });
  } else if (argc == 2 && std::strcmp(argv[1], "opencv") == 0) {
    cv::setNumThreads(1);
    const cv::Mat padded(height + 2, width + 2, CV_8U, source.data());
    cv::Mat destination(height, width, CV_8U, result.data());
    cv::Mat coefficients;
    cv::Mat(3, 3, CV_32S, const_cast<int*>(kernel.coefficients.data())).convertTo(coefficients, CV_32F);
    time = microseconds([&] { cv::filter2D(padded({1, 1, width, height}), destination, CV_8U, coefficients); });
  } else {
    std::fputs("usage: fresh_process cogent|opencv\n", stderr);
    return 2;
  }
  std::printf("%.2f\n", time);
}
