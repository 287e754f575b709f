// What the tests of single operations share: a program of one operation, run on given arguments, and the values that
// floats are tested on.
#pragma once

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>
#include <optional>
#include <vector>

#include "ir/builder.h"
#include "support/random.h"
#include "unit/x86/scalar_executor.h"

namespace cogent::x86 {

/// Programs that are compiled once and run often, by the scalar lowering at the level of the test's parameter.
class ScalarProgram : public ::testing::TestWithParam<CpuLevel> {
 protected:
  void SetUp() override {
    if (GetParam() > detected_cpu_level()) GTEST_SKIP() << "this machine lacks the level";
  }
  void start(ir::Type result) {
    code_.reset();
    builder_.start(program_);
    program_.result = result;
  }
  ir::Id parameter(ir::Type type) { return builder_.add_value(type); }
  ir::Id constant(std::int64_t value, ir::Type type) { return builder_.constant(value, type); }

  std::int64_t run(std::initializer_list<std::int64_t> values) {
    std::vector<std::uint64_t> slots(1 + values.size());
    std::size_t at = 1;
    for (const std::int64_t value : values) slots[at++] = static_cast<std::uint64_t>(value);
    if (!code_) code_.emplace(program_, GetParam(), registers());
    outcome_ = (*code_)(slots.data());
    return static_cast<std::int64_t>(slots[0]);
  }
  virtual RegisterFile registers() const { return frame::allocatable_to_scalars(GetParam()); }

  ir::Program program_;
  ir::Builder builder_;
  std::optional<CompiledProgram> code_;  // of the program since it was started
  interpret::Outcome outcome_;
};

inline std::int64_t bits_of(ir::Type type, double value) {
  return type == ir::Type::F32 ? std::bit_cast<std::uint32_t>(static_cast<float>(value))
                               : std::bit_cast<std::int64_t>(value);
}
inline double float_of(ir::Type type, std::int64_t bits) {
  return type == ir::Type::F32 ? std::bit_cast<float>(static_cast<std::uint32_t>(bits)) : std::bit_cast<double>(bits);
}

/// Equal bits, or both NaN, whose sign and payload are unspecified.
inline bool same_value(ir::Type type, std::int64_t a, std::int64_t b) {
  if (a == b) return true;
  if (!ir::is_float(type) || a != ir::canonical(a, type)) return false;
  return std::isnan(float_of(type, a)) && std::isnan(float_of(type, b));
}

/// Bits of NaN, infinities, zeros, denormals, what lies around halves, powers of two and the limits of every integer
/// type.
inline std::vector<std::int64_t> special_floats(ir::Type type) {
  using Limits = std::numeric_limits<double>;
  std::vector<std::int64_t> values;
  const auto add = [&](double value) {
    const std::int64_t bits = bits_of(type, value);
    for (const std::int64_t near : {bits - 1, bits, bits + 1}) values.push_back(ir::canonical(near, type));
    values.push_back(bits_of(type, -value));
  };
  for (const double value : {0.0, 0.25, 0.5, 1.0, 1.5, 2.5, 3.5, 100.5, 1e10, 0x1p-1022, 0x1p-126, 1e300, 1e-300})
    add(value);
  for (const int power : {7, 8, 15, 16, 22, 23, 24, 31, 32, 51, 52, 53, 62, 63, 64, 65}) add(std::ldexp(1.0, power));
  for (const int power : {7, 8, 15, 16, 31, 32}) {
    add(std::ldexp(1.0, power) - 1);
    add(std::ldexp(1.0, power) - 0.5);
  }
  for (const double value : {Limits::infinity(), -Limits::infinity(), Limits::quiet_NaN(), -Limits::quiet_NaN()})
    values.push_back(bits_of(type, value));
  testing::Random random(5);
  for (int i = 0; i < 20; ++i) values.push_back(ir::canonical(static_cast<std::int64_t>(random.bits()), type));
  return values;
}

}  // namespace cogent::x86
