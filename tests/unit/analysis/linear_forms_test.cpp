// Linear forms against the values of the nodes that they describe.
#include "analysis/linear_forms.h"

#include <gtest/gtest.h>

#include <map>

#include "ir/builder.h"
#include "ir/semantics.h"
#include "support/random.h"

namespace cogent::analysis {
namespace {

using ir::Node;
using ir::Op;
using ir::Program;
using ir::Type;

// The canonical values of all nodes, where indexes have given values.
std::vector<std::int64_t> evaluate(const Program& program, const std::map<Id, std::int64_t>& indexes) {
  std::vector<std::int64_t> values(program.nodes.size());
  for (Id id = 0; id < program.nodes.size(); ++id) {
    const Node& node = program.nodes[id];
    if (node.op == Op::Constant)
      values[id] = program.value(id);
    else if (node.op == Op::Index)
      values[id] = indexes.at(id);
    else if (node.op == Op::Convert)
      values[id] = ir::evaluate_convert(values[node.a], program.nodes[node.a].type, node.type);
    else
      values[id] = ir::evaluate_binary(node.op, node.type, values[node.a], values[node.b]);
  }
  return values;
}

class RandomForms : public ::testing::Test {
 protected:
  void start(testing::Random& random) {
    b.start(program);
    nodes.clear();
    indexes.clear();
    for (const Type type : {Type::I64, Type::I32, Type::U8}) {
      const std::int64_t low = type == Type::U8 ? 0 : random.between(-300, 300), high = low + random.between(0, 50);
      const Id index = b.open_for(b.constant(low, type), b.constant(high + 1, type), b.constant(1, type));
      indexes.push_back({index, low, high});
      nodes.push_back(index);
    }
  }
  Type type_of(Id id) const { return program.nodes[id].type; }
  void grow(testing::Random& random) {
    const Id a = random.pick(nodes), c = b.convert(random.pick(nodes), type_of(a));
    const auto constant = [&](std::int64_t value) { return b.constant(ir::canonical(value, type_of(a)), type_of(a)); };
    const std::int64_t factor = random.one_in(6) ? static_cast<std::int64_t>(random.bits()) : random.between(-9, 9);
    const Id choices[] = {b.binary(Op::Add, a, c),
                          b.binary(Op::Subtract, a, c),
                          b.binary(Op::Multiply, a, constant(factor)),
                          b.binary(Op::ShiftLeft, a, constant(random.between(0, 5))),
                          b.convert(a, random.one_in(2) ? Type::I64 : Type::I32),
                          b.convert(a, random.one_in(2) ? Type::U32 : Type::U64),
                          b.binary(Op::Minimum, a, constant(20))};
    nodes.push_back(choices[random.bits() % std::size(choices)]);
  }
  std::map<Id, std::int64_t> some_values(testing::Random& random) const {
    std::map<Id, std::int64_t> values;
    for (const Index& index : indexes) values[index.node] = random.between(index.low, index.high);
    return values;
  }

