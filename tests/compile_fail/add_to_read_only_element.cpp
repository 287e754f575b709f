// expect: if it is an element of an In, make it an Out or InOut
#include <cogent/cogent.h>
using namespace cogent;

void body(GeneratedCodeBlock& code, In<int, 2> in) {
  in(0, 1) += 1;
  code.comment("");
}
