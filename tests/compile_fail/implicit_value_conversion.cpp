// expect: Value<unsigned char>
#include <cogent/cogent.h>
using namespace cogent;

Value<int> twice(Value<int> x) { return x * 2; }
void body(GeneratedCodeBlock& code, In<unsigned char> in) { code.returns(twice(in[0])); }
