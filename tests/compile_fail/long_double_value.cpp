// expect: bool, the integer types, float and double
#include <cogent/cogent.h>
using namespace cogent;

void body(GeneratedCodeBlock& code, Value<long double> x) { code.returns(x); }
