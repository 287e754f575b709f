// expect: known only when the generated function runs
#include <cogent/cogent.h>
using namespace cogent;

void body(GeneratedCodeBlock& code, Out<int> out) {
  auto x = code.variable(0);
  if (x) out[0] = 1;
}
