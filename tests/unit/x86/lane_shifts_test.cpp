// Loops over neighbours that compute alike at several of them, against the interpreter: random ones of all types.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "ir/parse.h"
#include "optimize/pipeline.h"
#include "support/execution.h"
#include "support/machine_code.h"
#include "support/random.h"
#include "x86/scalar.h"

namespace cogent::x86 {
namespace {

/// A program as text: number 0 of an element is itself, number n + 1 is an operation on number n of it and number n of
/// one behind it; elements of several numbers are joined and stored.
class NeighbourProgram {
 public:
  explicit NeighbourProgram(std::uint64_t seed) : random_(seed) {
    constexpr const char* types[] = {"u8", "i8", "u16", "i16", "i32", "f32"};
    type_ = types[random_.between(0, 5)];
    for (Level& level : levels_) level = {operation(), static_cast<int>(random_.between(1, 4)), random_.one_in(3)};
  }

  std::string text() {
    const int trips = static_cast<int>(random_.between(16, 300));
    std::string last = value(static_cast<int>(random_.between(1, 3)), 0);
    for (std::int64_t i = random_.between(0, 3); i > 0; --i)
      last = name(joined(operation(), last, value(static_cast<int>(random_.between(0, 3)), any_offset())));
    const bool in_place = random_.one_in(4);
    const std::string elements = type_ + "[" + std::to_string(trips + farthest) + "] ";
    return "program \"row\"(" + std::string(in_place ? "inout " : "in ") + elements + "a0, out " + elements +
           "a1) -> void {\n  for %1 = 0i64 to " + std::to_string(trips) + " step 1 {\n" + body_ + "a" +
           (in_place ? "0" : "1") + "[%1] = " + last + "\n  }\n}\n";
  }

 private:
  static constexpr int farthest = 60;
  struct Level {
    const char* operation;
    int distance;
    bool has_constant;
  };

  const char* operation() {
    constexpr const char* operations[] = {"max", "min", "+", "-", "*"};
    return operations[random_.between(0, type_ == "u8" || type_ == "i8" ? 3 : 4)];
  }
  // Mostly near ones; some are farther than a vector's shifts reach.
  int any_offset() { return static_cast<int>(random_.between(0, random_.one_in(4) ? 40 : 6)); }

  std::string joined(const std::string& operation, const std::string& a, const std::string& b) const {
    if (operation == "max" || operation == "min") return operation + "(" + a + ", " + b + ")";
    if (type_ == "i32" || type_ == "f32") return a + " " + operation + " " + b;
    return type_ + "(i32(" + a + ") " + operation + " i32(" + b + "))";
  }

  std::string name(const std::string& expression) {
    const std::string name = "%" + std::to_string(next_++);
    body_ += name + " = " + expression + "\n";
    return name;
  }

  std::string value(int level, int offset) {
    std::string& known = values_[{level, offset}];
    if (!known.empty()) return known;
    if (level == 0) {
      known = "%" + std::to_string(next_++);
      body_ += "let " + known + " = a0[%1" + (offset == 0 ? "" : " + " + std::to_string(offset)) + "]\n";
      return known;
    }
    const Level& made = levels_[level - 1];
    const std::string a = value(level - 1, offset), b = value(level - 1, offset + made.distance);
    std::string result = name(joined(made.operation, a, b));
    const std::string constant = "3" + (type_ == "i32" ? std::string() : type_);
    if (made.has_constant) result = name(joined("max", result, constant));
    return values_[{level, offset}] = result;
  }

  testing::Random random_;
  std::string type_, body_;
  Level levels_[3] = {};
  std::map<std::pair<int, int>, std::string> values_;
  int next_ = 2;
};

void expect_agreement(testing::MachineCompiler& compiler, const std::string& text, std::uint64_t seed, CpuLevel level) {
  const ir::Program program = ir::parse(text);
  EXPECT_EQ("", find_difference(testing::random_inputs(program, seed), {"interpreted", program, testing::interpreter()},
                                {"vectorised", compiler.optimize(program), compiler.best(level)}))
      << text << name(level);
}

TEST(LaneShifts, GiveWhatTheLoopsGive) {
  testing::MachineCompiler compiler;
  for (const CpuLevel level : testing::cpu_levels())
    for (std::uint64_t seed = 1; seed <= 400 && !HasFailure(); ++seed)
      expect_agreement(compiler, NeighbourProgram(seed).text(), seed, level);
}

// The second element is too far from the first to be moved out of it, the third is near the second.
TEST(LaneShifts, BeginAnewWhereElementsAreFar) {
  const std::string text =
      "program \"row\"(in u8[198] a0, out u8[180] a1) -> void {\n  for %1 = 0i64 to 180 step 1 {\n"
      "let %2 = a0[%1 + 18]\nlet %3 = a0[%1 + 1]\nlet %4 = a0[%1]\n%5 = max(%2, %3)\n%6 = max(%5, %4)\n"
      "a1[%1] = %6\n  }\n}\n";
  testing::MachineCompiler compiler;
  for (const CpuLevel level : testing::cpu_levels()) expect_agreement(compiler, text, 1, level);
}

// Else the test above says little.
TEST(LaneShifts, AreManyOfTheValues) {
  int programs = 0;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    optimize::Pipeline pipeline;
    MachineProgram machine;
    ScalarLowering lowering;
    const ir::Program& optimized = pipeline.run(ir::parse(NeighbourProgram(seed).text()));
    machine.clear(CpuLevel::Avx512);
    lowering.run(optimized, machine, pipeline.find_lanes());
    programs += std::ranges::any_of(machine.instructions, [](const Instruction& each) {
      return each.opcode == Opcode::Valignd || each.opcode == Opcode::Vpalignr;
    });
  }
  EXPECT_GT(programs, 30);
}

}  // namespace
}  // namespace cogent::x86
