// expect: write  cast<T>(x)  instead of
#include <cogent/cogent.h>
using namespace cogent;

void body(GeneratedCodeBlock& code, Value<int> x) {
  auto v = code.variable(x);
  code.returns(float(v));
}
