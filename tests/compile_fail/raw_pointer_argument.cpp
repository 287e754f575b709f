// expect: a raw pointer cannot be a static argument
#include <cogent/cogent.h>
using namespace cogent;

void make() {
  GeneratedFunction function("f", [](GeneratedCodeBlock&, const char* name, Out<int> out) { out[0] = name[0]; });
}
