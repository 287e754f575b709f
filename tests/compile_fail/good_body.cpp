// expect-ok
// options: -Wshadow -Werror
#include <cogent/cogent.h>
using namespace cogent;

void body(GeneratedCodeBlock& code, In<int> in, Out<int> out, Value<int> i, int n) {
  const auto small = i < 3, positive = i > 0;
  if (auto _ = code.when(i >= 0 && i < in.size() && in[i] == n)) out[0] = 1;
  if (auto _ = code.otherwise_when(small && positive)) out[0] = 2;
  if (auto _ = code.otherwise()) out[0] = 3;
  out[1] = out[0] = select(small & positive, 4, in[0]);
}
GeneratedFunction function("body", body);
