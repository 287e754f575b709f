// The printed text, compiled by the real compiler, computes what the interpreter computes, and nobody warns of it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>

#include "cpp/source.h"
#include "ir/builder.h"
#include "ir/text.h"
#include "ir/verifier.h"
#include "support/compiled_source.h"
#include "support/random_program.h"

namespace cogent::cpp {
namespace {

using ir::Builder;
using ir::Id;
using ir::none;
using ir::Op;
using ir::Program;
using ir::Type;

constexpr Type integer_types[] = {Type::I8, Type::U8, Type::I16, Type::U16, Type::I32, Type::U32, Type::I64, Type::U64};
constexpr std::int64_t elements = 61;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool is_sanitized = true;
#elif defined(__has_feature)
constexpr bool is_sanitized = __has_feature(address_sanitizer) || __has_feature(thread_sanitizer);
#else
constexpr bool is_sanitized = false;
#endif

/// A program made step by step: a loop over all elements, each operation's results stored in an array of its own.
class Sampler {
 public:
  explicit Sampler(Program& program) : b_(), program_(program) { b_.start(program); }

  Id input(Type type) { return b_.add_array({.type = type, .access = ir::Access::In, .size = elements}); }
  Id output(Type type) { return b_.add_array({.type = type, .access = ir::Access::Out, .size = elements}); }
  Id whole(std::int64_t value, Type type) { return b_.constant(ir::canonical(value, type), type); }
  void begin() { index_ = b_.open_for(whole(0, Type::I64), whole(elements, Type::I64), whole(1, Type::I64)); }
  Id element(Id array) { return b_.load(array, index_); }
  void keep(Id array, Id value) { b_.store(array, index_, value); }
  void end() {
    b_.close();
    ASSERT_EQ("", ir::describe(ir::verify(program_)));
  }

  Builder b_;

