// OpenCV's convolutions of the same padded picture, one thread.
#pragma once

#include <functional>
#include <opencv2/core.hpp>
#include <string>
#include <vector>

#include "task.h"

namespace bench {

// The coefficients as OpenCV's filter2D wants them, divided by the kernel's power of two.
cv::Mat filter_kernel(const examples::Kernel& kernel);

// The picture without its padding, which OpenCV reads where it needs neighbours; and the result.
struct OpenCvPictures {
  OpenCvPictures(const examples::Kernel& kernel, Size size, Buffers& buffers);

  cv::Mat source;
  cv::Mat result;
};

void filter_2d(const OpenCvPictures& pictures, const cv::Mat& kernel);

struct OpenCvCall {
  std::string name;
  std::function<void(const OpenCvPictures&)> call;
};

// The fastest of OpenCV's calls that give this kernel's result, tried on these buffers.
OpenCvCall best_call(const examples::Kernel& kernel, Size size, Buffers& buffers);

}  // namespace bench
