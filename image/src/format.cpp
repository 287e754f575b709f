// Formats as text.
#include <cogent/image/error.h>
#include <cogent/image/format.h>

#include <array>
#include <optional>
#include <sstream>

#include "text/did_you_mean.h"

namespace cogent::image {
namespace {

constexpr std::array types = {SampleType::U8, SampleType::U16, SampleType::I16, SampleType::I32, SampleType::F32};

struct Channels {
  std::string_view name;
  int count;
  Alpha alpha;
};
constexpr std::array<Channels, 6> kinds = {{{"gray", 1, Alpha::None},
                                            {"graya", 2, Alpha::Straight},
                                            {"rgb", 3, Alpha::None},
                                            {"rgba", 4, Alpha::Straight},
                                            {"2x", 2, Alpha::None},
                                            {"4x", 4, Alpha::None}}};
// "rgb8" is short for "rgb u8".
constexpr std::array<std::pair<std::string_view, SampleType>, 2> short_types = {
    {{"8", SampleType::U8}, {"16", SampleType::U16}}};

std::optional<SampleType> type_of(std::string_view name) {
  for (const auto& [short_name, type] : short_types) {
    if (name == short_name) return type;
  }
  for (const SampleType type : types) {
    if (name == name_of(type)) return type;
  }
  return std::nullopt;
}

/// The channels and, if it follows at once, the sample type: "rgb", "rgb8", "rgbf32".
bool set_pixels(Format& format, std::string_view word, bool& typed) {
  for (const Channels& kind : kinds) {
    if (!word.starts_with(kind.name)) continue;
    const std::string_view rest = word.substr(kind.name.size());
    const std::optional<SampleType> type = type_of(rest);
    if (!rest.empty() && !type) continue;
    format.channels = kind.count;
    format.alpha = kind.alpha;
    if (type) format.type = *type;
    typed = type.has_value();
    return true;
  }
  return false;
}

[[noreturn]] void fail(std::string_view name, std::string_view word) {
  constexpr std::array<std::string_view, 14> names = {"gray8",   "gray16", "graya8", "graya16",      "rgb8",
                                                      "rgb16",   "rgba8",  "rgba16", "rgb",          "gray",
                                                      "rgb f32", "planar", "f32",    "premultiplied"};
  throw PipelineError("there is no format of pixels '" + std::string(name.substr(0, 40)) + "'" +
                      text::did_you_mean(word, names) +
                      " (gray8, graya8, rgb8, rgba8, rgb16, \"rgb f32\"; then planar, premultiplied)");
}

}  // namespace

int bytes_of(SampleType type) {
  if (type == SampleType::U8) return 1;
  return type == SampleType::U16 || type == SampleType::I16 ? 2 : 4;
}

std::string_view name_of(SampleType type) {
  constexpr std::array<std::string_view, 5> names = {"u8", "u16", "s16", "s32", "f32"};
  return names[static_cast<std::size_t>(type)];
}

std::string_view name_of(Border border) {
  constexpr std::array<std::string_view, 5> names = {"constant", "replicate", "reflect", "reflect101", "wrap"};
  return names[static_cast<std::size_t>(border)];
}

std::string to_text(const Format& format) {
  std::string text = std::to_string(format.width) + "x" + std::to_string(format.height) + " ";
  const bool alpha = format.alpha != Alpha::None;
  std::string channels = std::to_string(format.channels) + "x";
  for (const Channels& kind : kinds) {
    if (kind.count == format.channels && (kind.alpha != Alpha::None) == alpha) channels = kind.name;
  }
  text += channels;
  if (format.type == SampleType::U8 || format.type == SampleType::U16) {
    text += format.type == SampleType::U8 ? "8" : "16";
  } else {
    text += " " + std::string(name_of(format.type));
  }
  if (format.layout == Layout::Planar) text += " planar";
  if (format.alpha == Alpha::Premultiplied) text += " premultiplied";
  return text;
}

Format make_format(int width, int height, std::string_view name) {
  if (width < 1 || height < 1)
    throw PipelineError("a picture has at least 1x1 pixels, not " + std::to_string(width) + "x" +
                        std::to_string(height));
  Format format{.width = width, .height = height};
  std::istringstream words{std::string(name)};
  std::string word;
  bool typed = false;
  if (!(words >> word) || !set_pixels(format, word, typed)) fail(name, word);
  while (words >> word) {
    const std::optional<SampleType> type = typed ? std::nullopt : type_of(word);
    if (type) {
      format.type = *type;
      typed = true;
    } else if (word == "planar" && format.layout == Layout::Interleaved) {
      format.layout = Layout::Planar;
    } else if (word == "premultiplied" && format.alpha == Alpha::Straight) {
      format.alpha = Alpha::Premultiplied;
    } else {
      fail(name, word);
    }
  }
  return format;
}

}  // namespace cogent::image