 private:
  Program& program_;
  Id index_ = none;
};

/// Every operation on two operands of a type; `mask` other than 0 keeps the operands small, so that nothing wraps.
Program every_operation(Type type, std::int64_t mask) {
  Program program;
  Sampler s(program);
  const Id left = s.input(type), right = s.input(type);
  std::vector<std::pair<Op, Id>> outputs;
  for (int op = static_cast<int>(Op::Divide); op <= static_cast<int>(Op::NotEqual); ++op)
    outputs.emplace_back(static_cast<Op>(op), s.output(ir::is_comparison(static_cast<Op>(op)) ? Type::Bool : type));
  const Id selected = s.output(type), negative = s.output(type), flipped = s.output(type), clamped = s.output(type);
  s.begin();
  Id a = s.element(left), b = s.element(right);
  if (mask != 0) a = s.b_.binary(Op::And, a, s.whole(mask, type)), b = s.b_.binary(Op::And, b, s.whole(mask, type));
  for (const auto& [op, output] : outputs)
    s.keep(output, s.b_.binary(op, a, ir::is_division(op) ? s.b_.binary(Op::Or, b, s.whole(1, type)) : b));
  s.keep(selected, s.b_.select(s.b_.binary(Op::Less, a, b), s.b_.binary(Op::Add, a, a), b));
  s.keep(negative, s.b_.binary(Op::Subtract, s.whole(0, type), a));
  s.keep(flipped, s.b_.binary(Op::Xor, a, s.whole(-1, type)));
  s.keep(clamped, s.b_.binary(Op::Minimum, s.b_.binary(Op::Maximum, a, s.whole(3, type)), s.whole(90, type)));
  s.end();
  return program;
}

/// The operations with constants that are special somewhere.
Program operations_with_constants(Type type) {
  Program program;
  Sampler s(program);
  const Id input = s.input(type);
  std::vector<std::tuple<Op, std::int64_t, Id>> cases;
  for (const Op op : {Op::Add, Op::Multiply, Op::Divide, Op::Remainder, Op::And, Op::Or, Op::ShiftLeft, Op::ShiftRight,
                      Op::Less, Op::LessEqual, Op::Equal, Op::Maximum})
    for (const std::int64_t constant : {std::int64_t{-1}, std::int64_t{2}, std::int64_t{-3}, std::int64_t{100},
                                        ir::lowest_of(type), ir::highest_of(type)})
      if (!ir::is_division(op) || ir::canonical(constant, type) != 0)
        cases.emplace_back(op, constant, s.output(ir::is_comparison(op) ? Type::Bool : type));
  s.begin();
  const Id a = s.element(input);
  for (const auto& [op, constant, output] : cases) s.keep(output, s.b_.binary(op, a, s.whole(constant, type)));
  s.end();
  return program;
}

/// Conversions to every type, and arithmetic on what was converted.
Program every_conversion(Type from) {
  Program program;
  Sampler s(program);
  const Id input = s.input(from);
  std::map<Type, std::pair<Id, Id>> outputs;
  for (const Type to : integer_types) outputs[to] = {s.output(to), s.output(to)};
  const Id truth = s.output(Type::Bool);
  s.begin();
  const Id a = s.element(input);
  for (const Type to : integer_types) {
    const Id converted = s.b_.convert(a, to);
    s.keep(outputs[to].first, converted);
    s.keep(outputs[to].second, s.b_.binary(Op::Subtract, s.b_.binary(Op::Multiply, converted, converted), converted));
  }
  s.keep(truth, s.b_.convert(a, Type::Bool));
  s.end();
  return program;
}

Program on_bools() {
  Program program;
  Sampler s(program);
  const Id left = s.input(Type::Bool), right = s.input(Type::Bool);
  std::vector<std::pair<Op, Id>> outputs;
  for (const Op op : {Op::And, Op::Or, Op::Xor, Op::Less, Op::LessEqual, Op::Equal, Op::NotEqual})
    outputs.emplace_back(op, s.output(Type::Bool));
  const Id selected = s.output(Type::Bool), opposite = s.output(Type::Bool);
  s.begin();
  const Id a = s.element(left), b = s.element(right);
  for (const auto& [op, output] : outputs) s.keep(output, s.b_.binary(op, a, b));
  s.keep(selected, s.b_.select(a, b, s.b_.negate(b)));
  s.keep(opposite, s.b_.negate(a));
  s.end();
  return program;
}

std::string name_of(std::size_t number) { return "f" + std::to_string(number); }

std::vector<std::string> sources_of(const std::vector<Program>& programs) {
  std::vector<std::string> sources;
  for (std::size_t i = 0; i < programs.size(); ++i)
    sources.push_back(print_source(programs[i], {.function_name = name_of(i), .with_entry = true}));
  return sources;
}

void expect_agreement(const std::vector<Program>& programs, int inputs, const testing::CompileOptions& options) {
  const testing::CompiledSources compiled(sources_of(programs), options);
  ASSERT_EQ("", compiled.messages());
  for (std::size_t i = 0; i < programs.size(); ++i)
    for (int input = 1; input <= inputs; ++input)
      ASSERT_EQ("", testing::find_difference(testing::random_inputs(programs[i], static_cast<std::uint64_t>(input)),
                                             {"recorded", programs[i], testing::interpreter()},
                                             {"compiled", programs[i], compiled.executor(name_of(i))}))
          << "program " << i << "\n"
          << print_source(programs[i]);
}

std::vector<Program> all_operations() {
  std::vector<Program> programs = {on_bools(), every_conversion(Type::Bool)};
  for (const Type type : integer_types) {
    programs.push_back(every_operation(type, 0));
    programs.push_back(every_operation(type, 7));
    programs.push_back(operations_with_constants(type));
    programs.push_back(every_conversion(type));
  }
  return programs;
}

TEST(CompiledSource, ComputesEveryOperationOfEveryType) { expect_agreement(all_operations(), 4, {}); }

TEST(CompiledSource, HasNoUndefinedBehaviour) {
  if (is_sanitized) GTEST_SKIP() << "two sanitizers do not share a process";
  testing::CompileOptions options;
  options.compiler = "g++";
  options.flags += " -fsanitize=undefined -fno-sanitize-recover=all -static-libubsan";
  if (std::system("g++ --version > /dev/null 2>&1") != 0) GTEST_SKIP() << "needs g++";
  expect_agreement({every_operation(Type::I32, 0), every_operation(Type::U16, 0), every_operation(Type::I64, 0),
                    every_conversion(Type::I64), operations_with_constants(Type::I32)},
                   2, options);
}

TEST(CompiledSource, IsCleanForOtherCompilers) {
  for (const char* compiler : {"g++", "clang++-19"}) {
    if (std::system((std::string(compiler) + " --version > /dev/null 2>&1").c_str()) != 0) continue;
    testing::CompileOptions options;
    options.compiler = compiler;
    options.load = false;
    EXPECT_EQ("", testing::CompiledSources(sources_of(all_operations()), options).messages()) << compiler;
  }
}

TEST(CompiledSource, DoesWhatRandomProgramsDo) {
  testing::CompileOptions options;
  options.flags += " -Wno-tautological-compare";  // what is random also asks whether x < 3 && x > 5
  const bool all = std::getenv("COGENT_TEST_ALL") != nullptr;
  std::vector<Program> programs;
  for (std::uint64_t seed = 1; seed <= (all ? 1500u : 60u); ++seed)
    programs.push_back(testing::random_program(seed, {.floats = seed % 2 == 0, .shapes = seed % 3 != 0}));
  for (std::size_t begin = 0; begin < programs.size(); begin += 100) {
    const auto first = programs.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto count = std::min<std::ptrdiff_t>(100, programs.end() - first);
    expect_agreement({first, first + count}, 4, options);
  }
}

}  // namespace
}  // namespace cogent::cpp
