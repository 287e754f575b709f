// expect: known only when the generated function runs
#include <cogent/cogent.h>
using namespace cogent;

void body(GeneratedCodeBlock& code, Out<int> out, Value<bool> x) {
  out[0] = x ? 1 : 2;
  code.comment("");
}
