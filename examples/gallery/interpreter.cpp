// The first Futamura projection: an interpreter that runs on a known program, while generating, leaves the program
// itself, compiled. The language has a tape of 256 cells and instructions of one character; # ends a program.
#include <cogent/cogent.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <span>
#include <string_view>
#include <vector>

// For each bracket, where the other one of its pair stands.
std::vector<int> partners(std::string_view program) {
  std::vector<int> partner(program.size()), open;
  for (int pc = 0; pc < std::ssize(program); ++pc)
    if (program[pc] == '[') {
      open.push_back(pc);
    } else if (program[pc] == ']') {
      partner[pc] = open.back();
      partner[open.back()] = pc;
      open.pop_back();
    }
  return partner;
}

namespace natural {

void interpreter(std::string_view program, std::span<std::uint8_t> tape, std::span<std::uint8_t> output) {
  const std::vector<int> partner = partners(program);
  auto at = std::uint8_t{0};
  auto written = std::uint8_t{0};
  int pc = 0;
  while (true) {
    switch (program[pc]) {
      case '>':
        ++at;
        break;
      case '<':
        --at;
        break;
      case '+':
        ++tape[at];
        break;
      case '-':
        --tape[at];
        break;
      case '.':
        output[written++] = tape[at];
        break;
      case '[':
        if (tape[at] == 0) {
          pc = partner[pc] + 1;
          continue;
        }
        break;
      case ']':
        if (tape[at] != 0) {
          pc = partner[pc];
          continue;
        }
        break;
      case '#':
        return;
    }
    pc = pc + 1;
  }
}

}  // namespace natural

using namespace cogent;

GeneratedFunction interpreter("interpreter", [](GeneratedCodeBlock& code, std::string_view program,
                                                InOut<std::uint8_t> tape, Out<std::uint8_t> output) {
  const std::vector<int> partner = partners(program);
  auto at = code.variable(std::uint8_t{0});
  auto written = code.variable(std::uint8_t{0});
  for (int pc : code.states(std::ssize(program), 0)) {
    switch (program[pc]) {
      case '>':
        ++at;
        break;
      case '<':
        --at;
        break;
      case '+':
        ++tape[at];
        break;
      case '-':
        --tape[at];
        break;
      case '.':
        output[written++] = tape[at];
        break;
      case '[':
        if (auto _ = code.when(tape[at] == 0)) {
          if (code.go(partner[pc] + 1)) continue;
        }
        break;
      case ']':
        if (auto _ = code.when(tape[at] != 0)) {
          if (code.go(partner[pc])) continue;
        }
        break;
      case '#':
        code.returns();
        continue;
    }
    if (code.go(pc + 1)) continue;
  }
});

int main() {
  constexpr std::string_view hello =
      "++++++++[>++++[>++>+++>+++>+<<<<-]>+>+>->>+[<]<-]>>.>---.+++++++..+++.>>.<-.<.+++.------.--------.>>+.#";
  std::array<std::uint8_t, 256> tape{}, output{};
  interpreter(hello, tape, output);
  std::puts(reinterpret_cast<const char*>(output.data()));
  return 0;
}
