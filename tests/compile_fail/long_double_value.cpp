// expect: bool, the integer types, float, double, enums and plain structs
#include <cogent/cogent.h>
using namespace cogent;

void body(GeneratedCodeBlock& code, Value<long double> x) { code.returns(x); }
