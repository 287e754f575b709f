// expect: a body returns void or a staged value
#include <cogent/cogent.h>
using namespace cogent;

void make() {
  GeneratedFunction function("f", [](GeneratedCodeBlock&, Value<int>) { return 3; });
}
