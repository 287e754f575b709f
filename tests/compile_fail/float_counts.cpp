// expect: code.unroll counts integers; cast<int>(...) its bounds and its step
// expect: code.unroll counts plain numbers, now
// expect: the size of code.scratch is an integer
// expect: the size of code.scratch must be known while generating
// expect: floats have no % & | ^ ~ << >>
// expect: this function works on the bits of integers
// expect: the index of a member that is an array is a plain integer
#include <cogent/cogent.h>
using namespace cogent;
struct Line {
  int ends[2];
};

void body(GeneratedCodeBlock& code, Out<int> out, Value<int> n, Value<float> x, Value<Line> line) {
  for (auto k : code.unroll(3.0)) out[0] = static_cast<int>(k);
  for (auto k : code.unroll(n)) out[1] = k;
  auto a = code.scratch(2.5, 0);
  auto b = code.scratch(n, 0);
  out[2] = n << x;
  out[3] = rotate_left(n, x);
  out[4] = field<&Line::ends>(line)[1.5];
}
