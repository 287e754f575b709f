// expect: give the result of a call a name before it is used
// expect: unnamed_call_result_in_functions.cpp:16:
// expect: unnamed_call_result_in_functions.cpp:17:
// expect: unnamed_call_result_in_functions.cpp:18:
// expect: unnamed_call_result_in_functions.cpp:19:
// expect: unnamed_call_result_in_functions.cpp:20:
// expect: unnamed_call_result_in_functions.cpp:21:
// expect: unnamed_call_result_in_functions.cpp:22:
#include <cogent/cogent.h>
using namespace cogent;
template <class T>
T f(int x) {
  return static_cast<T>(x);
}
void body(GeneratedCodeBlock& code, Value<int> x, Out<int> out) {
  out[0] = max(code.call(f<short>, x), x);
  out[1] = select(x > 0, x, code.call(f<int>, x));
  out[2] = cast<int>(code.call(f<float>, x));
  out[3] = sqrt(code.call(f<double>, x));
  code.call(f<int>, code.call(f<long>, x));
  code.print("{}", code.call(f<char>, x));
  out[4] = popcount(code.call(f<unsigned>, x));
}
