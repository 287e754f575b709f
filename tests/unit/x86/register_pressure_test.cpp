// 200 values live at once, of every class: in straight code, round loops, across calls, in vectors. Each program must
// spill, and does at every CPU level what the interpreter does.
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "ir/builder.h"
#include "ir/verifier.h"
#include "support/callees.h"
#include "support/execution.h"
#include "support/machine_code.h"

namespace cogent::x86 {
namespace {

using ir::Id;
using ir::Op;
using ir::Type;
using Ids = std::vector<Id>;

constexpr std::int64_t count = 200;

bool is_float_class(Type type) { return ir::is_float(type); }

/// A program with an array of `count` elements of each of some types, and where the results go.
class Pressure {
 public:
  explicit Pressure(std::vector<Type> types) : types_(std::move(types)) {
    builder_.start(program_);
    for (const Type type : types_) {
      in_.push_back(add_array(type, ir::Access::In));
      out_.push_back(add_array(type, ir::Access::InOut));
    }
    builder_.at(builder_.place({"pressure.cpp", 1, 1}));
  }

  ir::Builder& builder() { return builder_; }
  const ir::Program& program() const { return program_; }
  Type type_of(Id value) const { return program_.nodes[value].type; }

  Id number(std::int64_t value) { return builder_.constant(value, Type::I64); }
  Ids load_all() {
    Ids values;
    for (std::int64_t k = 0; k < count; ++k) values.push_back(builder_.load(array_at(in_, k), number(k)));
    return values;
  }
  /// In the reverse order, each with the one 40 places on, which is of its type.
  void store_all(const Ids& values) {
    for (std::int64_t k = count; k-- > 0;) {
      const auto at = static_cast<std::size_t>(k);
      builder_.store(array_at(out_, k), number(k), mixed(values[at], values[(at + 40) % values.size()]));
    }
  }
  Id mixed(Id a, Id b) {
    if (type_of(a) == Type::Bool) return builder_.binary(Op::Xor, a, b);
    return builder_.binary(is_float_class(type_of(a)) ? Op::Minimum : Op::Add, a, b);
  }

 private:
  Id add_array(Type type, ir::Access access) {
    ir::Array array{};
    array.type = type;
    array.access = access;
    array.size = count;
    return builder_.add_array(array);
  }
  Id array_at(const Ids& arrays, std::int64_t k) const { return arrays[static_cast<std::size_t>(k) % arrays.size()]; }

