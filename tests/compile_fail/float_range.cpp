// expect: a range counts integers
#include <cogent/cogent.h>
using namespace cogent;

void body(GeneratedCodeBlock& code, Value<float> x) {
  for (auto i : code.range(x)) (void)i;
}
