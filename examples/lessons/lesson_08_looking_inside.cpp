// Lesson 8: every stage can be looked at: the recorded program, the source, the assembly, and what was found out.
#include <cogent/cogent.h>

#include <cstdio>
#include <vector>

using namespace cogent;

GeneratedFunction brighten("brighten", [](GeneratedCodeBlock& code, InOut<std::uint8_t> pixels, int by) {
  code.comment("brighter, saturated");
  for (auto i : code.range(pixels.size())) pixels[i] = clamp(pixels[i] + by, 0, 255);
});

int main() {
  std::vector<std::uint8_t> pixels(1000);
  std::printf("--- recorded\n%s", brighten.get_program(pixels, 40).c_str());
  std::printf("--- optimised: the access is proven\n%s", brighten.get_program(Stage::Optimized, pixels, 40).c_str());
  std::printf("--- as C++\n%s", brighten.get_source(pixels, 40).c_str());

  // get_assembly shows the machine code with the lines of this file, explain what was folded, proven and chosen; both
  // depend on the processor, so this lesson only says how long they are.
  const bool has_assembly = !brighten.get_assembly(pixels, 40).empty();
  const bool has_explanation = !brighten.explain(pixels, 40).text.empty();
  std::printf("--- assembly: %s, explanation: %s\n", has_assembly ? "yes" : "no", has_explanation ? "yes" : "no");
}
