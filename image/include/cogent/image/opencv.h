// cv::Mat as a picture, without copying. Needs OpenCV's headers; nothing else here does.
#pragma once
#include <cogent/image/picture.h>

#include <opencv2/core/mat.hpp>

namespace cogent::image {

namespace detail {

inline SampleType sample_type_of_depth(int depth) {
  switch (depth) {
    case CV_8U:
      return SampleType::U8;
    case CV_16U:
      return SampleType::U16;
    case CV_16S:
      return SampleType::I16;
    case CV_32S:
      return SampleType::I32;
    case CV_32F:
      return SampleType::F32;
    default:
      break;
  }
  throw PictureError(
      "a cv::Mat of this depth cannot be a picture; convert it to CV_8U, CV_16U, CV_16S, CV_32S or CV_32F");
}

template <class AnyPixels, class Mat>
AnyPixels pixels_of(Mat& mat) {
  if (mat.dims != 2) throw PictureError("a cv::Mat of more than two dimensions cannot be a picture");
  const Format format{mat.cols, mat.rows, mat.channels(), sample_type_of_depth(mat.depth())};
  auto row_stride = static_cast<std::ptrdiff_t>(mat.step1());
  std::ptrdiff_t plane_stride = 0;
  check_layout(format, format.type, row_stride, plane_stride);
  return {format, mat.data, row_stride, plane_stride};
}

}  // namespace detail

/// The pixels of a matrix of 1 to 4 channels, in the order in which it has them: OpenCV's own are blue, green, red, and
/// filters that know colours want red, green, blue. The matrix must outlive what is returned. Throws PictureError for
/// depths that no picture has.
inline Pixels pixels_of(cv::Mat& mat) { return detail::pixels_of<Pixels>(mat); }
/// The same of a matrix that is only read.
inline ConstPixels pixels_of(const cv::Mat& mat) { return detail::pixels_of<ConstPixels>(mat); }

/// A matrix of a format, allocated if it is not of that format already, as OpenCV's functions do. Interleaved only.
inline void create_for(const Format& format, cv::Mat& mat) {
  constexpr int depths[] = {CV_8U, CV_16U, CV_16S, CV_32S, CV_32F};
  mat.create(format.height, format.width, CV_MAKETYPE(depths[static_cast<int>(format.type)], format.channels));
}

}  // namespace cogent::image
