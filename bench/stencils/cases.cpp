// Each stencil three times: as a generated function, as the OpenCV call for it, and as a naive loop that checks.
#include "cases.h"

#include <cogent/cogent.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "by_hand.h"
#include "examples/support/interleaved_rounds.h"
#include "taps.h"

namespace bench {
namespace {

using namespace cogent;
using std::uint8_t;

// (sum + half) >> shift, saturated to the result's type; a pixel has `channels` elements.
struct Filter {
  std::vector<int> column, row;  // of a kernel of rank 1; else the kernel is what counts
  std::vector<int> kernel;
  int width = 0, shift = 0, channels = 1;

  int height() const { return static_cast<int>(kernel.size()) / width; }
};

Filter separable(const std::vector<int>& column, const std::vector<int>& row, int shift = 0) {
  Filter filter{column, row, {}, static_cast<int>(row.size()), shift};
  for (const int down : column)
    for (const int across : row) filter.kernel.push_back(down * across);
  return filter;
}

Filter dense(int width, int largest, int channels = 1) {
  Filter filter{{}, {}, {}, width, 0, channels};
  RandomTaps taps(largest);
  for (int i = 0; i < width * width; ++i) filter.kernel.push_back(taps.next());
  return filter;
}

// Float weights as numbers of 15 bits and a sign, which is within a grey level of the exact sum.
Filter fixed_point(int width) {
  Filter filter = dense(width, 32767);
  filter.shift = 16;
  return filter;
}

// A Gaussian as wide as OpenCV's for `count` weights, scaled to add up to about 2^bits.
std::vector<int> bell(int count, int bits) {
  const double sigma = 0.3 * ((count - 1) * 0.5 - 1) + 0.8;
  std::vector<double> weights;
  for (int i = 0; i < count; ++i) {
    const double distance = (i - (count - 1) / 2.0) / sigma;
    weights.push_back(std::exp(-distance * distance / 2));
  }
  double sum = 0;
  for (const double weight : weights) sum += weight;
  std::vector<int> result;
  for (const double weight : weights) result.push_back(static_cast<int>(weight / sum * (1 << bits) + 0.5));
  return result;
}

template <class Result>
void filter_picture(GeneratedCodeBlock& code, In<uint8_t> source, Out<Result> destination, std::span<const int> kernel,
                    int width, int kernel_width, int shift, int channels) {
  const int elements = width * channels, pitch = (width + kernel_width - 1) * channels;
  for (auto i : code.range(destination.size())) {
    auto corner = i / elements * pitch + i % elements;
    auto sum = code.variable(shift == 0 ? 0 : 1 << (shift - 1));
    for (int k = 0; k < std::ssize(kernel); ++k)
      if (kernel[k] != 0) sum += source[corner + k / kernel_width * pitch + k % kernel_width * channels] * kernel[k];
    if constexpr (std::is_same_v<Result, float>)
      destination[i] = cast<float>(sum >> shift);
    else
      destination[i] = saturate_cast<Result>(sum >> shift);
  }
}
template <class Result>
const GeneratedFunction<void(In<uint8_t>, Out<Result>, std::span<const int>, int, int, int, int)> generated{
    "filter_picture", filter_picture<Result>};

template <class Result>
struct Measured {
  Measured(const Filter& filter, PictureSize size)
      : filter(filter),
        size(size),
        pitch((size.width + filter.width - 1) * filter.channels),
        source(static_cast<std::size_t>(pitch * (size.height + filter.height() - 1))),
        opencv_source(source.size()),
        result(static_cast<std::size_t>(size.width * filter.channels * size.height)),
        opencv_result(result.size()),
        copied((result.size() * (1 + sizeof(Result))) / 2),
        copy(copied.size()) {
    std::uint32_t state = 1;
    for (uint8_t& pixel : source) {
      state = state * 1664525u + 1013904223u;
      pixel = static_cast<uint8_t>(state >> 24);
    }
    opencv_source = source;
  }

