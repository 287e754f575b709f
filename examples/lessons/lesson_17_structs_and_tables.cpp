// Lesson 17: elements that are structs, constant tables in the code, and memory of the function's own.
#include <cogent/cogent.h>

#include <cmath>
#include <cstdio>
#include <vector>

using namespace cogent;

struct Rgb {
  std::uint8_t red, green, blue;
};

// The table is computed in C++ while generating and becomes part of the code. A byte always lies within it.
GeneratedFunction gamma_correct("gamma_correct", [](GeneratedCodeBlock& code, InOut<Rgb> pixels, double gamma) {
  std::vector<std::uint8_t> curve(256);
  for (int i = 0; i < 256; ++i) curve[i] = static_cast<std::uint8_t>(std::pow(i / 255.0, 1 / gamma) * 255 + 0.5);
  auto table = code.table(curve);
  for (auto i : code.range(pixels.size())) {
    auto pixel = pixels[i];
    pixels[i] =
        make<Rgb>(table[field<&Rgb::red>(pixel)], table[field<&Rgb::green>(pixel)], table[field<&Rgb::blue>(pixel)]);
  }
});

// How many different bytes there are: scratch memory, filled with false, gone when the function ends.
GeneratedFunction different("different", [](GeneratedCodeBlock& code, In<std::uint8_t> bytes) {
  auto seen = code.scratch(256, false);
  auto count = code.variable(0);
  for (auto i : code.range(bytes.size())) {
    if (auto _ = code.when(!seen[bytes[i]])) ++count;
    seen[bytes[i]] = true;
  }
  return count;
});

int main() {
  std::vector<Rgb> pixels = {{0, 64, 128}, {255, 10, 1}};
  gamma_correct.run_checked(pixels, 2.2);
  for (const Rgb& pixel : pixels) std::printf("%d %d %d\n", pixel.red, pixel.green, pixel.blue);
  const std::vector<std::uint8_t> bytes = {1, 2, 1, 200, 2};
  std::printf("%d different bytes\n%s", different.run_checked(bytes), different.get_source(bytes).c_str());
}
