// expect: by value or by const reference
#include <cogent/cogent.h>
using namespace cogent;

void make() {
  GeneratedFunction function("f", [](GeneratedCodeBlock&, std::string& text) { text.clear(); });
}
