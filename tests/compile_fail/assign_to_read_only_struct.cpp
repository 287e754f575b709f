// expect: if it is an element of an In, make it an Out or InOut
#include <cogent/cogent.h>
using namespace cogent;

struct Point {
  int x, y;
};

void body(GeneratedCodeBlock& code, In<Point> in, InOut<Point> out) {
  const auto point = in[0];
  out[0] = point;
  in[1] = point;
  code.comment("");
}
