// expect: needs signed bounds
#include <cogent/cogent.h>
using namespace cogent;

void body(GeneratedCodeBlock& code, Value<int> step) {
  for (auto i : code.range(0u, 10u, step)) code.comment("");
}
