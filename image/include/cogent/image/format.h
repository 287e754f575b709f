// What is known of a picture before its pixels: size, channels, sample type, layout, alpha.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace cogent::image {

/// The type of one channel of one pixel.
enum class SampleType : std::uint8_t { U8, U16, I16, I32, F32 };

/// How the channels lie in memory: those of a pixel side by side, or one plane for each channel.
enum class Layout : std::uint8_t { Interleaved, Planar };

/// What the last channel of a picture of 2 or 4 channels is: no alpha, or alpha by which the colours are multiplied
/// already (Premultiplied) or not (Straight).
enum class Alpha : std::uint8_t { None, Straight, Premultiplied };

/// What a filter takes for the pixels outside the picture: a constant; the nearest pixel (aaa|abcd|ddd); the picture
/// mirrored at its edge (cba|abcd|dcb) or at its outermost pixels (dcb|abcd|cba); the picture repeated (bcd|abcd|abc).
enum class Border : std::uint8_t { Constant, Replicate, Reflect, Reflect101, Wrap };

/// The format of a picture. A pipeline is compiled for one.
struct Format {
  int width = 0;     ///< pixels, at least 1
  int height = 0;    ///< pixels, at least 1
  int channels = 1;  ///< 1 to 4
  SampleType type = SampleType::U8;
  Layout layout = Layout::Interleaved;
  Alpha alpha = Alpha::None;

  friend bool operator==(const Format&, const Format&) = default;
};

/// Bytes of one sample: 1, 2 or 4.
int bytes_of(SampleType type);
/// "u8", "u16", "s16", "s32", "f32".
std::string_view name_of(SampleType type);
/// "constant", "replicate", "reflect", "reflect101", "wrap".
std::string_view name_of(Border border);
/// "1920x1080 rgb8": the size, then gray, graya, rgb or rgba (2 channels without alpha: 2x) and the sample type, then
/// "planar" and "premultiplied" where they hold.
std::string to_text(const Format& format);
/// The format of pixels that `name` says, as to_text writes it behind the size: "rgb8", "gray16", "rgba f32". Throws
/// PipelineError for an unknown name or a size below 1.
Format make_format(int width, int height, std::string_view name);

}  // namespace cogent::image
