// expect: and whose code compiles: if there is an error before this one, mend that first
#include <cogent/cogent.h>

#include <cmath>
using namespace cogent;

void make() {
  GeneratedFunction function("f", [](GeneratedCodeBlock&, Value<double> x) { return std::sqrt(x); });
}
