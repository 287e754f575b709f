// printer: five lines.
#define main printer_main
#include "../../examples/gallery/printer.cpp"
#undef main
#include "programs.h"

namespace bench {

GalleryProgram bench_printer() {
  static const auto specialized = printer.specialize(7, 1, 5);
  GalleryProgram program{"printer", "five lines to /dev/null"};
  program.prints = true;
  program.call = [] { specialized(7, 1, 5); };
  program.generate = [](int number) { static_cast<void>(printer.specialize(7, number, number + 4)); };
  program.add_naturals("printer", &natural::printer, [](auto f) { f(7, 1, 5); });
  program.agrees = [] { return true; };  // the tests compare what is printed
  return program;
}

}  // namespace bench
