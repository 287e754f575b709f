// expect: must depend on run-time values
#include <cogent/cogent.h>
using namespace cogent;

void body(GeneratedCodeBlock& code, int n) {
  for (auto _ : code.loop_while([&] { return n > 0; })) code.comment("");
}
