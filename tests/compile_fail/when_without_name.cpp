// expect: give the branch a name
#include <cogent/cogent.h>
using namespace cogent;

void body(GeneratedCodeBlock& code, Out<int> out, Value<int> x) {
  if (code.when(x > 0)) out[0] = 1;
}
