// expect: the right side of this && or || has been computed already
#include <cogent/cogent.h>
using namespace cogent;

void body(GeneratedCodeBlock& code, In<int> in, Value<int> i, bool all) {
  if (auto _ = code.when(all || in[i] == 4)) code.comment("");
}