  void run() {
    generated<Result>(source, result, filter.kernel, size.width, filter.width, filter.shift, filter.channels);
  }
  void run_opencv() {
    const int type = CV_MAKETYPE(CV_8U, filter.channels);
    const int depth = sizeof(Result) == 1 ? CV_8U : sizeof(Result) == 2 ? CV_16S : CV_32F;
    cv::Mat picture(size.height + filter.height() - 1, size.width + filter.width - 1, type, opencv_source.data());
    const cv::Mat inner = picture(cv::Rect(filter.width / 2, filter.height() / 2, size.width, size.height));
    cv::Mat made(size.height, size.width, CV_MAKETYPE(depth, filter.channels), opencv_result.data());
    const double scale = 1.0 / (1 << filter.shift);
    if (filter.row.empty()) return cv::filter2D(inner, made, depth, matrix(filter.kernel, filter.width) * scale);
    cv::sepFilter2D(inner, made, depth, matrix(filter.row, filter.width) * scale, matrix(filter.column, 1));
  }
  static cv::Mat matrix(const std::vector<int>& weights, int width) {
    cv::Mat result(static_cast<int>(weights.size()) / width, width, CV_32F);
    for (int i = 0; i < static_cast<int>(weights.size()); ++i)
      result.at<float>(i) = static_cast<float>(weights[static_cast<std::size_t>(i)]);
    return result;
  }

  bool is_right() const {
    const int elements = size.width * filter.channels;
    for (int y = 0; y < size.height; y += 1 + size.height / 97)
      for (int x = 0; x < elements; ++x) {
        int sum = filter.shift == 0 ? 0 : 1 << (filter.shift - 1);
        for (int k = 0; k < static_cast<int>(filter.kernel.size()); ++k)
          sum += source[static_cast<std::size_t>((y + k / filter.width) * pitch + x +
                                                 k % filter.width * filter.channels)] *
                 filter.kernel[static_cast<std::size_t>(k)];
        if (result[static_cast<std::size_t>(y * elements + x)] != saturated(sum >> filter.shift)) return false;
      }
    return true;
  }
  static Result saturated(int value) {
    if constexpr (sizeof(Result) == 4) {
      return static_cast<Result>(value);
    } else {
      using Limits = std::numeric_limits<Result>;
      return static_cast<Result>(std::clamp<int>(value, Limits::min(), Limits::max()));
    }
  }

  // Whether what OpenCV or the hand-written function left behind is within one of what cogent did.
  bool others_are_near() const {
    return std::equal(result.begin(), result.end(), opencv_result.begin(),
                      [](Result a, Result b) { return std::abs(a - b) <= 1; });
  }

