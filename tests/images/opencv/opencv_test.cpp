// The same bits as OpenCV, where it defines the same integer filter.
#include <gtest/gtest.h>

#include <cogent/image/opencv.h>
#include <cogent/image/pipeline.h>

#include <functional>
#include <opencv2/imgproc.hpp>
#include <random>

namespace cogent::image {
namespace {

using Peer = std::function<void(const cv::Mat& from, cv::Mat& to, int border)>;

cv::Mat random_mat(const cv::Size& size, int type, std::mt19937& random) {
  cv::Mat mat(size, type);
  const int bytes = size.width * static_cast<int>(mat.elemSize());
  for (int y = 0; y < size.height; ++y)
    for (int i = 0; i < bytes; ++i) mat.ptr(y)[i] = static_cast<std::uint8_t>(random());
  return mat;
}

// At sizes around the kernel's and the lanes', and all borders of both; of samples of OpenCV's `depth`.
void expect_same_bits(const std::string& pipeline, const Peer& peer, int channels, int depth = CV_8U) {
  static constexpr std::pair<const char*, int> borders[] = {{"reflect101", cv::BORDER_REFLECT_101},
                                                            {"replicate", cv::BORDER_REPLICATE},
                                                            {"reflect", cv::BORDER_REFLECT},
                                                            {"constant", cv::BORDER_CONSTANT}};
  std::mt19937 random(7);
  int number = 0;
  for (const auto& [width, height] : {std::pair(300, 40), std::pair(67, 33), std::pair(16, 9), std::pair(9, 16)}) {
    const auto& [name, border] = borders[static_cast<std::size_t>(number++) % 4];
    cv::Mat from = random_mat({width, height}, CV_MAKETYPE(depth, channels), random);
    cv::Mat to;
    peer(from, to, border);
    std::string text = pipeline;
    if (const std::size_t at = text.find("BORDER"); at != std::string::npos)
      text.replace(at, 6, std::string("border=") + name);
    const CompiledPipeline code = Pipeline::parse(text).compile(pixels_of(from).format);
    cv::Mat result;
    create_for(code.output_format(), result);
    code(pixels_of(from), pixels_of(result));
    ASSERT_EQ(result.type(), to.type()) << text;
    EXPECT_EQ(cv::norm(result, to, cv::NORM_INF), 0) << text << " of " << width << "x" << height << " x " << channels;
  }
}

// (With other deviations OpenCV's weights, in 256ths, can err by more than a level.)
TEST(OpenCv, BlursGiveTheSameBits) {
  for (const int channels : {1, 3}) {
    for (const double sigma : {0.3, 1.0})
      expect_same_bits(
          "gaussian(" + std::to_string(sigma) + ", BORDER)",
          [=](const cv::Mat& from, cv::Mat& to, int border) { cv::GaussianBlur(from, to, {}, sigma, sigma, border); },
          channels);
    for (const int size : {3, 5, 7})
      expect_same_bits(
          "gaussian(0, size=" + std::to_string(size) + ", BORDER)",
          [=](const cv::Mat& from, cv::Mat& to, int border) { cv::GaussianBlur(from, to, {size, size}, 0, 0, border); },
          channels);
    for (const cv::Size size : {cv::Size(3, 3), {5, 5}, {5, 3}, {1, 7}, {9, 9}, {15, 15}, {31, 5}, {41, 33}})
      expect_same_bits(
          "box(" + std::to_string(size.width) + ", " + std::to_string(size.height) + ", BORDER)",
          [=](const cv::Mat& from, cv::Mat& to, int border) { cv::blur(from, to, size, {-1, -1}, border); }, channels);
    for (const int size : {3, 5})
      expect_same_bits(
          "median(" + std::to_string(size) + ", border=replicate)",
          [=](const cv::Mat& from, cv::Mat& to, int) { cv::medianBlur(from, to, size); }, channels);
  }
}

TEST(OpenCv, DerivativesAndKernelsGiveTheSameBits) {
  const cv::Mat kernel = (cv::Mat_<float>(3, 3) << 1, -2, 3, 0, 5, -1, 2, 2, -4);
  for (const int channels : {1, 3}) {
    expect_same_bits(
        "sobel(x, BORDER)",
        [](const cv::Mat& from, cv::Mat& to, int border) { cv::Sobel(from, to, CV_16S, 1, 0, 3, 1, 0, border); },
        channels);
    expect_same_bits(
        "scharr(y, BORDER)",
        [](const cv::Mat& from, cv::Mat& to, int border) { cv::Scharr(from, to, CV_16S, 0, 1, 1, 0, border); },
        channels);
    expect_same_bits(
        "laplacian(BORDER)",
        [](const cv::Mat& from, cv::Mat& to, int border) { cv::Laplacian(from, to, CV_16S, 1, 1, 0, border); },
        channels);
    for (const bool is_byte : {true, false}) {
      const Peer peer = [&](const cv::Mat& from, cv::Mat& to, int border) {
        cv::filter2D(from, to, is_byte ? CV_8U : CV_16S, kernel, {-1, -1}, 0, border);
      };
      expect_same_bits(std::string("convolve([1 -2 3; 0 5 -1; 2 2 -4], BORDER, out=") + (is_byte ? "u8)" : "s16)"),
                       peer, channels);
    }
  }
}

TEST(OpenCv, PixelsGiveTheSameBits) {
  for (const int depth : {CV_8U, CV_16U})
    expect_same_bits(
        "gray", [](const cv::Mat& from, cv::Mat& to, int) { cv::cvtColor(from, to, cv::COLOR_RGB2GRAY); }, 3, depth);
  expect_same_bits(
      "threshold(100)",
      [](const cv::Mat& from, cv::Mat& to, int) { cv::threshold(from, to, 100, 255, cv::THRESH_BINARY); }, 3);
  expect_same_bits(
      "otsu",
      [](const cv::Mat& from, cv::Mat& to, int) {
        cv::threshold(from, to, 0, 255, cv::THRESH_BINARY | cv::THRESH_OTSU);
      },
      1);
  expect_same_bits("equalise", [](const cv::Mat& from, cv::Mat& to, int) { cv::equalizeHist(from, to); }, 1);
  expect_same_bits(
      "lut([255 0])",
      [](const cv::Mat& from, cv::Mat& to, int) {
        cv::Mat table(1, 256, CV_8U);
        for (int i = 0; i < 256; ++i) table.ptr(0)[i] = static_cast<std::uint8_t>(255 - i);
        cv::LUT(from, table, to);
      },
      3);
  expect_same_bits(
      "{identity; invert} | difference",
      [](const cv::Mat& from, cv::Mat& to, int) {
        cv::Mat inverse;
        cv::bitwise_not(from, inverse);
        cv::absdiff(from, inverse, to);
      },
      3);
}

TEST(OpenCv, MorphologyAndEdgesGiveTheSameBits) {
  const auto rectangle = [](int width, int height) {
    return cv::getStructuringElement(cv::MORPH_RECT, {width, height});
  };
  for (const int channels : {1, 3}) {
    expect_same_bits(
        "dilate", [&](const cv::Mat& from, cv::Mat& to, int) { cv::dilate(from, to, rectangle(3, 3)); }, channels);
    expect_same_bits(
        "erode(7, 5)", [&](const cv::Mat& from, cv::Mat& to, int) { cv::erode(from, to, rectangle(7, 5)); }, channels);
    expect_same_bits(
        "open(5, shape=cross)",
        [](const cv::Mat& from, cv::Mat& to, int) {
          cv::morphologyEx(from, to, cv::MORPH_OPEN, cv::getStructuringElement(cv::MORPH_CROSS, {5, 5}));
        },
        channels);
    expect_same_bits("flip", [](const cv::Mat& from, cv::Mat& to, int) { cv::flip(from, to, 1); }, channels);
    expect_same_bits(
        "rotate", [](const cv::Mat& from, cv::Mat& to, int) { cv::rotate(from, to, cv::ROTATE_90_CLOCKWISE); },
        channels);
  }
  expect_same_bits(
      "canny(150, 400, border=replicate)", [](const cv::Mat& from, cv::Mat& to, int) { cv::Canny(from, to, 150, 400); },
      1);
}

TEST(OpenCv, JoinsGiveTheSameBits) {
  const std::string both = "{identity; dilate} | ";
  const auto join = [&](const std::string& name, const auto& peer) {
    for (const int depth : {CV_8U, CV_16U, CV_16S})
      expect_same_bits(
          both + name,
          [&](const cv::Mat& from, cv::Mat& to, int) {
            cv::Mat dilated;
            cv::dilate(from, dilated, cv::Mat());
            peer(from, dilated, to);
          },
          3, depth);
  };
  join("sum", [](const cv::Mat& a, const cv::Mat& b, cv::Mat& to) { cv::add(a, b, to); });
  join("minimum", [](const cv::Mat& a, const cv::Mat& b, cv::Mat& to) { cv::min(a, b, to); });
  join("maximum", [](const cv::Mat& a, const cv::Mat& b, cv::Mat& to) { cv::max(a, b, to); });
  join("subtract", [](const cv::Mat& a, const cv::Mat& b, cv::Mat& to) { cv::subtract(a, b, to); });
}

TEST(OpenCv, WiderSamplesGiveTheSameBits) {
  for (const int depth : {CV_16U, CV_16S}) {
    for (const int size : {3, 5})
      expect_same_bits(
          "median(" + std::to_string(size) + ", border=replicate)",
          [=](const cv::Mat& from, cv::Mat& to, int) { cv::medianBlur(from, to, size); }, 3, depth);
    expect_same_bits(
        "box(5, 3, BORDER)",
        [](const cv::Mat& from, cv::Mat& to, int border) { cv::blur(from, to, {5, 3}, {-1, -1}, border); }, 3, depth);
    expect_same_bits(
        "dilate", [](const cv::Mat& from, cv::Mat& to, int) { cv::dilate(from, to, cv::Mat()); }, 3, depth);
    expect_same_bits("erode", [](const cv::Mat& from, cv::Mat& to, int) { cv::erode(from, to, cv::Mat()); }, 3, depth);
    const cv::Mat kernel = (cv::Mat_<float>(3, 3) << 1, -2, 3, 0, 5, -1, 2, 2, -4);
    expect_same_bits(
        "convolve([1 -2 3; 0 5 -1; 2 2 -4], BORDER)",
        [&](const cv::Mat& from, cv::Mat& to, int border) { cv::filter2D(from, to, -1, kernel, {-1, -1}, 0, border); },
        3, depth);
    expect_same_bits(
        "threshold(10000)",
        [=](const cv::Mat& from, cv::Mat& to, int) {
          cv::threshold(from, to, 10000, depth == CV_16U ? 65535 : 32767, cv::THRESH_BINARY);
        },
        3, depth);
  }
}

}  // namespace
}  // namespace cogent::image
