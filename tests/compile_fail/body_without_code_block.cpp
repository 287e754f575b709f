// expect: whose first parameter is GeneratedCodeBlock&
#include <cogent/cogent.h>
using namespace cogent;

void make() {
  GeneratedFunction function("f", [](Out<int> out) { out[0] = 1; });
}
