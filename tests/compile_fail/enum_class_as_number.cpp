// expect: the value of an enum class is not a number; write  cast<int>(x)
// expect: enum_class_as_number.cpp:13:
// expect: enum_class_as_number.cpp:14:
// expect: enum_class_as_number.cpp:15:
// expect: enum_class_as_number.cpp:16:
// expect: enum_class_as_number.cpp:17:
#include <cogent/cogent.h>
using namespace cogent;
enum class Color { Red, Green };
enum class Size { Small, Large };

void body(GeneratedCodeBlock& code, Value<Color> color, Value<Size> size, Out<int> out, Value<int> x) {
  out[color] = 1;
  out[0] = color;
  if (auto _ = code.when(color)) code.comment("a condition");
  out[1] = select(x == 0, color, x);
  if (auto _ = code.when(!size)) code.comment("no condition either");
}
