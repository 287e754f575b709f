// The loops over rows that filters of pictures are made of, against the interpreter at each level: weighted sums of
// channels, gradients over a ring of rows, limits, thresholds, distances, the largest of neighbours.
#include <gtest/gtest.h>

#include <algorithm>

#include "ir/parse.h"
#include "optimize/pipeline.h"
#include "support/execution.h"
#include "support/machine_code.h"
#include "x86/scalar.h"

namespace cogent::x86 {
namespace {

struct Row {
  const char* name;
  const char* parameters;
  const char* body;  // for %1 from 0 on
};

constexpr Row rows[] = {
    {"edges", "in u8[704] a0, out u8[300] a1",
     "let %2 = a0[%1]\n let %3 = a0[%1 + 1]\n let %4 = a0[%1 + 2]\n let %5 = a0[%1 + 201]\n let %6 = a0[%1 + 203]\n"
     "let %7 = a0[%1 + 402]\n let %8 = a0[%1 + 403]\n let %9 = a0[%1 + 404]\n"
     "%10 = i32(%4) - i32(%2) + (i32(%6) - i32(%5)) * 2 + i32(%9) - i32(%7)\n"
     "%11 = i32(%7) - i32(%2) + (i32(%8) - i32(%3)) * 2 + i32(%9) - i32(%4)\n"
     "%12 = min(max(%10, 0 - %10) + max(%11, 0 - %11), 255)\n a1[%1] = select(100 < %12, 255u8, 0u8)"},
    {"limits below and above", "in u8[300] a0, out u8[300] a1, out i8[300] a2",
     "let %2 = a0[%1]\n %3 = i32(%2) * 3 - 200\n a1[%1] = u8(min(max(%3, 0), 255))\n"
     "a2[%1] = i8(max(min(%3, 127), -128))"},
    {"one limit is of another type", "in u8[300] a0, out u8[300] a1",
     "let %2 = a0[%1]\n a1[%1] = u8(max(min(i32(%2) * 3 - 200, 200), 0))"},
    {"limits of words", "in i32[300] a0, out u16[300] a1, out i16[300] a2",
     "let %2 = a0[%1]\n a1[%1] = u16(min(max(%2, 0), 65535))\n a2[%1] = i16(min(max(%2, -32768), 32767))"},
    {"far beyond the limits", "in u8[300] a0, out u8[300] a1",
     "let %2 = a0[%1]\n a1[%1] = u8(min(i32(%2) * 257, 255))"},
    {"words are cut off", "in u8[301] a0, in i8[300] a1, out u8[300] a2, out u8[300] a3",
     "let %2 = a0[%1]\n let %3 = a0[%1 + 1]\n let %4 = a1[%1]\n a2[%1] = u8(i32(%2) * i32(%3) >> 3)\n"
     "a3[%1] = u8(i32(%2) * i32(%4) >> 7)"},
    {"what is stored is loaded again", "inout u8[302] a0, out u8[300] a1",
     "let %2 = a0[%1 + 1]\n a0[%1] = u8(i32(%2) + 7 >> 1)\n let %3 = a0[%1]\n let %4 = a0[%1 + 1]\n"
     "a1[%1] = u8(i32(%2) + i32(%3) * 3 + i32(%4) >> 3)"},
    {"the index in words", "in u8[300] a0, out u8[300] a1",
     "let %2 = a0[%1]\n a1[%1] = u8((i32(%1) * 5 >> 3) + i32(%2))"},
    {"distance and threshold", "in u8[300] a0, in u8[300] a1, out u8[300] a2",
     "let %2 = a0[%1]\n let %3 = a1[%1]\n %4 = i32(%2) - i32(%3)\n a2[%1] = select(8 < max(%4, 0 - %4), 255u8, 0u8)"},
    {"brightness", "in u8[904] a0, out u8[300] a1",
     "let %2 = a0[%1 * 3 + 2]\n let %3 = a0[%1 * 3]\n let %4 = a0[%1 * 3 + 1]\n"
     "a1[%1] = u8(i32(%3) * 77 + i32(%4) * 150 + i32(%2) * 29 + 128 >> 8)"},
    {"brightness in 15 bits", "in u8[902] a0, out u8[300] a1, out u8[300] a2",
     "let %2 = a0[%1 * 3 + 2]\n let %3 = a0[%1 * 3]\n let %4 = a0[%1 * 3 + 1]\n"
     "a1[%1] = u8(i32(%3) * 9798 + i32(%4) * 19235 + i32(%2) * 3735 + 16385 >> 15)\n a2[%1] = %3"},
    {"brightness of four channels", "in u8[1203] a0, out u8[300] a1",
     "let %2 = a0[%1 * 4 + 2]\n let %3 = a0[%1 * 4]\n let %4 = a0[%1 * 4 + 1]\n"
     "a1[%1] = u8(i32(%3) * 77 + (i32(%4) << 7) + i32(%4) * 22 + i32(%2) * 29 + 128 >> 8)"},
    {"all of four channels", "in u8[1200] a0, out i32[300] a1, out u8[300] a2",
     "let %2 = a0[%1 * 4]\n let %3 = a0[%1 * 4 + 1]\n let %4 = a0[%1 * 4 + 2]\n let %5 = a0[%1 * 4 + 3]\n"
     "%6 = i32(%2) * 127 - i32(%3) * 128 + i32(%4) * 127 - (i32(%5) - 5)\n a1[%1] = %6\n"
     "a2[%1] = select(i32(%2) * 300 - i32(%3) * 301 + i32(%4) * 77 < i32(%5) + 99, 255u8, 0u8)"},
    {"two of three channels", "in u8[902] a0, out i16[300] a1",
     "let %2 = a0[%1 * 3]\n let %3 = a0[%1 * 3 + 1]\n a1[%1] = i16(i32(%2) * 200 - i32(%3) * 3)"},
    {"colour differences", "in u8[900] a0, out u8[900] a1",
     "let %2 = a0[%1 * 3]\n let %3 = a0[%1 * 3 + 1]\n let %4 = a0[%1 * 3 + 2]\n"
     "a1[%1 * 3] = u8(i32(%2) * 66 + i32(%3) * 129 + i32(%4) * 25 + 4224 >> 8)\n"
     "a1[%1 * 3 + 1] = u8(i32(%4) * 112 - i32(%2) * 38 - i32(%3) * 74 + 32896 >> 8)\n"
     "a1[%1 * 3 + 2] = u8(i32(%2) * 112 - i32(%3) * 94 - i32(%4) * 18 + 32896 >> 8)"},
    {"weights that wrap", "in u8[900] a0, out i32[300] a1",
     "let %2 = a0[%1 * 3]\n let %3 = a0[%1 * 3 + 1]\n let %4 = a0[%1 * 3 + 2]\n"
     "a1[%1] = i32(%2) * 32639 + i32(%3) * 8388607 - i32(%4) * 8388607 + 2147483647"},
    {"channels that are stored again", "inout u8[1200] a0",
     "let %2 = a0[%1 * 4]\n let %3 = a0[%1 * 4 + 1]\n let %4 = a0[%1 * 4 + 2]\n let %5 = a0[%1 * 4 + 3]\n"
     "%6 = u8(i32(%2) * 77 + i32(%3) * 50 + i32(%4) * 29 >> 8)\n a0[%1 * 4] = %6\n a0[%1 * 4 + 1] = %5\n"
     "a0[%1 * 4 + 2] = %6\n a0[%1 * 4 + 3] = %5"},
    {"largest neighbours", "in u8[704] a0, out u8[300] a1",
     "let %2 = a0[%1]\n let %3 = a0[%1 + 1]\n let %4 = a0[%1 + 2]\n let %5 = a0[%1 + 202]\n let %6 = a0[%1 + 404]\n"
     "a1[%1] = max(max(max(%2, %3), max(%4, %5)), %6)"},
    {"nine words", "in i16[308] a0, out u8[300] a1",
     "let %2 = a0[%1]\n let %3 = a0[%1 + 1]\n let %4 = a0[%1 + 2]\n let %5 = a0[%1 + 3]\n let %6 = a0[%1 + 4]\n"
     "let %7 = a0[%1 + 5]\n let %8 = a0[%1 + 6]\n let %9 = a0[%1 + 7]\n let %10 = a0[%1 + 8]\n"
     "%11 = (i32(%2) & 2047) + (i32(%3) & 2047) + ((i32(%4) & 2047) + (i32(%5) & 2047))\n"
     "%12 = (i32(%6) & 2047) + (i32(%7) & 2047) + ((i32(%8) & 2047) + (i32(%9) & 2047))\n"
     "a1[%1] = u8((%11 + %12 + (i32(%10) & 2047) + 40) / 81)"},
    {"seven bytes", "in u8[306] a0, out u8[300] a1",
     "let %2 = a0[%1]\n let %3 = a0[%1 + 1]\n let %4 = a0[%1 + 2]\n let %5 = a0[%1 + 3]\n let %6 = a0[%1 + 4]\n"
     "let %7 = a0[%1 + 5]\n let %8 = a0[%1 + 6]\n"
     "%9 = max(max(%2, %3), max(%4, %5))\n a1[%1] = max(max(%9, max(%6, %7)), %8)"},
    {"seven bytes, all bits turned but two", "in u8[306] a0, out u8[300] a1",
     "let %2 = a0[%1]\n let %3 = a0[%1 + 1]\n let %4 = a0[%1 + 2]\n let %5 = a0[%1 + 3]\n let %6 = a0[%1 + 4]\n"
     "let %7 = a0[%1 + 5]\n let %8 = a0[%1 + 6]\n"
     "%10 = min(min(%2 ^ 63u8, %3 ^ 63u8), min(%4 ^ 63u8, %5 ^ 63u8))\n"
     "a1[%1] = min(min(%10, min(%6 ^ 63u8, %7 ^ 63u8)), %8 ^ 63u8)"},
    {"five of 4 bytes", "in i32[304] a0, in f32[304] a1, out i32[300] a2, out f32[300] a3",
     "let %2 = a0[%1]\n let %3 = a0[%1 + 1]\n let %4 = a0[%1 + 2]\n let %5 = a0[%1 + 3]\n let %6 = a0[%1 + 4]\n"
     "a2[%1] = (%2 * %3 + %4 * %5) - (%3 * %4 + %5 * %6)\n"
     "let %7 = a1[%1]\n let %8 = a1[%1 + 1]\n let %9 = a1[%1 + 2]\n let %10 = a1[%1 + 3]\n"
     "a3[%1] = (%7 * 3f32 + %8) * (%9 * 3f32 + %10)"},
    {"neighbours in place", "inout u8[306] a0",
     "let %2 = a0[%1]\n let %3 = a0[%1 + 1]\n let %4 = a0[%1 + 2]\n let %5 = a0[%1 + 3]\n"
     "a0[%1] = max(max(%2, %3), max(%4, %5))"},
    {"averages of squares", "in u8[1300] a0, out u8[300] a1",
     "let %2 = a0[%1 * 2]\n let %3 = a0[%1 * 2 + 1]\n let %4 = a0[%1 * 2 + 640]\n let %5 = a0[%1 * 2 + 641]\n"
     "%6 = (i32(%2) + i32(%3)) + (i32(%4) + i32(%5))\n a1[%1] = u8(%6 + 1 + ((%6 >> 2) & 1) >> 2)"},
    {"neighbours of two, with a sign", "in i8[600] a0, out i16[300] a1, out i8[300] a2",
     "let %2 = a0[%1 * 2]\n let %3 = a0[%1 * 2 + 1]\n a1[%1] = i16(i32(%2) + i32(%3))\n"
     "a2[%1] = i8(i32(%2) * 3 - i32(%3) * 2 >> 3)"},
    {"two that are stored again", "inout u8[600] a0, out i16[300] a1",
     "let %2 = a0[%1 * 2]\n let %3 = a0[%1 * 2 + 1]\n a0[%1 * 2] = %2 ^ 5u8\n a0[%1 * 2 + 1] = %3 ^ 9u8\n"
     "a1[%1] = i16(i32(%2) + i32(%3))"},
    {"kept bits", "in i16[300] a0, out i16[300] a1, out u8[300] a2",
     "let %2 = a0[%1]\n %3 = i32(%2) & 63\n a1[%1] = i16(i32(%2) + ((i32(%2) >> 3) & 5) - %3)\n a2[%1] = u8(%3)"},
    {"stored in between", "inout u8[720] a0, out u8[300] a1",
     "let %2 = a0[%1]\n a0[%1 + 400] = %2 ^ 1u8\n let %3 = a0[%1 + 2]\n a1[%1] = max(%2, %3)"},
};

std::string as_program(const Row& row, int trips) {
  std::string text = "program \"row\"(" + std::string(row.parameters) + ") -> void {\n  for %1 = 0i64 to " +
                     std::to_string(trips) + " step 1 {\n" + row.body + "\n  }\n}\n";
  return text;
}

void expect_agreement(CpuLevel level) {
  testing::MachineCompiler compiler;
  for (const Row& row : rows)
    for (const int trips : {64, 200, 259, 300}) {
      const ir::Program program = ir::parse(as_program(row, trips));
      const ir::Program& optimized = compiler.optimize(program);
      ASSERT_EQ("", find_difference(testing::random_inputs(program, static_cast<std::uint64_t>(trips)),
                                    {"interpreted", program, testing::interpreter()},
                                    {"vectorised", optimized, compiler.best(level)}))
          << row.name << ", " << name(level) << ", " << trips << " times";
    }
}

TEST(LaneRows, GiveWhatTheLoopsGive) {
  for (const CpuLevel level : testing::cpu_levels()) expect_agreement(level);
}

TEST(LaneRowsWithoutVbmi, GiveWhatTheLoopsGive) {
  if (!has_vbmi()) GTEST_SKIP() << "this machine lacks them anyway";
  const ScopedWithoutVbmi masked;
  expect_agreement(CpuLevel::Avx512);
}

int count_of(const char* row_name, CpuLevel level, std::initializer_list<Opcode> opcodes) {
  const Row* row = std::ranges::find_if(rows, [&](const Row& each) { return std::string(each.name) == row_name; });
  optimize::Pipeline pipeline;
  MachineProgram machine;
  ScalarLowering lowering;
  const ir::Program& optimized = pipeline.run(ir::parse(as_program(*row, 256)));
  machine.clear(level);
  lowering.run(optimized, machine, pipeline.find_lanes());
  if (lowering.lane_plans().empty() || lowering.lane_plans().front().lanes == 0) {
    ADD_FAILURE() << row_name << ": the loop is not vectorised";
    return 0;
  }
  return static_cast<int>(std::ranges::count_if(machine.instructions, [&](const Instruction& each) {
    return std::ranges::find(opcodes, each.opcode) != opcodes.end();
  }));
}

TEST(LaneRows, ShareTheWordsOfNeighbouringBytes) {
  for (const CpuLevel level : {CpuLevel::Avx2, CpuLevel::Avx512}) {
    EXPECT_EQ(count_of("edges", level, {Opcode::Vpmovzxbw}), 0);
    EXPECT_EQ(count_of("edges", level, {Opcode::Vpsrlw, Opcode::Vpand}), 12);  // of three rows, from 0 to 3
  }
}

TEST(LaneRows, MoveValuesOutOfOthers) {
  EXPECT_GT(count_of("nine words", CpuLevel::Avx512, {Opcode::Valignd}), 0);
  EXPECT_LT(count_of("nine words", CpuLevel::Avx512, {Opcode::Vpaddw}), 20);
  EXPECT_GT(count_of("seven bytes", CpuLevel::Avx512, {Opcode::Vpalignr}), 0);
  EXPECT_GT(count_of("five of 4 bytes", CpuLevel::Avx512, {Opcode::Valignd}), 0);
  EXPECT_EQ(count_of("stored in between", CpuLevel::Avx512, {Opcode::Valignd, Opcode::Vpalignr}), 0);
}

TEST(LaneRows, TakeWordsOfTwosAsTheyAre) {
  for (const CpuLevel level : {CpuLevel::Avx2, CpuLevel::Avx512}) {
    EXPECT_EQ(count_of("averages of squares", level, {Opcode::Vpmaddubsw}), 4) << name(level);
    EXPECT_EQ(count_of("averages of squares", level, {Opcode::Vpackuswb}), 1) << name(level);
    EXPECT_EQ(count_of("averages of squares", level, {Opcode::Vpshufb, Opcode::Vpermt2b}), 0) << name(level);
  }
}

TEST(LaneRows, MultiplyWeightsByDotProducts) {
  EXPECT_EQ(count_of("brightness", CpuLevel::Avx512, {Opcode::Vpdpbusd}), 4);
  EXPECT_EQ(count_of("brightness in 15 bits", CpuLevel::Avx512, {Opcode::Vpdpbusd}), 8);
  for (const CpuLevel level : {CpuLevel::Avx2, CpuLevel::Avx512})
    for (const char* row : {"brightness", "brightness in 15 bits", "colour differences"})
      EXPECT_EQ(count_of(row, level, {Opcode::Vpmullw, Opcode::Vpmulld}), 0) << row;
}

TEST(LaneRows, LimitWhatBecomesNarrowerByNothingElse) {
  const std::initializer_list<Opcode> extremes = {Opcode::Vpminsw, Opcode::Vpminuw, Opcode::Vpmaxsw, Opcode::Vpmaxuw};
  for (const CpuLevel level : {CpuLevel::Avx2, CpuLevel::Avx512}) {
    EXPECT_EQ(count_of("limits below and above", level, extremes), 0);
    EXPECT_EQ(count_of("one limit is of another type", level, extremes), 2);
    EXPECT_EQ(count_of("far beyond the limits", level, extremes), 2);
  }
}

}  // namespace
}  // namespace cogent::x86
