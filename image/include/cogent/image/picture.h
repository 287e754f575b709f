// Pictures: views of pixels that others own, of one sample type or of any, and pictures that own theirs.
#pragma once
#include <cogent/image/error.h>
#include <cogent/image/format.h>

#include <cstddef>
#include <type_traits>
#include <vector>

namespace cogent::image {

template <class T>
concept Sample = std::is_same_v<T, std::uint8_t> || std::is_same_v<T, std::uint16_t> ||
                 std::is_same_v<T, std::int16_t> || std::is_same_v<T, std::int32_t> || std::is_same_v<T, float>;

/// The sample type that a C++ type is.
template <Sample T>
constexpr SampleType sample_type_of() {
  if constexpr (std::is_same_v<T, float>) return SampleType::F32;
  if constexpr (std::is_same_v<T, std::int32_t>) return SampleType::I32;
  if constexpr (std::is_same_v<T, std::int16_t>) return SampleType::I16;
  return std::is_same_v<T, std::uint16_t> ? SampleType::U16 : SampleType::U8;
}

/// Pixels of any sample type in memory that others own: sample c of pixel (y, x) lies y * row_stride +
/// x * channels + c samples behind data, or y * row_stride + x + c * plane_stride if the planes are apart.
template <class Byte>
struct BasicPixels {
  Format format;
  Byte* data = nullptr;
  std::ptrdiff_t row_stride = 0;    ///< samples from one row to the next; 0: rows without gaps
  std::ptrdiff_t plane_stride = 0;  ///< samples from one plane to the next; 0: interleaved, or planes without gaps

  /// The same pixels, only read.
  operator BasicPixels<const void>() const
    requires(!std::is_const_v<Byte>)
  {
    return {format, data, row_stride, plane_stride};
  }
};
using Pixels = BasicPixels<void>;
using ConstPixels = BasicPixels<const void>;

/// Fills in strides that are 0 and throws PictureError for what cannot be a picture of this sample type.
void check_layout(const Format& format, SampleType type, std::ptrdiff_t& row_stride, std::ptrdiff_t& plane_stride);

/// Pixels of one sample type in memory that others own. It must outlive the view.
template <class T>
class PictureView {
  using Plain = std::remove_const_t<T>;
  using Byte = std::conditional_t<std::is_const_v<T>, const void, void>;

 public:
  /// Interleaved pixels; `row_stride` samples from one row to the next, 0: rows without gaps. Throws PictureError for
  /// sizes below 1, channels not in 1 to 4 and strides that let rows overlap.
  PictureView(T* data, int width, int height, int channels = 1, std::ptrdiff_t row_stride = 0)
      : PictureView(data, Format{width, height, channels, sample_type_of<Plain>()}, row_stride) {}
  /// Pixels in a format of this sample type; planes without gaps if it is planar and `plane_stride` is 0.
  PictureView(T* data, const Format& format, std::ptrdiff_t row_stride = 0, std::ptrdiff_t plane_stride = 0)
      : pixels_{check_pixels({format, data, row_stride, plane_stride}, sample_type_of<Plain>())} {}
  /// A view of the same pixels that only reads.
  PictureView(const PictureView<Plain>& other)
    requires(std::is_const_v<T>)
      : pixels_{other.format(), other.data(), other.row_stride(), other.plane_stride()} {}

  const Format& format() const { return pixels_.format; }
  int width() const { return pixels_.format.width; }
  int height() const { return pixels_.format.height; }
  int channels() const { return pixels_.format.channels; }
  T* data() const { return static_cast<T*>(pixels_.data); }
  std::ptrdiff_t row_stride() const { return pixels_.row_stride; }
  std::ptrdiff_t plane_stride() const { return pixels_.plane_stride; }
  /// One sample; not checked.
  T& operator()(int row, int column, int channel = 0) const {
    const bool planar = pixels_.format.layout == Layout::Planar;
    const std::ptrdiff_t in_row =
        planar ? column + channel * pixels_.plane_stride : static_cast<std::ptrdiff_t>(column) * channels() + channel;
    return data()[row * pixels_.row_stride + in_row];
  }

  operator BasicPixels<Byte>() const { return pixels_; }
  operator ConstPixels() const
    requires(!std::is_const_v<T>)
  {
    return {pixels_.format, pixels_.data, pixels_.row_stride, pixels_.plane_stride};
  }

 private:
  static BasicPixels<Byte> check_pixels(BasicPixels<Byte> pixels, SampleType type) {
    check_layout(pixels.format, type, pixels.row_stride, pixels.plane_stride);
    return pixels;
  }

  BasicPixels<Byte> pixels_;
};

/// A picture that owns its pixels, all 0 at first; rows without gaps.
template <Sample T>
class Picture {
 public:
  /// Throws PictureError for sizes below 1 and channels not in 1 to 4.
  Picture(int width, int height, int channels = 1) : Picture(Format{width, height, channels, sample_type_of<T>()}) {}
  explicit Picture(const Format& format)
      : format_((check_format(format, sample_type_of<T>()), format)),
        samples_(static_cast<std::size_t>(format.width) * static_cast<std::size_t>(format.height) *
                 static_cast<std::size_t>(format.channels)) {}

  const Format& format() const { return format_; }
  int width() const { return format_.width; }
  int height() const { return format_.height; }
  int channels() const { return format_.channels; }
  T* data() { return samples_.data(); }
  const T* data() const { return samples_.data(); }
  std::size_t size() const { return samples_.size(); }  ///< samples
  PictureView<T> view() { return {samples_.data(), format_}; }
  PictureView<const T> view() const { return {samples_.data(), format_}; }
  T& operator()(int row, int column, int channel = 0) { return view()(row, column, channel); }
  const T& operator()(int row, int column, int channel = 0) const { return view()(row, column, channel); }

  operator Pixels() { return view(); }
  operator ConstPixels() const { return view(); }
  friend bool operator==(const Picture&, const Picture&) = default;

 private:
  static void check_format(const Format& format, SampleType type) {
    std::ptrdiff_t row_stride = 0, plane_stride = 0;
    check_layout(format, type, row_stride, plane_stride);
  }

  Format format_;
  std::vector<T> samples_;
};

}  // namespace cogent::image
