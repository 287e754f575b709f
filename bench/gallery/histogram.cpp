// histogram and lookup: random bytes.
#define main histogram_main
#include "../../examples/gallery/histogram.cpp"
#undef main
#include "programs.h"

namespace bench {
namespace {

constexpr std::size_t size = 65536;

const std::vector<std::uint8_t>& data() {
  static const auto bytes = random_numbers<std::uint8_t>(size + 500, 0, 255);
  return bytes;
}

}  // namespace

GalleryProgram bench_histogram() {
  static const auto bytes = std::span(data()).first(size);
  static std::vector<int> bins(256), expected(256);
  static const auto specialized = histogram.specialize(bytes, bins);
  GalleryProgram program{"histogram", "65536 random bytes"};
  program.call = [] {
    std::fill(bins.begin(), bins.end(), 0);
    specialized(bytes, bins);
  };
  program.generate = [](int number) {
    static_cast<void>(histogram.specialize(std::span(data()).first(size + number), bins));
  };
  program.add_naturals("histogram", &natural::histogram, [](auto f) {
    std::fill(expected.begin(), expected.end(), 0);
    f(bytes, expected);
  });
  program.agrees = [] { return bins == expected; };
  return program;
}

GalleryProgram bench_lookup() {
  static const auto bytes = std::span(data()).first(size);
  static const auto table = random_numbers<std::uint8_t>(256, 0, 255);
  static std::vector<std::uint8_t> result(size + 500), expected(size + 500);
  static const auto specialized = lookup.specialize(bytes, result, table);
  GalleryProgram program{"lookup", "65536 random bytes through a table of 256"};
  program.call = [] { specialized(bytes, result, table); };
  program.generate = [](int number) {
    static_cast<void>(lookup.specialize(std::span(data()).first(size + number), result, table));
  };
  program.add_naturals("lookup", &natural::lookup, [](auto f) { f(bytes, expected, table); });
  program.agrees = [] { return result == expected; };
  return program;
}

}  // namespace bench