  const std::vector<Type> types_;
  ir::Program program_;
  ir::Builder builder_;
  Ids in_, out_;
};

// ---- where the values live

void in_straight_code(Pressure& pressure) { pressure.store_all(pressure.load_all()); }

void round_a_loop(Pressure& pressure) {
  ir::Builder& builder = pressure.builder();
  Ids variables, values;
  for (const Id value : pressure.load_all()) variables.push_back(builder.declare(pressure.type_of(value), value));
  builder.open_for(pressure.number(0), pressure.number(50), pressure.number(1));
  for (std::size_t k = 0; k < variables.size(); ++k) {
    const Id a = builder.get(variables[k]), b = builder.get(variables[(k + 8) % variables.size()]);
    builder.set(variables[k], pressure.type_of(a) == pressure.type_of(b) ? pressure.mixed(a, b) : a);
  }
  builder.close();
  for (const Id variable : variables) values.push_back(builder.get(variable));
  pressure.store_all(values);
}

void across_calls(Pressure& pressure) {
  const Ids values = pressure.load_all();
  Ids results;
  for (std::size_t k = 0; k < 5; ++k) {
    const Id a = values[k * 31], b = values[k];
    ir::Callee mix = testing::make_callee(
        "mix", pressure.type_of(a),
        {{pressure.type_of(a), false, false, ir::Access::In}, {pressure.type_of(b), false, false, ir::Access::In}});
    const Id operands[] = {a, b};
    results.push_back(pressure.builder().call(std::move(mix), operands));
  }
  Ids all = values;
  for (std::size_t k = 0; k < results.size(); ++k)
    if (pressure.type_of(all[k]) == pressure.type_of(results[k])) all[k] = results[k];
  pressure.store_all(all);
}

void in_branches(Pressure& pressure) {
  ir::Builder& builder = pressure.builder();
  const Ids values = pressure.load_all();
  Ids variables, after;
  for (const Id value : values) variables.push_back(builder.declare(pressure.type_of(value), value));
  for (std::size_t k = 0; k + 8 < values.size(); k += 8) {
    builder.open_if(builder.convert(values[k + 3], Type::Bool));
    for (std::size_t j = k; j < k + 8; ++j) builder.set(variables[j], pressure.mixed(values[j], values[j]));
    builder.close();
  }
  for (const Id variable : variables) after.push_back(builder.get(variable));
  pressure.store_all(after);
}

struct Place {
  const char* name;
  void (*add)(Pressure&);
};
constexpr Place places[] = {
    {"straight", in_straight_code}, {"loop", round_a_loop}, {"calls", across_calls}, {"branches", in_branches}};

struct Mix {
  const char* name;
  std::vector<Type> types;
};
const std::vector<Mix>& mixes() {
  static const std::vector<Mix> all = {
      {"I64", {Type::I64}},
      {"I32", {Type::I32}},
      {"U8", {Type::U8}},
      {"F32", {Type::F32}},
      {"F64", {Type::F64}},
      {"Bool", {Type::Bool}},
      {"floats", {Type::F32, Type::F64}},
      {"all", {Type::I64, Type::F32, Type::Bool, Type::F64, Type::U8, Type::I32, Type::F32, Type::F64}}};
  return all;
}

// ---- vectors

/// Loops over i whose iterations make many values of two elements, each of the two before it. (A loop with more than
/// 400 operations would stay scalar.)
class VectorPressure {
 public:
  VectorPressure(Type type, std::int64_t values) : type_(type), values_(values) {
    builder_.start(program_);
    in_ = add_array(ir::Access::In);
    out_ = add_array(ir::Access::InOut);
    builder_.at(builder_.place({"pressure.cpp", 1, 1}));
  }
  const ir::Program& program() const { return program_; }

  /// All values are needed again when the last one is there.
  void add_numbers() {
    const Id i = open();
    const Ids made = make_values(load(i, 0), load(i, 1), {Op::Add, Op::Subtract});
    close(i, folded(made, {Op::Minimum, Op::Maximum}));
  }
  /// The same with truth values.
  void add_masks() {
    const Id i = open();
    const Id x = load(i, 0), y = load(i, 1);
    const Ids made =
        make_values(builder_.binary(Op::Less, x, y), builder_.binary(Op::Equal, x, y), {Op::Xor, Op::Or, Op::And});
    close(i, builder_.convert(folded(made, {Op::And, Op::Or, Op::Xor}), type_));
  }
  /// A sum for each value, kept over all iterations.
  void add_sums() {
    Ids sums;
    for (std::int64_t k = 0; k < values_; ++k) sums.push_back(builder_.declare(type_, builder_.load(out_, number(k))));
    const Id i = open();
    const Ids made = make_values(load(i, 0), load(i, 1), {Op::Xor, Op::Add});
    for (std::size_t k = 0; k < made.size(); ++k)
      builder_.set(sums[k], builder_.binary(Op::Add, builder_.get(sums[k]), made[k]));
    builder_.close();
    for (std::int64_t k = 0; k < values_; ++k)
      builder_.store(out_, number(k), builder_.get(sums[static_cast<std::size_t>(k)]));
  }

