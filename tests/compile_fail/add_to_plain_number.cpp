// expect: write auto x = code.variable(0); instead of int x = 0;
#include <cogent/cogent.h>
using namespace cogent;

void body(GeneratedCodeBlock& code, In<int> in, Out<int> out) {
  int sum = 0;
  for (auto i : code.range(in.size())) sum += in[i];
  out[0] = sum;
}