  Filter filter;
  PictureSize size;
  int pitch;
  std::vector<uint8_t> source, opencv_source;
  std::vector<Result> result, opencv_result;
  std::vector<uint8_t> copied, copy;
};

// Empty: there is none.
template <class Result>
std::function<void()> hand_written_call(const std::string& name, Measured<Result>& measured) {
  if constexpr (std::is_same_v<Result, uint8_t>)
    if (const auto call = by_hand(name))
      return [call, m = &measured] {
        call({m->opencv_source.data(), m->opencv_result.data(), m->size.width, m->size.height});
      };
  return {};
}

template <class Result>
StencilCase stencil(const std::string& name, const Filter& filter) {
  return {name, [name, filter](PictureSize size) {
            const auto measured = std::make_shared<Measured<Result>>(filter, size);
            Measured<Result>* m = measured.get();
            const auto warm_other = [m] {
              examples::warm(std::span(m->opencv_source)), examples::warm(std::span(m->opencv_result));
            };
            return StencilCalls{
                [m] { m->run(); },
                [m] { m->run_opencv(); },
                [m] { std::memcpy(m->copy.data(), m->copied.data(), m->copy.size()); },
                [m] { examples::warm(std::span(m->source)), examples::warm(std::span(m->result)); },
                warm_other,
                [m] { examples::warm(std::span(m->copied)), examples::warm(std::span(m->copy)); },
                [m] { return m->is_right(); },
                hand_written_call(name, *m),
                warm_other,
                [m] { return m->others_are_near(); },
                generated<Result>
                    .explain(m->source, m->result, filter.kernel, size.width, filter.width, filter.shift,
                             filter.channels)
                    .text,
                measured};
          }};
}

}  // namespace

std::vector<StencilCase> stencil_cases() {
  const Filter sobel = separable({1, 2, 1}, {-1, 0, 1});
  return {stencil<std::int16_t>("sobel_x_i16", sobel),
          stencil<float>("sobel_x_f32", sobel),
          stencil<std::int16_t>("dense3_i16", dense(3, 12)),
          stencil<float>("dense3_f32", dense(3, 12)),
          stencil<std::int16_t>("dense5_i16", dense(5, 9)),
          stencil<uint8_t>("dense3_beyond_int8", dense(3, 1000)),
          stencil<uint8_t>("dense3_rgb", dense(3, 12, 3)),
          stencil<uint8_t>("gauss7", separable(bell(7, 6), bell(7, 6), 12)),
          stencil<uint8_t>("gauss15", separable(bell(15, 7), bell(15, 7), 14)),
          stencil<uint8_t>("box9", separable(std::vector<int>(9, 1), std::vector<int>(9, 1), 6)),
          stencil<uint8_t>("box31", separable(std::vector<int>(31, 1), std::vector<int>(31, 1), 10))};
}

std::vector<HandWritten> hand_written_cases() {
  constexpr PictureSize sizes[] = {{892, 468}, {1920, 1080}, {3840, 2160}};
  constexpr double memcpy[] = {8.3, 135, 560};
  std::vector<HandWritten> cases;
  const auto add = [&](const StencilCase& one, std::initializer_list<double> microseconds) {
    for (std::size_t i = 0; i < microseconds.size(); ++i)
      cases.push_back({one, sizes[i], microseconds.begin()[i], memcpy[i]});
  };
  const auto ones = [](int count) { return std::vector<int>(static_cast<std::size_t>(count), 1); };
  add(stencil<uint8_t>("sobel_x", separable({1, 2, 1}, {-1, 0, 1})), {15.5, 136, 572});
  add(stencil<uint8_t>("sharpen3", Filter{{}, {}, {sharpening_taps.begin(), sharpening_taps.end()}, 3}),
      {17.4, 138, 573});
  add(stencil<uint8_t>("dense3", dense(3, 12)), {18.8, 137, 571});
  add(stencil<uint8_t>("dense5", dense(5, 9)), {47, 260, 1135});
  add(stencil<uint8_t>("gauss5", separable({1, 4, 6, 4, 1}, {1, 4, 6, 4, 1}, 8)), {27, 154, 705});
  add(stencil<uint8_t>("gauss7", separable(bell(7, 6), bell(7, 6), 12)), {49, 258, 1390});
  add(stencil<uint8_t>("gauss15", separable(bell(15, 7), bell(15, 7), 14)), {95, 499, 2300});
  add(stencil<uint8_t>("box9", separable(ones(9), ones(9), 6)), {38, 239, 986});
  add(stencil<uint8_t>("box31", separable(ones(31), ones(31), 10)), {80, 401, 1950});
  add(stencil<uint8_t>("float3", fixed_point(3)), {39, 204});
  add(stencil<uint8_t>("float5", fixed_point(5)), {105, 518});
  add(stencil<uint8_t>("float15", fixed_point(15)), {212, 1159});
  cases.push_back({stencil<uint8_t>("dense3_rgb", dense(3, 12, 3)), sizes[1], 499, 499 / 1.19});
  return cases;
}

}  // namespace bench
