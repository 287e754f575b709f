// expect: known only when the generated function runs
#include <cogent/cogent.h>
using namespace cogent;

void body(GeneratedCodeBlock& code, Out<int> out, Value<int> x) {
  if (x < 3) out[0] = 1;
  code.comment("");
}
