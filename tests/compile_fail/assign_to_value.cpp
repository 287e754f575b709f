// expect: a Value cannot be changed
#include <cogent/cogent.h>
using namespace cogent;

void body(GeneratedCodeBlock& code, In<int> in) {
  auto x = in[0] + 1;
  x = in[1] + 2;
  code.comment("");
}
