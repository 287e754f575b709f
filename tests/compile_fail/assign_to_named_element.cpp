// expect: this is a copy of an element
#include <cogent/cogent.h>
using namespace cogent;

void body(GeneratedCodeBlock& code, Out<int> out) {
  auto element = out[0];
  element = 3;
  code.comment("");
}
