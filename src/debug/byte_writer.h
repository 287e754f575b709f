// Bytes in the order in which object files and DWARF want them: little-endian numbers, LEB128, texts.
#pragma once
#include <bit>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

namespace cogent::debug {

class ByteWriter {
 public:
  void u8(std::uint8_t value) { bytes_.push_back(value); }
  void u16(std::uint16_t value) { number(value); }
  void u32(std::uint32_t value) { number(value); }
  void u64(std::uint64_t value) { number(value); }

  /// LEB128 as in DWARF 4, section 7.6.
  void unsigned_leb(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) u8(static_cast<std::uint8_t>(value | 0x80));
    u8(static_cast<std::uint8_t>(value));
  }
  void signed_leb(std::int64_t value) {
    for (; value < -64 || value > 63; value >>= 7) u8(static_cast<std::uint8_t>(value | 0x80));
    u8(static_cast<std::uint8_t>(value & 0x7f));
  }

  /// With the 0 that ends it.
  void text(std::string_view text) {
    bytes(std::as_bytes(std::span(text)));
    u8(0);
  }
  void bytes(std::span<const std::byte> bytes) {
    for (const std::byte byte : bytes) u8(static_cast<std::uint8_t>(byte));
  }
  void align(std::size_t to, std::uint8_t with = 0) {
    while (bytes_.size() % to != 0) u8(with);
  }

  /// A 32-bit length that is known later: what lies behind its place until `end_length`.
  std::size_t begin_length() {
    u32(0);
    return bytes_.size();
  }
  void end_length(std::size_t begin) {
    const auto length = static_cast<std::uint32_t>(bytes_.size() - begin);
    std::memcpy(bytes_.data() + begin - sizeof length, &length, sizeof length);
  }

  std::size_t size() const { return bytes_.size(); }
  const std::vector<std::uint8_t>& data() const { return bytes_; }

 private:
  static_assert(std::endian::native == std::endian::little);

  template <class Number>
  void number(Number value) {
    std::uint8_t raw[sizeof value];
    std::memcpy(raw, &value, sizeof value);
    bytes_.insert(bytes_.end(), raw, raw + sizeof value);
  }

  std::vector<std::uint8_t> bytes_;
};

}  // namespace cogent::debug
