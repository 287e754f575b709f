// The reference interpreter against results that were worked out by hand.
#include "interpret/interpreter.h"

#include <gtest/gtest.h>

#include <array>

#include "ir/builder.h"
#include "ir/parse.h"

namespace cogent::interpret {
namespace {

using ir::Id;
using ir::Op;
using ir::Program;
using ir::Type;

template <class T>
std::uint64_t address_of(T& elements) {
  return reinterpret_cast<std::uintptr_t>(elements.data());
}

/// Runs a body on a0: inout i32[4], p1: i32, p2: i32 with result i32.
struct Execution {
  std::array<std::int32_t, 4> array = {10, 20, 30, 40};
  Outcome outcome;
  std::int64_t result = 0;

  Execution(const char* body, std::int32_t a, std::int32_t b, const Options& options = {}) {
    const Program program =
        ir::parse(std::string("program \"x\"(inout i32[4] a0, i32 p1, i32 p2) -> i32 {\n") + body + "return 0\n}\n");
    std::uint64_t slots[] = {0, address_of(array), static_cast<std::uint64_t>(std::int64_t{a}),
                             static_cast<std::uint64_t>(std::int64_t{b})};
    outcome = run(program, slots, options);
    result = static_cast<std::int64_t>(slots[0]);
  }
  std::string end() const { return describe(outcome); }
};

TEST(Interpreter, ReturnsCanonicalValues) {
  EXPECT_EQ(-2147483648, Execution("return p1 + p2\n", 2147483647, 1).result);
  EXPECT_EQ(-7, Execution("return p1\n", -7, 0).result);
  EXPECT_EQ(249, Execution("return i32(u8(p1))\n", -7, 0).result);
}

TEST(Interpreter, ReportsWhatIsUnchecked) {
  const Execution execution("a0[i64(p1)] = 7 unchecked\n", 4, 0);
  EXPECT_EQ("unchecked index 4 of a0 (size 4) at line 0", execution.end());
  EXPECT_TRUE(execution.outcome.fault.was_unchecked);
  EXPECT_EQ("done", Execution("a0[i64(p1)] = 7 unchecked\n", 3, 0).end());
}

TEST(Interpreter, RunsBothBranches) {
  const char* body = "if p1 < p2 {\n return 1\n } else {\n return 2\n }\n";
  EXPECT_EQ(1, Execution(body, 1, 2).result);
  EXPECT_EQ(2, Execution(body, 2, 2).result);
}

TEST(Interpreter, CountsUpAndDownWithoutOverflow) {
  const char* body =
      "v0 = var 0i32\n"
      "for %1 = p1 to p2 step 3 {\n let %2 = v0\n v0 = %2 + 1\n }\n"
      "for %3 = p2 to p1 step -2 {\n let %4 = v0\n v0 = %4 + 100\n }\n"
      "let %5 = v0\n return %5\n";
  EXPECT_EQ(4 + 500, Execution(body, 0, 10).result);
  EXPECT_EQ(0, Execution(body, 5, 5).result);
  EXPECT_EQ(0, Execution(body, 10, 0).result);
  EXPECT_EQ(2 + 200, Execution(body, 2147483643, 2147483647).result);
  EXPECT_EQ(2 + 200, Execution(body, -2147483648, -2147483644).result);
}

TEST(Interpreter, ReadsTheBoundsOfALoopOnce) {
  const char* body =
      "v0 = var p1\n let %1 = v0\n"
      "for %2 = 0i32 to %1 step 1 {\n let %3 = v0\n v0 = %3 + %1\n }\n"
      "let %4 = v0\n return %4\n";
  EXPECT_EQ(3 + 3 * 3, Execution(body, 3, 0).result);
}

TEST(Interpreter, ComputesPureValuesAnewInEachRound) {
  const char* body =
      "%1 = p1 * p1\n"
      "for %2 = 0i64 to 4 step 1 {\n"
      "%3 = i32(%2) * %1\n a0[%2] = %3\n"
      "for %4 = 0i64 to 2 step 1 {\n let %5 = a0[%2]\n a0[%2] = %5 + (%3 + i32(%4))\n }\n"
      "}\n";
  EXPECT_EQ((std::array<std::int32_t, 4>{1, 13, 25, 37}), Execution(body, 2, 0).array);
}

TEST(Interpreter, LeavesAndContinuesOuterLoops) {
  const char* body =
      "v0 = var 0i32\n"
      "L1: for %1 = 0i32 to 10 step 1 {\n"
      "L2: loop {\n"
      "let %2 = v0\n v0 = %2 + 1\n"
      "if %1 == 5 {\n break L1\n }\n"
      "if (%2 & 1) == 0 {\n continue L2\n }\n"
      "if %1 == 3 {\n break L2\n }\n"
      "continue L1\n"
      "}\n"
      "let %3 = v0\n v0 = %3 + 100\n"
      "}\n let %4 = v0\n return %4\n";
  // Rounds 0 to 4 take two steps each, round 3 adds 100, round 5 takes one.
  EXPECT_EQ(5 * 2 + 100 + 1, Execution(body, 0, 0).result);
}

TEST(Interpreter, LeavesABlock) {
  const char* body = "L1: block {\n a0[0] = 1\n if p1 == 1 {\n break L1\n }\n a0[1] = 2\n }\n a0[2] = 3\n";
  EXPECT_EQ((std::array<std::int32_t, 4>{1, 20, 3, 40}), Execution(body, 1, 0).array);
  EXPECT_EQ((std::array<std::int32_t, 4>{1, 2, 3, 40}), Execution(body, 0, 0).array);
}

TEST(Interpreter, StopsAtABadIndexAfterWhatCameBefore) {
  const char* body = "a0[0] = 7 @1\n let %1 = a0[i64(p1)] @2\n a0[1] = %1 @3\n";
  const Execution bad(body, 4, 0);
  EXPECT_EQ("index 4 of a0 (size 4) at line 2", bad.end());
  EXPECT_EQ(ir::FaultKind::Index, bad.outcome.fault.kind);
  EXPECT_EQ(2, bad.outcome.fault.line);
  EXPECT_EQ(0u, bad.outcome.fault.array);
  EXPECT_EQ(4, bad.outcome.fault.index);
  EXPECT_EQ(4, bad.outcome.fault.size);
  EXPECT_EQ((std::array<std::int32_t, 4>{7, 20, 30, 40}), bad.array);
  EXPECT_EQ("index -1 of a0 (size 4) at line 2", Execution(body, -1, 0).end());
  EXPECT_EQ("done", Execution(body, 3, 0).end());
}

TEST(Interpreter, StopsAtABadIndexOfAStore) {
  const Execution bad("a0[i64(p1)] = 5 @9\n", 99, 0);
  EXPECT_EQ("index 99 of a0 (size 4) at line 9", bad.end());
  EXPECT_EQ((std::array<std::int32_t, 4>{10, 20, 30, 40}), bad.array);
}

TEST(Interpreter, DoesNotTrustAProof) {
  EXPECT_EQ("wrongly proven index 4 of a0 (size 4) at line 1", Execution("a0[i64(p1)] = 5 proven @1\n", 4, 0).end());
}

TEST(Interpreter, FaultsThoughTheResultIsNotUsed) {
  EXPECT_EQ("division by zero at line 1", Execution("let %1 = p1 / p2 @1\n", 1, 0).end());
  EXPECT_EQ("division by zero at line 1", Execution("let %1 = p1 % p2 @1\n", 1, 0).end());
  EXPECT_EQ("index 7 of a0 (size 4) at line 1", Execution("let %1 = a0[7] @1\n", 0, 0).end());
}

TEST(Interpreter, StopsAtAStepOfZero) {
  const char* body = "for %1 = 0i32 to 10 step p1 { @4\n }\n";
  EXPECT_EQ("step of zero at line 4", Execution(body, 0, 0).end());
  EXPECT_EQ("done", Execution(body, 1, 0).end());
}

TEST(Interpreter, StopsAtARequirement) {
  const char* body = "require p1 < p2, \"p1 must be less\" @6\n";
  const Execution bad(body, 2, 2);
  EXPECT_EQ("requirement \"p1 must be less\" at line 6", bad.end());
  EXPECT_EQ("p1 must be less", bad.outcome.fault.text);
  EXPECT_EQ("done", Execution(body, 1, 2).end());
}

TEST(Interpreter, DividesTheLowestByMinusOne) {
  EXPECT_EQ(-2147483648, Execution("let %1 = p1 / p2\n return %1\n", -2147483648, -1).result);
  EXPECT_EQ(0, Execution("let %1 = p1 % p2\n return %1\n", -2147483648, -1).result);
}

TEST(Interpreter, GivesUpAtTheStepLimit) {
  Options options;
  options.step_limit = 1000;
  EXPECT_EQ("step limit reached", Execution("loop {\n }\n", 0, 0, options).end());
  EXPECT_EQ("step limit reached", Execution("for %1 = 0i64 to 1000000 step 1 {\n }\n", 0, 0, options).end());
  EXPECT_EQ("done", Execution("for %1 = 0i64 to 900 step 1 {\n }\n", 0, 0, options).end());
}

TEST(Interpreter, ReportsWhatIsUndefinedInCppOnceEach) {
  std::vector<Undefined> found;
  Options options;
  options.undefined = &found;
  const char* body =
      "for %1 = 0i64 to 3 step 1 { @1\n a0[%1] = p1 + p2 @2\n }\n"
      "a0[3] = (p1 << p2) - 5 @3\n";
  EXPECT_EQ("done", Execution(body, 2147483647, 33, options).end());
  ASSERT_EQ(2u, found.size());
  EXPECT_EQ(Op::Add, found[0].op);
  EXPECT_EQ(2, found[0].line);
  EXPECT_EQ(2147483647, found[0].a);
  EXPECT_EQ(33, found[0].b);
  EXPECT_EQ(Type::I32, found[0].type);
  EXPECT_EQ(Op::ShiftLeft, found[1].op);
  EXPECT_EQ(3, found[1].line);
  found.clear();
  options.undefined_limit = 1;
  Execution(body, 2147483647, 33, options);
  EXPECT_EQ(1u, found.size());
}

TEST(Interpreter, ReportsNothingThatIsNotExecuted) {
  std::vector<Undefined> found;
  Options options;
  options.undefined = &found;
  Execution("if p1 < 0 {\n a0[0] = p1 + p2\n }\n", 2147483647, 1, options);
  EXPECT_TRUE(found.empty());
}

TEST(Interpreter, GivesOverlappingArraysWhatTheLoopGives) {
  const Program program = ir::parse(
      "program \"x\"(in u8[6] a0, out u8[6] a1) -> void {\n"
      " for %1 = 0i64 to 6 step 1 {\n let %2 = a0[%1]\n a1[%1] = %2 + 1\n }\n}\n");
  std::array<std::uint8_t, 8> memory = {1, 0, 0, 0, 0, 0, 0, 9};
  std::uint64_t slots[] = {0, address_of(memory), address_of(memory) + 1};
  EXPECT_EQ("done", describe(run(program, slots)));
  EXPECT_EQ((std::array<std::uint8_t, 8>{1, 2, 3, 4, 5, 6, 7, 9}), memory);
}

TEST(Interpreter, TakesTheSizeOfADynamicArray) {
  const Program program = ir::parse(
      "program \"x\"(inout i16[?] a0, u64 p1) -> i64 {\n let %1 = a0[size(a0) + -1] @1\n"
      " a0[0] = i16(p1)\n return i64(%1) + size(a0)\n}\n");
  std::array<std::int16_t, 3> elements = {1, 2, -3};
  std::uint64_t slots[] = {0, address_of(elements), 3, ~std::uint64_t{0}};
  EXPECT_EQ("done", describe(run(program, slots)));
  EXPECT_EQ(0u, slots[0]);
  EXPECT_EQ(-1, elements[0]);
  slots[2] = 0;
  EXPECT_EQ("index -1 of a0 (size 0) at line 1", describe(run(program, slots)));
}

template <class T>
void expect_copied(const char* type) {
  const Program program = ir::parse(
      std::string("program \"x\"(in ") + type + "[3] a0, out " + type + "[3] a1) -> " + type +
      " {\n for %1 = 0i64 to 3 step 1 {\n let %2 = a0[%1]\n a1[%1] = %2\n }\n let %3 = a1[1]\n return %3\n}\n");
  const std::array<T, 3> from = {static_cast<T>(1), static_cast<T>(~std::uint64_t{0}), static_cast<T>(1)};
  std::array<T, 3> to = {};
  std::uint64_t slots[] = {0, address_of(from), address_of(to)};
  EXPECT_EQ("done", describe(run(program, slots))) << type;
  EXPECT_EQ(from, to) << type;
  EXPECT_EQ(static_cast<std::uint64_t>(static_cast<std::int64_t>(from[1])), slots[0]) << type;
}

TEST(Interpreter, ReadsAndWritesEveryType) {
  expect_copied<bool>("bool");
  expect_copied<std::int8_t>("i8");
  expect_copied<std::uint8_t>("u8");
  expect_copied<std::int16_t>("i16");
  expect_copied<std::uint16_t>("u16");
  expect_copied<std::int32_t>("i32");
  expect_copied<std::uint32_t>("u32");
  expect_copied<std::int64_t>("i64");
  expect_copied<std::uint64_t>("u64");
}

TEST(Interpreter, NeedsNoStackForALongChain) {
  Program program;
  ir::Builder builder;
  builder.start(program);
  program.result = Type::I32;
  const Id parameter = builder.add_value(Type::I32);
  Id sum = parameter;
  for (int i = 0; i < 900'000; ++i) sum = builder.binary(i % 2 == 0 ? Op::Multiply : Op::Xor, sum, parameter);
  builder.returns(sum);
  std::uint64_t slots[] = {0, 3};
  EXPECT_EQ("done", describe(run(program, slots)));
  std::uint32_t expected = 3;
  for (int i = 0; i < 900'000; ++i) expected = i % 2 == 0 ? expected * 3 : expected ^ 3;
  EXPECT_EQ(static_cast<std::uint64_t>(std::int64_t{static_cast<std::int32_t>(expected)}), slots[0]);
}

TEST(Interpreter, SkipsSetsThatNobodyReads) {
  std::vector<Undefined> found;
  Options options;
  options.undefined = &found;
  EXPECT_EQ("done", Execution("v0 = var p1 + p2\n", 2147483647, 1, options).end());
  EXPECT_TRUE(found.empty());
}

TEST(Interpreter, ThrowsWhereAValueWasNotMade) {
  Program program = ir::parse("program \"x\"(inout i32[4] a0) -> void {\n let %1 = a0[0]\n a0[1] = %1\n}\n");
  program.regions[0].first = program.regions[0].last;
  std::array<std::int32_t, 4> elements = {};
  std::uint64_t slots[] = {0, address_of(elements)};
  EXPECT_THROW(run(program, slots), std::logic_error);
}

}  // namespace
}  // namespace cogent::interpret
