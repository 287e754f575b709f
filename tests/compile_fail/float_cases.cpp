// expect: code.cases compares integers
#include <cogent/cogent.h>
using namespace cogent;

void body(GeneratedCodeBlock& code, Value<float> x) {
  for (int v : code.cases(x, {1, 2})) code.comment(v == 1 ? "one" : "two");
}
