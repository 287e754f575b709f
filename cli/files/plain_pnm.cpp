// Reads the header and, of text, the samples, which become those of a PGM or PPM file in bytes.
#include "files/plain_pnm.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

namespace cogent::cli {
namespace {

constexpr const char* ends_early = "the file ends before its pixels do";

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The numbers of a file, one behind the other.
class Scanner {
 public:
  Scanner(std::string_view text, std::size_t at) : text_(text), at_(at) {}

  /// Behind the header's last number and the one character that ends it.
  std::size_t pixels_begin() const { return at_ + 1; }
  /// The next number, if it is one of up to 9 digits.
  std::optional<int> number() {
    skip();
    const std::size_t begin = at_;
    int value = 0;
    for (; at_ < text_.size() && at_ < begin + 9 && is_digit(text_[at_]); ++at_) value = 10 * value + text_[at_] - '0';
    if (at_ == begin || (at_ < text_.size() && is_digit(text_[at_]))) return std::nullopt;
    return value;
  }
  /// A sample from 0 to `most`; of bits a digit, which needs no space before the next. Throws FileError.
  int sample(int most, bool is_bit) {
    skip();
    if (at_ == text_.size()) throw FileError(ends_early);
    const std::optional<int> value = !is_bit                ? number()
                                     : is_digit(text_[at_]) ? std::optional(text_[at_++] - '0')
                                                            : std::nullopt;
    if (!value || *value > most)
      throw FileError("it is broken: a sample from 0 to " + std::to_string(most) + " is expected at byte " +
                      std::to_string(at_));
    return *value;
  }

 private:
  // Spaces, and comments up to the end of their line.
  void skip() {
    for (; at_ < text_.size() && (is_space(text_[at_]) || text_[at_] == '#'); ++at_)
      if (text_[at_] == '#') at_ = std::min(text_.find('\n', at_), text_.size() - 1);
  }

  std::string_view text_;
  std::size_t at_;
};

struct Header {
  char kind;  ///< '1' to '4'
  int width, height, most;
  std::size_t pixels;  ///< where they begin

  bool has_bits() const { return kind == '1' || kind == '4'; }
  std::size_t samples_of_row() const { return static_cast<std::size_t>(width) * (kind == '3' ? 3 : 1); }
};

Header read_header(std::string_view text) {
  Header header{.kind = text[1], .width = 0, .height = 0, .most = 1, .pixels = 0};
  Scanner scanner(text, 2);
  const std::optional<int> width = scanner.number(), height = scanner.number();
  const std::optional<int> most = header.has_bits() ? 1 : scanner.number();
  constexpr int largest = 65535;
  if (width.value_or(0) < 1 || height.value_or(0) < 1 || most.value_or(0) < 1 || *most > largest)
    throw FileError("it is broken: its header says no size and largest sample");
  header.width = *width;
  header.height = *height;
  header.most = *most;
  header.pixels = scanner.pixels_begin();
  return header;
}

/// The samples as a file in bytes: of bits, 1 is black.
std::string in_bytes(std::string_view text, const Header& header) {
  const std::size_t samples = header.samples_of_row() * static_cast<std::size_t>(header.height);
  if (samples > text.size()) throw FileError(ends_early);
  const int most = header.has_bits() ? 255 : header.most;
  std::string file = std::string(header.kind == '3' ? "P6" : "P5") + "\n" + std::to_string(header.width) + " " +
                     std::to_string(header.height) + "\n" + std::to_string(most) + "\n";
  Scanner scanner(text, header.pixels);
  for (std::size_t i = 0; i < samples; ++i) {
    const int given = scanner.sample(header.most, header.has_bits());
    const int sample = header.has_bits() ? 255 * (1 - given) : given;
    if (most > 255) file += static_cast<char>(sample >> 8);
    file += static_cast<char>(sample & 255);
  }
  return file;
}

VipsPointer<VipsSource> source_of(VipsBlob* blob) {
  VipsSource* const source = vips_source_new_from_blob(blob);  // it has its own share of the bytes
  vips_area_unref(VIPS_AREA(blob));
  return owned(source);
}

}  // namespace

void check_size(std::int64_t width, std::int64_t height, std::int64_t most_pixels) {
  if (width * height <= most_pixels) return;
  throw FileError("it has " + std::to_string(width) + "x" + std::to_string(height) +
                  " pixels, more than --max-pixels " + std::to_string(most_pixels));
}

VipsPointer<VipsSource> checked_pnm(VipsSource* source, std::int64_t most_pixels) {
  const unsigned char* const start = vips_source_sniff(source, 2);
  if (start == nullptr || start[0] != 'P' || start[1] < '1' || start[1] > '4') return nullptr;
  VipsBlob* const blob = vips_source_map_blob(source);
  if (blob == nullptr) throw VipsError(take_vips_error());
  std::size_t length = 0;
  const auto* const bytes = static_cast<const char*>(vips_blob_get(blob, &length));
  const VipsPointer<VipsSource> whole = source_of(blob);
  const std::string_view text(bytes, length);
  const Header header = read_header(text);
  check_size(header.width, header.height, most_pixels);
  if (header.kind != '4') {
    const std::string file = in_bytes(text, header);
    return source_of(vips_blob_copy(file.data(), file.size()));
  }
  const std::size_t row_bytes = (header.samples_of_row() + 7) / 8;
  if (header.pixels > length || row_bytes * static_cast<std::size_t>(header.height) > length - header.pixels)
    throw FileError(ends_early);
  return nullptr;
}

}  // namespace cogent::cli
