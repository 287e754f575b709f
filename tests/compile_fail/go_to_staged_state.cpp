// expect: to choose it by a run-time byte write
// reject: convert
#include <cogent/cogent.h>
using namespace cogent;

void body(GeneratedCodeBlock& code, In<int> in) {
  for (int state : code.states(2, 0)) {
    if (code.go(in[state] & 1)) continue;
  }
}
