// expect: takes its variables by reference
#include <cogent/cogent.h>
using namespace cogent;

void body(GeneratedCodeBlock& code, Value<int> x) {
  auto v = code.variable(x);
  for (auto _ : code.loop_while([=] { return v > 0; })) v -= 1;
}
