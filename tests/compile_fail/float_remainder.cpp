// expect: floats have no % & | ^ ~ << >>; write  fmod(a, b)
#include <cogent/cogent.h>
using namespace cogent;

void body(GeneratedCodeBlock& code, Value<double> x) { code.returns(x % 2.0); }
