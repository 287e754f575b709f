// expect: types are written out
#include <cogent/cogent.h>
using namespace cogent;

void make() {
  GeneratedFunction function("f", [](auto& code, auto out) { out[0] = 1; });
}
