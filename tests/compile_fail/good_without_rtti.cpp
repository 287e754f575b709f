// expect-ok
// options: -fno-rtti
#include <cogent/cogent.h>

#include <span>

using namespace cogent;

struct Mode {
  int value;
  bool operator==(const Mode&) const = default;
};
template <>
struct std::hash<Mode> {
  std::size_t operator()(const Mode& mode) const { return static_cast<std::size_t>(mode.value); }
};

struct Uncopied {
  using value_type = int;
  explicit Uncopied(int of) : value(of) {}
  Uncopied(const Uncopied&) = delete;
  const int* begin() const { return &value; }
  const int* end() const { return &value + 1; }
  std::size_t size() const { return 1; }
  int value;
};

GeneratedFunction f("f",
                    [](GeneratedCodeBlock& code, Value<int> x, Mode mode, std::span<const bool> flags) -> Value<int> {
                      if (auto _ = code.when(x > 0)) {
                        auto rest = code.recurse<int>(x - 1, mode, flags);
                        code.returns(rest);
                      }
                      return x * mode.value;
                    });
GeneratedFunction g("g", [](GeneratedCodeBlock&, Value<int> x, const Uncopied& plan) -> Value<int> {
  return x * plan.value;
});

int call() { return f(1, Mode{2}, {}) + g(1, Uncopied(3)); }
