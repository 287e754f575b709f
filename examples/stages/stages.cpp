// Shows one small function at every stage of its way through the house; HACKING.md walks along its output.
#include <cogent/cogent.h>

#include <cstdio>
#include <cstring>
#include <vector>

using namespace cogent;

GeneratedFunction scale("scale", [](GeneratedCodeBlock& code, In<std::uint8_t> in, Out<std::uint8_t> out, int factor) {
  for (auto i : code.range(out.size())) {
    auto scaled = in[i] * factor + 8;
    out[i] = clamp(scaled >> 4, 0, 255);
  }
});

namespace {

void show(const char* title, const std::string& text) { std::printf("---- %s\n%s\n", title, text.c_str()); }

}  // namespace

/// With the name of a stage (recorded, optimized, source, assembly, explain) shows only that one.
int main(int argument_count, char** arguments) {
  const std::vector<std::uint8_t> in(1000);
  std::vector<std::uint8_t> out(in.size());
  const auto wants = [&](const char* stage) { return argument_count < 2 || std::strcmp(arguments[1], stage) == 0; };
  if (wants("recorded")) show("recorded", scale.get_program(Stage::Recorded, in, out, 20));
  if (wants("optimized")) show("optimized", scale.get_program(Stage::Optimized, in, out, 20));
  if (wants("source")) show("source", scale.get_source(in, out, 20));
  if (wants("assembly")) show("assembly", scale.get_assembly(in, out, 20));
  if (wants("explain")) show("explain", scale.explain(in, out, 20).text);
}
