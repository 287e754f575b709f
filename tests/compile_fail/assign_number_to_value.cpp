// expect: a Value cannot be changed
#include <cogent/cogent.h>
using namespace cogent;

void body(GeneratedCodeBlock& code, Value<int> x) {
  x = 3;
  code.comment("");
}
