// expect: write  cast<T>(x)  instead of
#include <cogent/cogent.h>
using namespace cogent;

void body(GeneratedCodeBlock& code, Value<int> x) { code.returns(static_cast<float>(x)); }
