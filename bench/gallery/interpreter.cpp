// interpreter: the loops of a program that writes Hello World.
#define main interpreter_main
#include "../../examples/gallery/interpreter.cpp"
#undef main
#include <algorithm>

#include "programs.h"

namespace bench {

GalleryProgram bench_interpreter() {
  static constexpr std::string_view loops = "++++++++[>++++[>++>+++>+++>+<<<<-]>+>+>->>+[<]<-]>>.>#";
  static std::vector<std::uint8_t> tape(256), output(256), expected_tape(256), expected(256);
  static const auto specialized = interpreter.specialize(loops, tape, output);
  GalleryProgram program{"interpreter", "a program of 54 instructions, nested loops", 3};
  program.call = [] {
    std::fill(tape.begin(), tape.end(), 0);
    specialized(loops, tape, output);
  };
  static std::string other;
  program.prepare = [](int number) { other = std::string(number, ' ').append(loops); };
  program.generate = [](int) { static_cast<void>(interpreter.specialize(other, tape, output)); };
  program.add_naturals("interpreter", &natural::interpreter, [](auto f) {
    std::fill(expected_tape.begin(), expected_tape.end(), 0);
    f(loops, expected_tape, expected);
  });
  program.agrees = [] { return tape == expected_tape && output == expected; };
  return program;
}

}  // namespace bench
