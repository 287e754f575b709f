// Random expressions in the terms of the public front end.
#pragma once
#include <type_traits>

#include "fuzz/body.h"

namespace cogent::fuzz {

class BodyValues {
 public:
  BodyValues(BodyScope& scope, testing::Random& random) : scope_(scope), random_(random) {}

  template <class T>
  Value<T> value(int depth) {
    if (depth == 0 || random_.one_in(4)) return leaf<T>();
    if constexpr (std::is_same_v<T, bool>)
      return boolean(depth);
    else if constexpr (std::is_floating_point_v<T>)
      return floating<T>(depth);
    else
      return integer<T>(depth);
  }
  Value<bool> condition() { return value<bool>(2); }
  /// Below `size`, a power of two; now and then anything.
  Value<std::int64_t> index(std::int64_t size) {
    const Value<std::int64_t> any = value<std::int64_t>(1);
    return random_.one_in(40) ? any : any & (size - 1);
  }
  Value<int> element() {
    const Value<std::int64_t> i = index(8);
    switch (random_.bits() % 4) {
      case 0:
        return cast<int>(scope_.bytes[i]);
      case 1:
        return cast<int>(scope_.floats[i]);
      case 2: {
        const Value<std::int64_t> column = index(4);
        return cast<int>(scope_.picture(i % 3, column));
      }
      default:
        return scope_.numbers[i];
    }
  }

 private:
  template <class T>
  Value<T> variable() {
    if constexpr (std::is_same_v<T, bool>) return scope_.truth;
    if constexpr (std::is_same_v<T, std::int8_t>) return scope_.i8;
    if constexpr (std::is_same_v<T, std::uint8_t>) return scope_.u8;
    if constexpr (std::is_same_v<T, std::int16_t>) return scope_.i16;
    if constexpr (std::is_same_v<T, std::uint16_t>) return scope_.u16;
    if constexpr (std::is_same_v<T, int>) return scope_.i32;
    if constexpr (std::is_same_v<T, unsigned>) return scope_.u32;
    if constexpr (std::is_same_v<T, std::int64_t>) return scope_.i64;
    if constexpr (std::is_same_v<T, std::uint64_t>) return scope_.u64;
    if constexpr (std::is_same_v<T, float>) return scope_.f32;
    if constexpr (std::is_same_v<T, double>) return scope_.f64;
  }

  template <class T>
  Value<T> leaf() {
    switch (random_.bits() % 6) {
      case 0:
        return cast<T>(scope_.x);
      case 1:
        return cast<T>(scope_.y);
      case 2:
        return cast<T>(scope_.z);
      case 3:
        return Value<T>(static_cast<T>(random_.between(0, 100)));
      default:
        return variable<T>();
    }
  }

  template <class T>
  Value<T> converted(int depth) {
    switch (random_.bits() % 8) {
      case 0:
        return cast<T>(value<bool>(depth));
      case 1:
        return cast<T>(value<std::int8_t>(depth));
      case 2:
        return cast<T>(value<std::uint16_t>(depth));
      case 3:
        return cast<T>(value<unsigned>(depth));
      case 4:
        return cast<T>(value<std::int64_t>(depth));
      case 5:
        return cast<T>(value<double>(depth));
      case 6:
        return cast<T>(value<float>(depth));
      default:
        return cast<T>(element());
    }
  }

  template <class T>
  Value<T> integer(int depth) {
    const Value<T> a = value<T>(depth - 1);
    if (random_.one_in(5)) return converted<T>(depth - 1);
    const Value<T> b = value<T>(depth - 1);
    switch (random_.bits() % 14) {
      case 0:
        return cast<T>(a - b);
      case 1:
        return cast<T>(a * b);
      case 2:
        return random_.one_in(8) ? cast<T>(a / b) : cast<T>(a / (b | 1));
      case 3:
        return random_.one_in(8) ? cast<T>(a % b) : cast<T>(a % (b | 1));
      case 4:
        return cast<T>(a & b);
      case 5:
        return cast<T>(a | b);
      case 6:
        return cast<T>(a ^ b);
      case 7:
        return cast<T>(a << (b & 7));
      case 8:
        return cast<T>(a >> (b & 7));
      case 9:
        return min(a, b);
      case 10:
        return clamp(a, T{3}, T{90});
      case 11:
        return rotate_left(a, 3);
      case 12: {
        const Value<bool> chooses = condition();
        return select(chooses, a, b);
      }
      default:
        return cast<T>(a + b);
    }
  }

  template <class T>
  Value<T> floating(int depth) {
    const Value<T> a = value<T>(depth - 1);
    if (random_.one_in(4)) return converted<T>(depth - 1);
    const Value<T> b = value<T>(depth - 1);
    switch (random_.bits() % 10) {
      case 0:
        return a - b;
      case 1:
        return a * b;
      case 2:
        return a / b;
      case 3:
        return max(a, b);
      case 4:
        return sqrt(abs(a));
      case 5:
        return floor(a);
      case 6:
        return round(b);
      case 7:
        return fma(a, b, a);
      case 8:
        return -a;
      default:
        return a + b;
    }
  }

  Value<bool> boolean(int depth) {
    switch (random_.bits() % 7) {
      case 0: {
        const Value<bool> a = value<bool>(depth - 1), b = value<bool>(depth - 1);
        return cast<bool>(a & b);
      }
      case 1:
        return !value<bool>(depth - 1);
      case 2: {
        const Value<double> a = value<double>(depth - 1), b = value<double>(depth - 1);
        return a < b;
      }
      case 3: {
        const Value<unsigned> a = value<unsigned>(depth - 1), b = value<unsigned>(depth - 1);
        return a <= b;
      }
      case 4: {
        const Value<std::int8_t> a = value<std::int8_t>(depth - 1);
        return a == 3;
      }
      case 5: {
        const Value<int> a = value<int>(depth - 1);
        const Value<std::int64_t> b = value<std::int64_t>(depth - 1);
        return a + b != 0;
      }
      default: {
        const Value<int> a = value<int>(depth - 1);
        return a > 5;
      }
    }
  }

  BodyScope& scope_;
  testing::Random& random_;
};

}  // namespace cogent::fuzz
