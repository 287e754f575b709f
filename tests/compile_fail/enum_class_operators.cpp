// expect: an enum class has no operators but comparisons of its own values; write  cast<int>(x)
// expect: enum_class_operators.cpp:18:
// expect: enum_class_operators.cpp:19:
// expect: enum_class_operators.cpp:20:
// expect: enum_class_operators.cpp:21:
// expect: enum_class_operators.cpp:22:
// expect: C++ has no += of enums, nor its kin; write  x = cast<E>(...)
// expect: enum_class_operators.cpp:24:
#include <cogent/cogent.h>
using namespace cogent;
enum class A { Red };
enum class B {};
enum class C {};
enum class D {};
enum class E {};

void body(GeneratedCodeBlock& code, Value<A> a, Value<B> b, Value<C> c, Value<D> d, Value<E> e, Out<int> out) {
  out[0] = a + 1;
  out[1] = 2 * b;
  out[2] = c == 1;
  out[3] = d < a;
  out[4] = ~e;
  auto last = code.variable(A::Red);
  last += 1;
}
