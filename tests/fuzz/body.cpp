// The statements of random bodies.
#include "fuzz/body.h"

#include "fuzz/body_values.h"

namespace cogent::fuzz {
namespace {

using testing::Random;

std::int64_t help(int a, std::uint8_t b) {
  if (a % 64 == 13) throw HelperError("13");
  return std::int64_t{a} * b - 7;
}

class Statement {
 public:
  Statement(BodyScope& scope, std::uint64_t seed, int depth)
      : scope_(scope), code_(scope.code), random_(seed), depth_(depth), values_(scope, random_) {}

  bool add() { return depth_ > 0 && random_.one_in(2) ? nested() : simple(); }

 private:
  bool inner() { return add_statements(scope_, random_.bits(), depth_ - 1); }

  bool simple() {
    switch (random_.bits() % 12) {
      case 0:
        scope_.numbers[values_.index(8)] = values_.value<int>(3);
        return false;
      case 1:
        scope_.floats[values_.index(8)] = values_.value<float>(3);
        return false;
      case 2:
        return call();
      case 3:
        return leave();
      case 4:
        return local_arrays();
      case 5:
        scope_.numbers[values_.index(8)] += values_.element();
        return false;
      default:
        return assign();
    }
  }

  bool assign() {
    switch (random_.bits() % 11) {
      case 0:
        return scope_.truth = values_.condition(), false;
      case 1:
        return scope_.i8 = values_.value<std::int8_t>(3), false;
      case 2:
        return scope_.u8 += values_.value<std::uint8_t>(3), false;
      case 3:
        return scope_.i16 = values_.value<std::int16_t>(3), false;
      case 4:
        return scope_.u16 ^= values_.value<std::uint16_t>(3), false;
      case 5:
        return scope_.u32 = values_.value<unsigned>(3), false;
      case 6:
        return scope_.i64 -= values_.value<std::int64_t>(3), false;
      case 7:
        return scope_.u64 = values_.value<std::uint64_t>(3), false;
      case 8:
        return scope_.f32 = values_.value<float>(3), false;
      case 9:
        return scope_.f64 += values_.value<double>(3), false;
      default:
        return scope_.i32 = values_.value<int>(3), false;
    }
  }

  bool call() {
    const Value<int> a = values_.value<int>(2);
    const Value<std::uint8_t> b = values_.value<std::uint8_t>(2);
    auto result = code_.call(help, a, b);
    scope_.i64 = result;
    return false;
  }

  bool local_arrays() {
    auto squares = code_.table({0, 1, 4, 9, 16, 25, 36, 49});
    auto memory = code_.scratch(8, std::uint16_t{3});
    memory[values_.index(8)] = values_.value<std::uint16_t>(2);
    scope_.i32 += squares[values_.index(8)] + memory[values_.index(8)];
    return false;
  }

  // Of the function, or a requirement.
  bool leave() {
    if (random_.one_in(2)) {
      const Value<bool> holds = values_.condition();
      code_.require(holds | (scope_.x != 13), "x is not 13");
      return false;
    }
    if (auto _ = code_.when(values_.condition() & (scope_.i32 > 90))) code_.returns(values_.value<std::int64_t>(2));
    return false;
  }

  bool nested() {
    switch (random_.bits() % 8) {
      case 0:
        return range();
      case 1:
        return computed_range();
      case 2:
        return loop_while();
      case 3:
        return endless_loop();
      case 4:
        return unrolled();
      case 5:
        return cases();
      case 6:
        return states();
      default:
        return branch();
    }
  }

  // The seeds of the branches come first: which one is executed must not change what the others are.
  bool branch() {
    const std::uint64_t first = random_.bits(), second = random_.bits(), third = random_.bits();
    const bool has_second = random_.one_in(2), has_third = random_.one_in(2);
    if (auto _ = code_.when(values_.condition()))
      if (add_statements(scope_, first, depth_ - 1)) return true;
    if (has_second)
      if (auto _ = code_.otherwise_when(scope_.i32 > 7))
        if (add_statements(scope_, second, depth_ - 1)) return true;
    if (has_third)
      if (auto _ = code_.otherwise())
        if (add_statements(scope_, third, depth_ - 1)) return true;
    return false;
  }

