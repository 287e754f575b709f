// expect: a called lambda must not capture anything
#include <cogent/cogent.h>
using namespace cogent;
GeneratedFunction bad("bad", [](GeneratedCodeBlock& code, Value<int> x, int n) {
  code.call([n](int y) { return y + n; }, x);
});
