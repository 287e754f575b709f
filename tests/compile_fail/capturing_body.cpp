// expect: must not capture anything
#include <cogent/cogent.h>
using namespace cogent;

void make(int n) {
  GeneratedFunction function("f", [n](GeneratedCodeBlock&, Out<int> out) { out[0] = n; });
}
