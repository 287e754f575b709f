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

struct Marble {
  Color color;
  std::uint8_t weight;
};

// Enums are elements, members, parameters, variables, results and selectors of cases.
GeneratedFunction repaint("repaint",
                          [](GeneratedCodeBlock& code, In<Color> colors, InOut<Marble> marbles, Value<Color> from,
                             Color to) -> Value<Color> {
                            auto last = code.variable(Color::Red);
                            for (auto i : code.range(colors.size())) {
                              if (auto _ = code.when(field<&Marble::color>(marbles[i]) == from))
                                field<&Marble::color>(marbles[i]) = to;
                              if (auto _ = code.when(colors[i] > Color::Red)) last = colors[i];
                              for (Color color : code.cases(colors[i], {Color::Red, Color::Green, Color::Blue}))
                                field<&Marble::weight>(marbles[i]) = color == to ? 100 : static_cast<int>(color) + 1;
                              if (auto _ = code.otherwise())
                                field<&Marble::weight>(marbles[i]) = cast<int>(colors[i]) + 200;
                            }
                            return last;
                          });

TEST(Features, Enums) {
  const std::vector<Color> colors = {Color::Red, Color::Blue, Color::Green, static_cast<Color>(9), Color::Red};
  std::vector<Marble> marbles = {
      {Color::Red, 0}, {Color::Green, 0}, {Color::Blue, 0}, {Color::Red, 0}, {Color::Green, 0}};
  EXPECT_EQ(repaint.run_checked(colors, marbles, Color::Red, Color::Green), static_cast<Color>(9));
  const std::vector<int> weights = {1, 3, 100, 209, 1};
  const std::vector<Color> painted = {Color::Green, Color::Green, Color::Blue, Color::Green, Color::Green};
  for (std::size_t i = 0; i < marbles.size(); ++i) {
    EXPECT_EQ(marbles[i].weight, weights[i]);
    EXPECT_EQ(marbles[i].color, painted[i]);
  }
}

}  // namespace
}  // namespace cogent