 private:
  static constexpr std::int64_t rounds = 230;
  Id number(std::int64_t value) { return builder_.constant(value, Type::I64); }
  Id open() { return builder_.open_for(number(0), number(rounds), number(1)); }
  void close(Id i, Id result) {
    builder_.store(out_, i, result);
    builder_.close();
  }
  Id load(Id i, std::int64_t offset) { return builder_.load(in_, builder_.binary(Op::Add, i, number(offset))); }
  Ids make_values(Id first, Id second, const std::vector<Op>& operations) {
    Ids made = {first, second};
    for (std::size_t k = 2; k < static_cast<std::size_t>(values_); ++k)
      made.push_back(builder_.binary(operations[k % operations.size()], made[k - 1], made[k - 2]));
    return made;
  }
  Id folded(const Ids& made, const std::vector<Op>& operations) {
    Id result = made.back();
    for (std::size_t k = made.size() - 1; k-- > 0;)
      result = builder_.binary(operations[k % operations.size()], made[k], result);
    return result;
  }
  Id add_array(ir::Access access) {
    ir::Array array{};
    array.type = type_;
    array.access = access;
    array.size = rounds + 1;
    return builder_.add_array(array);
  }

  const Type type_;
  const std::int64_t values_;
  ir::Program program_;
  ir::Builder builder_;
  Id in_ = ir::none, out_ = ir::none;
};

constexpr std::uint32_t values_of_a_loop = 195;

// ---- the tests

class RegisterPressure : public ::testing::TestWithParam<CpuLevel> {
 protected:
  void SetUp() override {
    if (GetParam() > detected_cpu_level()) GTEST_SKIP() << "this machine lacks the level";
  }
  /// Compares the code with the interpreter, optimised (loops vectorised) or not; gives its spills.
  SpillCounts check(const ir::Program& program, bool is_optimised) {
    EXPECT_EQ("", ir::describe(ir::verify(program)));
    testing::MachineCompiler compiler;
    compiler.optimize(program);
    const testing::Executor execute = is_optimised ? compiler.best(GetParam()) : compiler.scalar(program, GetParam());
    const SpillCounts spills = compiler.spills();
    for (std::uint64_t input = 1; input <= 3; ++input)
      EXPECT_EQ("", testing::find_difference(testing::random_inputs(program, input),
                                             {"interpreted", program, testing::interpreter()},
                                             {"machine code", program, execute}));
    return spills;
  }
  /// Loops of vectors, with as many values as the lowering takes.
  void check_vectors(const std::vector<Type>& types, void (VectorPressure::*add)()) {
    for (const Type type : types) {
      SCOPED_TRACE(ir::name_of(type));
      VectorPressure pressure(type, values_of_a_loop);
      (pressure.*add)();
      const SpillCounts spills = check(pressure.program(), true);
      EXPECT_GE(spills.vector, GetParam() == CpuLevel::Baseline ? 0 : values_of_a_loop - 32);
    }
  }
};

TEST_P(RegisterPressure, OfScalars) {
  for (const Mix& mix : mixes())
    for (const Place& place : places)
      for (const bool is_optimised : {false, true}) {
        SCOPED_TRACE(std::string(mix.name) + ", " + place.name + (is_optimised ? ", optimised" : ""));
        Pressure pressure(mix.types);
        place.add(pressure);
        const SpillCounts spills = check(pressure.program(), is_optimised);
        const bool has_floats = std::ranges::any_of(mix.types, is_float_class);
        const bool has_others = !std::ranges::all_of(mix.types, is_float_class);
        EXPECT_GE(spills.general, has_others ? 40u : 0u);
        EXPECT_GE(spills.vector, has_floats ? 40u : 0u);
      }
}

TEST_P(RegisterPressure, OfVectors) {
  const std::vector<Type> types = {Type::U8, Type::I16, Type::U32, Type::I32, Type::F32, Type::F64, Type::I64};
  check_vectors(types, &VectorPressure::add_numbers);
}
TEST_P(RegisterPressure, OfMasks) { check_vectors({Type::U8, Type::I32, Type::F32}, &VectorPressure::add_masks); }
TEST_P(RegisterPressure, OfSumsInVectors) {
  check_vectors({Type::I32, Type::U8, Type::I64}, &VectorPressure::add_sums);
}

INSTANTIATE_TEST_SUITE_P(Levels, RegisterPressure,
                         ::testing::Values(CpuLevel::Baseline, CpuLevel::Avx2, CpuLevel::Avx512),
                         [](const auto& info) { return std::string(name(info.param)); });

}  // namespace
}  // namespace cogent::x86
