// expect-ok
#include <cogent/cogent.h>
using namespace cogent;

void body(GeneratedCodeBlock& code, Value<int> x, In<float> in) {
  auto v = code.variable(x);
  for (auto _ : code.loop_while([&v, x, in] { return v > x && in[0] > 0; })) v -= 1;
  for (auto _ : code.loop_while([=] { return x > 0 && in[0] > 0; })) v -= 1;
  code.returns(cast<float>(x) + cast<float>(v) + in[0]);
}
