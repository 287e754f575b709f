// expect: an index is an integer; write  cast<int>(x)  to cut off the fraction of a float
// expect: float_index.cpp:13:
// expect: float_index.cpp:14:
// expect: float_index.cpp:15:
// expect: float_index.cpp:16:
#include <cogent/cogent.h>
using namespace cogent;

void body(GeneratedCodeBlock& code, In<int> in, Out<int> out, DynamicIn<int, 2> plane, Value<float> x,
          Value<double> y) {
  const auto table = code.table({1, 2, 3});
  const auto z = code.variable(x);
  out[0] = in[1.5];
  out[x] = 2;
  out[2] = plane(0, y);
  out[3] = table[z];
}
