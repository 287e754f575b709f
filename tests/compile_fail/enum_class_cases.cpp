// expect: the cases of an enum class are values of the same one
#include <cogent/cogent.h>
using namespace cogent;
enum class Color { Red, Green };

void body(GeneratedCodeBlock& code, Value<Color> color) {
  for (int v : code.cases(color, {0, 1})) code.comment(v == 1 ? "one" : "two");
}
