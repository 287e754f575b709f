// expect: give the result of a call a name before it is used
#include <cogent/cogent.h>
using namespace cogent;
int f(int x) { return x; }
GeneratedFunction bad("bad", [](GeneratedCodeBlock& code, Value<int> x) -> Value<int> {
  return code.call(f, x) + code.call(f, x + 1);
});
