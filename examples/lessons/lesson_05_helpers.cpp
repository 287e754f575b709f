// Lesson 5: generation time is ordinary C++: templates, structs of staged values, arrays of them, lambdas.
#include <cogent/cogent.h>

#include <array>
#include <cstdio>
#include <vector>

using namespace cogent;

// A helper that serves plain numbers and staged values alike.
template <class Number>
auto luminance(Number red, Number green, Number blue) {
  return (red * 77 + green * 150 + blue * 29) >> 8;
}

// A plain struct of staged values. It exists only while generating.
struct Color {
  Value<int> red, green, blue;
};

// The mean of `count` neighbouring pixels, as gray. `colors` is a plain vector: its elements are expressions.
GeneratedFunction gray("gray",
                       [](GeneratedCodeBlock& code, In<std::uint8_t> pixels, Out<std::uint8_t> grays, int count) {
                         for (auto i : code.range(grays.size())) {
                           std::vector<Color> colors;
                           for (int k = 0; k < count; ++k) {
                             auto channel = [&](int number) { return cast<int>(pixels[(i * count + k) * 3 + number]); };
                             colors.push_back({channel(0), channel(1), channel(2)});
                           }
                           auto mean = [&](Value<int> Color::* channel) {
                             auto sum = code.variable(0);
                             for (const Color& color : colors) sum += color.*channel;
                             return sum / count;
                           };
                           // Named one after the other, because compilers evaluate the arguments of a call in different
                           // orders.
                           auto red = mean(&Color::red), green = mean(&Color::green), blue = mean(&Color::blue);
                           grays[i] = luminance(red, green, blue);
                         }
                       });

int main() {
  const std::array<std::uint8_t, 12> pixels = {255, 0, 0, 255, 0, 0, 10, 20, 30, 30, 20, 10};
  std::array<std::uint8_t, 2> grays{};
  gray(pixels, grays, 2);
  std::printf("%d %d, and by hand: %d\n%s", grays[0], grays[1], luminance(255, 0, 0),
              gray.get_source(pixels, grays, 2).c_str());
}