  struct Index {
    Id node;
    std::int64_t low, high;
  };
  Program program;
  ir::Builder b;
  std::vector<Id> nodes;
  std::vector<Index> indexes;
};

Wide value_of_form(const LinearForm& form, const Program& program, const std::vector<std::int64_t>& values) {
  Wide sum = form.constant;
  for (int i = 0; i < form.count; ++i)
    sum += value_of(values[form.terms[i].atom], program.nodes[form.terms[i].atom].type) * form.terms[i].coefficient;
  return sum;
}

TEST_F(RandomForms, AreCongruentToTheirNodesAndExactWithinTheType) {
  testing::Random random(7);
  int exact = 0, opened = 0;
  for (int round = 0; round < 3000; ++round) {
    start(random);
    for (int i = 0; i < 12; ++i) grow(random);
    Ranges ranges;
    ranges.run(program);
    LinearForms forms;
    forms.start(program, ranges);
    const Id node = nodes.back();
    const LinearForm form = forms.of(node);
    if (!form.valid) continue;
    opened += form.count != 1 || form.terms[0].atom != node;
    Range range;
    const bool is_exact = forms.exact_bounds(form, type_of(node), range);
    exact += is_exact;
    for (int sample = 0; sample < 10; ++sample) {
      const auto values = evaluate(program, some_values(random));
      const Wide expected = value_of(values[node], type_of(node)), actual = value_of_form(form, program, values);
      ASSERT_EQ(static_cast<std::uint64_t>(expected), static_cast<std::uint64_t>(actual)) << "round " << round;
      if (!is_exact) continue;
      ASSERT_TRUE(expected == actual) << "round " << round;
      ASSERT_TRUE(range.contains(actual)) << "round " << round;
    }
  }
  EXPECT_GT(exact, 500);
  EXPECT_GT(opened, 500);
}

TEST_F(RandomForms, WeightedSumsAreCongruentInTheWidthOfTheirType) {
  testing::Random random(8);
  for (int round = 0; round < 2000; ++round) {
    start(random);
    for (int i = 0; i < 14; ++i) grow(random);
    Ranges ranges;
    ranges.run(program);
    LinearForms forms;
    forms.start(program, ranges);
    const Id node = nodes.back();
    std::vector<Term> terms;
    std::int64_t constant = 0;
    ASSERT_TRUE(forms.weighted_sum(node, terms, constant));
    const auto values = evaluate(program, some_values(random));
    std::uint64_t sum = static_cast<std::uint64_t>(constant);
    for (const Term& term : terms)
      sum += static_cast<std::uint64_t>(values[term.atom]) * static_cast<std::uint64_t>(term.coefficient);
    ASSERT_EQ(values[node], ir::canonical(static_cast<std::int64_t>(sum), type_of(node))) << "round " << round;
  }
}

TEST(LinearForms, LookThroughTheConversionOfAnIndexThatCannotWrap) {
  Program program;
  ir::Builder b;
  b.start(program);
  const auto number = [&](std::int64_t value) { return b.constant(value, Type::I32); };
  const Id i = b.open_for(number(0), number(1000), number(1));
  const Id wide = b.convert(b.binary(Op::Add, b.binary(Op::Multiply, i, number(30)), number(7)), Type::I64);
  const Id wrapping = b.convert(b.binary(Op::Multiply, i, number(1 << 28)), Type::I64);
  Ranges ranges;
  ranges.run(program);
  LinearForms forms;
  forms.start(program, ranges);
  EXPECT_EQ(30, forms.of(wide).coefficient_of(i));
  EXPECT_EQ(7, forms.of(wide).constant);
  EXPECT_EQ(0, forms.of(wrapping).coefficient_of(i));
  Range range;
  EXPECT_TRUE(forms.bounds_of(wide, range));
  EXPECT_EQ(7, static_cast<int>(range.low));
  EXPECT_EQ(29977, static_cast<int>(range.high));
}

TEST(LinearForms, TakeLongSumsApartInTheOrderWritten) {
  Program program;
  ir::Builder b;
  b.start(program);
  const Id array = b.add_array({.type = Type::U8, .access = ir::Access::In, .size = 20000});
  std::vector<Id> loads;
  Id sum = b.constant(5, Type::I32);
  for (int k = 0; k < 20000; ++k) {
    loads.push_back(b.load(array, b.constant(k, Type::I64)));
    const Id weighted = b.binary(Op::Multiply, b.convert(loads.back(), Type::I32), b.constant(k % 7 - 3, Type::I32));
    sum = b.binary(k % 2 == 0 ? Op::Add : Op::Subtract, sum, weighted);
  }
  Ranges ranges;
  ranges.run(program);
  LinearForms forms;
  forms.start(program, ranges);
  std::vector<Term> terms;
  std::int64_t constant = 0;
  ASSERT_TRUE(forms.weighted_sum(sum, terms, constant, 1 << 17));
  EXPECT_EQ(5, constant);
  std::size_t at = 0;
  for (int k = 0; k < 20000; ++k) {
    if (k % 7 == 3) continue;  // a weight of 0 is no term
    ASSERT_LT(at, terms.size());
    ASSERT_EQ(loads[static_cast<std::size_t>(k)], terms[at].atom);
    ASSERT_EQ((k % 7 - 3) * (k % 2 == 0 ? 1 : -1), terms[at].coefficient);
    ++at;
  }
  EXPECT_EQ(at, terms.size());
  EXPECT_FALSE(forms.weighted_sum(sum, terms, constant, 100));
}

TEST(LinearForms, GiveUpBeyondTheirCapacity) {
  Program program;
  ir::Builder b;
  b.start(program);
  Id sum = b.add_value(Type::I64);
  for (int k = 0; k < LinearForm::capacity; ++k) sum = b.binary(Op::Add, sum, b.add_value(Type::I64));
  Ranges ranges;
  ranges.run(program);
  LinearForms forms;
  forms.start(program, ranges);
  Range range;
  EXPECT_FALSE(forms.of(sum).valid);
  EXPECT_FALSE(forms.bounds(forms.of(sum), range));
}

}  // namespace
}  // namespace cogent::analysis
