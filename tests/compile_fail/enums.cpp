// expect-ok
#include <cogent/cogent.h>
using namespace cogent;

enum class Color : std::uint8_t { Red, Green, Blue };
enum Shape { Circle, Square };
enum { count = 4 };
enum class Flags : std::int16_t { None = 0, A = 1, B = 2 };
Value<Flags> operator|(Value<Flags> a, Value<Flags> b) { return cast<Flags>(cast<int>(a) | cast<int>(b)); }

// An enum class with operators of its own, and enumerators as bounds and indexes.
void body(GeneratedCodeBlock& code, In<Color> in, Out<int> out, Value<Shape> shape) {
  auto flags = code.variable(Flags::None);
  flags = flags | Flags::A;
  flags = Flags::B | flags;
  for (auto i : code.range(count)) out[i] = cast<int>(in[i]) + shape;
  for (int k : code.unroll(count)) out[k] = shape + 1;
  out[Square] = cast<int>(flags);
  if (auto _ = code.when(shape)) out[shape] = 2;
  if (auto _ = code.when(in[shape > Circle] >= Color::Green)) out[0] = -shape;
}
GeneratedFunction function("body", body);
