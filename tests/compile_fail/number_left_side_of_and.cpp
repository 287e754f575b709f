// expect: the right side of this && or || has been computed already
#include <cogent/cogent.h>
using namespace cogent;

void body(GeneratedCodeBlock& code, In<int> in, Value<int> i) {
  if (auto _ = code.when(in[0] && in[i] == 4)) code.comment("");
}
