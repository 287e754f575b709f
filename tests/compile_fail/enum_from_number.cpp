// expect: an enum is made of values of its own type only; write  cast<E>(x)
// expect: enum_from_number.cpp:12:
// expect: enum_from_number.cpp:13:
// expect: enum_from_number.cpp:14:
// expect: enum_from_number.cpp:16:
#include <cogent/cogent.h>
using namespace cogent;
enum class Color { Red, Green };
enum Shape { Circle, Square };

void body(GeneratedCodeBlock& code, Out<Color> colors, Out<Shape> shapes, Value<int> x, Value<long> y) {
  colors[0] = x;
  shapes[0] = x;
  shapes[1] = 1;
  auto shape = code.variable(Circle);
  shape = shape + y;
}