  // What every loop's body is: statements, and at last perhaps a way out.
  bool body(std::uint64_t seed) {
    if (add_statements(scope_, seed, depth_ - 1)) return true;
    Random random(seed + 1);
    const auto way = random.bits() % 6;
    if (way > 3) return false;
    if (auto _ = code_.when(scope_.u8 > 200)) {
      if (way == 0)
        if (code_.breaks()) return true;
      if (way == 1)
        if (code_.continues()) return true;
      if (way == 2)
        if (code_.breaks("outermost")) return true;
      if (way == 3)
        if (code_.continues("outermost")) return true;
    }
    scope_.u8 += 3;
    return false;
  }

  bool range() {
    const std::uint64_t seed = random_.bits();
    const int first = static_cast<int>(random_.between(-2, 3)), step = random_.one_in(3) ? -2 : 1;
    for (auto i : code_.range(first, first + 5 * step, step)) {
      scope_.i32 += i;
      if (body(seed)) continue;
    }
    return code_.left();
  }

  bool computed_range() {
    const std::uint64_t seed = random_.bits();
    const Value<int> first = values_.value<int>(1) & 3, last = values_.value<int>(1) & 7;
    const Value<int> step = random_.one_in(6) ? values_.value<int>(1) & 3 : (values_.value<int>(1) & 3) + 1;
    for (auto i : code_.range(first, last, step)) {
      scope_.numbers[cast<std::int64_t>(i)] += 1;
      if (body(seed)) continue;
    }
    return code_.left();
  }

  bool loop_while() {
    const std::uint64_t seed = random_.bits();
    auto rounds = code_.variable(0);
    for (auto _ : code_.loop_while([&] { return rounds < 4; })) {
      rounds += 1;
      if (body(seed)) continue;
    }
    return code_.left();
  }

  bool endless_loop() {
    const std::uint64_t seed = random_.bits();
    auto rounds = code_.variable(0);
    for (auto _ : code_.loop()) {
      rounds += 1;
      if (auto _ = code_.when(rounds > 3))
        if (code_.breaks()) break;
      if (body(seed)) continue;
    }
    return code_.left();
  }

  bool unrolled() {
    const std::uint64_t seed = random_.bits();
    for (int k : code_.unroll(static_cast<int>(random_.between(1, 3)))) {
      scope_.u16 += static_cast<std::uint16_t>(k);
      if (body(seed + static_cast<std::uint64_t>(k))) continue;
    }
    return code_.left();
  }

  bool cases() {
    const std::uint64_t seed = random_.bits();
    for (int v : code_.cases(values_.value<int>(1) & 7, {0, 2, 3, 6})) {
      scope_.i32 += v;
      if (add_statements(scope_, seed + static_cast<std::uint64_t>(v), depth_ - 1)) continue;
    }
    if (code_.left()) return true;
    if (auto _ = code_.otherwise())
      if (inner()) return true;
    return false;
  }

  bool states() {
    const std::uint64_t seed = random_.bits();
    auto steps = code_.variable(0);
    for (int state : code_.states(3, 0)) {
      steps += 1;
      if (auto _ = code_.when(steps > 6))
        if (code_.leave()) break;
      if (code_.left()) continue;
      Random random(seed + static_cast<std::uint64_t>(state));
      if (add_statements(scope_, random.bits(), depth_ - 1)) continue;
      const int next = static_cast<int>(random.between(0, 2));
      if (random.one_in(2)) {
        if (code_.go(scope_.u8, [&](int byte) { return (byte + next) % 3; })) continue;
      } else {
        if (code_.go(next)) continue;
      }
    }
    return code_.left();
  }

  BodyScope& scope_;
  GeneratedCodeBlock& code_;
  Random random_;
  const int depth_;
  BodyValues values_;
};

}  // namespace

bool add_statements(BodyScope& scope, std::uint64_t seed, int depth) {
  Random random(seed);
  for (std::int64_t left = random.between(1, 3); left > 0; --left)
    if (Statement(scope, random.bits(), depth).add()) return true;
  return false;
}

}  // namespace cogent::fuzz
