// expect: the right side of this && or || has been computed already
#include <cogent/cogent.h>
using namespace cogent;

void body(GeneratedCodeBlock& code, In<int> in, Value<int> i) {
  auto inside = i < 3;
  if (auto _ = code.when(inside && in[i] == 4)) code.comment("");
}
