// A body as users write it, with random contents: what the public front end records of it, and its plain run.
#pragma once
#include <cogent/cogent.h>

#include <cstdint>
#include <stdexcept>

#include "support/random.h"

namespace cogent::fuzz {

/// What the statements of a body work on: a variable of each type, arrays of several kinds, values.
struct BodyScope {
  GeneratedCodeBlock& code;
  In<std::uint8_t> bytes;       // of 16
  InOut<int> numbers;           // of 12
  DynamicInOut<float> floats;   // of at least 8
  In<std::int16_t, 2> picture;  // 3 rows of 5
  Value<int> x;
  Value<std::int64_t> y;
  Value<double> z;
  Variable<bool> truth;
  Variable<std::int8_t> i8;
  Variable<std::uint8_t> u8;
  Variable<std::int16_t> i16;
  Variable<std::uint16_t> u16;
  Variable<int> i32;
  Variable<unsigned> u32;
  Variable<std::int64_t> i64;
  Variable<std::uint64_t> u64;
  Variable<float> f32;
  Variable<double> f64;
};

/// What the function that bodies call throws now and then.
struct HelperError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Statements that the seed stands for, `depth` regions deep at most. True: the loop around them is to be left or
/// continued, as after `code.breaks()` in a plain run. The same seed gives the same statements, however often a plain
/// run comes here: what they are must not depend on what has been executed.
bool add_statements(BodyScope& scope, std::uint64_t seed, int depth);

}  // namespace cogent::fuzz
