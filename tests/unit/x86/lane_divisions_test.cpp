// Divisions by constants in lanes: every value of 8 and 16 bits, and around the multiples of the divisor in 32, at each
// level.
#include <gtest/gtest.h>

#include <cstring>
#include <vector>

#include "ir/parse.h"
#include "ir/semantics.h"
#include "optimize/pipeline.h"
#include "support/machine_code.h"
#include "support/random.h"

namespace cogent::x86 {
namespace {

using ir::Op;
using ir::Type;

/// Loops over elements of one type that store their quotient and remainder, as they are or masked before.
struct Division {
  Type type;
  std::int64_t divisor, mask;

  bool is_promoted() const { return ir::size_of(type) < 4; }
  Type computed() const { return is_promoted() ? Type::I32 : type; }
  std::int64_t operand(std::int64_t element) const { return mask == -1 ? element : element & mask; }

  std::string text(std::size_t count) const {
    static constexpr const char* names[] = {"", "", "i8", "u8", "i16", "u16", "i32", "u32"};
    const std::string name = names[static_cast<int>(type)], wide = names[static_cast<int>(computed())];
    const std::string size = std::to_string(count), suffix = wide == "u32" ? "u32" : "";
    std::string a = is_promoted() ? "i32(%2)" : "%2";
    if (mask != -1) a = "(" + a + " & " + std::to_string(mask) + suffix + ")";
    const std::string by = std::to_string(divisor) + suffix;
    return "program \"p\"(in " + name + "[" + size + "] a0, out " + wide + "[" + size + "] a1, out " + wide + "[" +
           size + "] a2) -> void {\n  for %1 = 0i64 to " + size + " step 1 {\n    let %2 = a0[%1]\n    a1[%1] = " + a +
           " / " + by + "\n    a2[%1] = " + a + " % " + by + "\n  }\n}\n";
  }
};

std::vector<std::int64_t> elements_for(const Division& division, testing::Random& random) {
  const int width = ir::width_of(division.type);
  std::vector<std::int64_t> elements;
  if (width <= 16) {
    for (std::int64_t i = 0; i < std::int64_t{1} << width; ++i) elements.push_back(ir::canonical(i, division.type));
    return elements;
  }
  for (int i = 0; i < 300; ++i) {
    const std::int64_t any = random.between(INT32_MIN, UINT32_MAX),
                       multiple = any / division.divisor * division.divisor;
    for (const std::int64_t element : {any, multiple - 1, multiple, multiple + 1, any % 1000})
      elements.push_back(ir::canonical(element, division.type));
  }
  for (const std::int64_t element : {std::int64_t{INT32_MIN}, std::int64_t{INT32_MAX}, std::int64_t{UINT32_MAX}})
    for (const int near : {-1, 0, 1}) elements.push_back(ir::canonical(element + near, division.type));
  return elements;
}

testing::Inputs inputs_of(const Division& division, const std::vector<std::int64_t>& elements) {
  const auto size = static_cast<std::size_t>(ir::size_of(division.type));
  const auto result_size = static_cast<std::size_t>(ir::size_of(division.computed()));
  const std::size_t count = elements.size(), first = (count * size + 63) / 64 * 64;
  testing::Inputs inputs;
  inputs.memory.resize(first + 2 * count * result_size);
  for (std::size_t i = 0; i < count; ++i) std::memcpy(inputs.memory.data() + i * size, &elements[i], size);
  const auto length = static_cast<std::int64_t>(count);
  inputs.arrays = {{0, length}, {first, length}, {first + count * result_size, length}};
  inputs.values.resize(3);
  return inputs;
}

void expect_exact(const Division& division, CpuLevel level) {
  testing::Random random(static_cast<std::uint64_t>(division.divisor));
  const std::vector<std::int64_t> elements = elements_for(division, random);
  const ir::Program program = ir::parse(division.text(elements.size()));
  optimize::Pipeline pipeline;
  pipeline.run(program);
  ASSERT_EQ(1u, pipeline.find_lanes().size()) << division.text(elements.size());
  const testing::Inputs inputs = inputs_of(division, elements);
  const testing::Aftermath after = testing::run_on_copy(program, inputs, testing::best_machine_code(level));
  const auto result = [&](std::size_t array, std::size_t i) {
    std::int64_t bits = 0;
    const auto size = static_cast<std::size_t>(ir::size_of(division.computed()));
    std::memcpy(&bits, after.memory.data() + inputs.arrays[array].offset + i * size, size);
    return ir::canonical(bits, division.computed());
  };
  for (std::size_t i = 0; i < elements.size(); ++i) {
    const std::int64_t a = division.operand(elements[i]);
    ASSERT_EQ(ir::evaluate_binary(Op::Divide, division.computed(), a, division.divisor), result(1, i))
        << a << " / " << division.divisor;
    ASSERT_EQ(ir::evaluate_binary(Op::Remainder, division.computed(), a, division.divisor), result(2, i))
        << a << " % " << division.divisor;
  }
}

class LaneDivisions : public ::testing::TestWithParam<CpuLevel> {
 protected:
  void SetUp() override {
    if (GetParam() > detected_cpu_level()) GTEST_SKIP() << "this machine lacks the level";
  }
  static void expect_all(Type type, const std::vector<std::int64_t>& divisors, std::int64_t mask = -1) {
    for (const std::int64_t divisor : divisors)
      ASSERT_NO_FATAL_FAILURE(expect_exact({type, divisor, mask}, GetParam()));
  }
};

TEST_P(LaneDivisions, OfBytes) {
  std::vector<std::int64_t> divisors;
  for (std::int64_t divisor = 2; divisor < 260; divisor += divisor < 20 ? 1 : 17) {
    divisors.push_back(divisor);
    divisors.push_back(-divisor);
  }
  expect_all(Type::U8, divisors);
  expect_all(Type::I8, divisors);
}

TEST_P(LaneDivisions, OfWords) {
  const std::vector<std::int64_t> divisors = {2,      3,      7,      10,     -13,    255,    1000,   -4096,
                                              10'923, 32'767, 32'768, 32'769, 43'691, 65'535, 65'536, -70'000};
  expect_all(Type::U16, divisors);
  expect_all(Type::I16, divisors);
  expect_all(Type::U16, {3, 7, 641, 4095, 5000}, 4095);  // whose multipliers are shorter
}

TEST_P(LaneDivisions, OfDoubleWords) {
  std::vector<std::int64_t> divisors = {2, 3, 5, 7, 10, 641, 1'000'000'007, 1 << 30, INT32_MAX};
  testing::Random random(4);
  for (int i = 0; i < 20; ++i) divisors.push_back(random.between(2, 1 << random.between(2, 30)));
  std::vector<std::int64_t> of_unsigned = divisors, of_signed = divisors;
  for (const std::int64_t divisor :
       {INT64_C(0x80000000), INT64_C(0x80000001), INT64_C(0xfffffffe), INT64_C(0xffffffff)})
    of_unsigned.push_back(divisor);
  for (const std::int64_t divisor : divisors) of_signed.push_back(-divisor);
  of_signed.push_back(INT32_MIN);
  expect_all(Type::U32, of_unsigned);
  expect_all(Type::I32, of_signed);
  expect_all(Type::U32, {3, 7, 100'000}, 0xfffff);
  expect_all(Type::U32, {7, 0xfffffffe, 0xffffffff}, 0x80000005);  // whose scalar product has 65 bits
}

INSTANTIATE_TEST_SUITE_P(Levels, LaneDivisions, ::testing::Values(CpuLevel::Baseline, CpuLevel::Avx2, CpuLevel::Avx512),
                         [](const auto& info) { return std::string(name(info.param)); });

// Neither has a short form in lanes.
TEST(LaneDivisionsRefused, OfLongNumbersAndByRunTimeNumbers) {
  for (const char* const body : {"a1[%1] = %2 / 7i64", "a1[%1] = i64(i32(%2) % -1)"}) {
    const std::string text =
        "program \"p\"(in i64[64] a0, out i64[64] a1) -> void {\n  for %1 = 0i64 to 64 step 1 {\n    let "
        "%2 = a0[%1]\n    " +
        std::string(body) + "\n  }\n}\n";
    optimize::Pipeline pipeline;
    pipeline.run(ir::parse(text));
    EXPECT_TRUE(pipeline.find_lanes().empty()) << text;
  }
}

}  // namespace
}  // namespace cogent::x86
