// expect: bool and the integer types
#include <cogent/cogent.h>
using namespace cogent;

void body(GeneratedCodeBlock& code, Value<float> x) { code.returns(x); }
