// Features 45 to 47: fields of structs, local arrays and structs, enums.
#include <cogent/cogent.h>
#include <gtest/gtest.h>

#include <vector>

namespace cogent {
namespace {

struct Rgb {
  std::uint8_t red, green, blue;
};

GeneratedFunction grays("grays", [](GeneratedCodeBlock& code, InOut<Rgb> pixels) {
  for (auto i : code.range(pixels.size())) {
    auto gray =
        (field<&Rgb::red>(pixels[i]) * 2 + field<&Rgb::green>(pixels[i]) * 5 + field<&Rgb::blue>(pixels[i])) / 8;
    field<&Rgb::red>(pixels[i]) = gray;
    field<&Rgb::blue>(pixels[i]) = 255 - gray;
  }
});

TEST(Features, StructField) {
  std::vector<Rgb> pixels = {{80, 80, 80}, {200, 0, 0}};
  grays.run_checked(pixels);
  EXPECT_EQ(pixels[0].red, 80);
  EXPECT_EQ(pixels[0].green, 80);
  EXPECT_EQ(pixels[1].red, 50);
  EXPECT_EQ(pixels[1].blue, 205);
}

GeneratedFunction mode("mode", [](GeneratedCodeBlock& code, In<std::uint8_t> bytes) {
  auto counts = code.scratch(256, 0);  // a local array, filled with zeros
  for (auto i : code.range(bytes.size())) counts[bytes[i]] += 1;
  struct Best {  // a local struct of variables
    Variable<int> byte, count;
  } best{code.variable(0), code.variable(0)};
  for (auto b : code.range(256))
    if (auto _ = code.when(counts[b] > best.count)) {
      best.byte = b;
      best.count = counts[b];
    }
  return best.byte * 1000 + best.count;
});

TEST(Features, LocalArrayAndLocalStruct) {
  const std::vector<std::uint8_t> bytes = {7, 200, 7, 9, 200, 200};
  EXPECT_EQ(mode.run_checked(bytes), 200003);
}

enum class Color : std::uint8_t { Red, Green, Blue };

// Enums are known values; elements hold their numbers.
GeneratedFunction lighten("lighten",
                          [](GeneratedCodeBlock& code, In<std::uint8_t> colors, Out<int> values, Color favourite) {
                            for (auto i : code.range(colors.size())) {
                              values[i] = 0;
                              for (Color color : code.cases(colors[i], {Color::Red, Color::Green, Color::Blue}))
                                values[i] = color == favourite ? 100 : static_cast<int>(color) + 1;
                            }
                          });

TEST(Features, Enums) {
  const std::vector<std::uint8_t> colors = {0, 2, 1, 9};
  std::vector<int> values(4);
  lighten.run_checked(colors, values, Color::Blue);
  EXPECT_EQ(values, (std::vector{1, 100, 2, 0}));
}

}  // namespace
}  // namespace cogent
