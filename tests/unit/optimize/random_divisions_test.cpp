// Quotients and remainders of random sums of loop indexes mean the same after the passes.
#include <gtest/gtest.h>

#include "ir/builder.h"
#include "ir/text.h"
#include "ir/verifier.h"
#include "optimize/pipeline.h"
#include "support/execution.h"
#include "support/random.h"

namespace cogent::optimize {
namespace {

using ir::Op;
using ir::Type;

// Loops around stores of quotients and remainders, often of flat indexes by lengths that divide the trip count.
class RandomDivisions {
 public:
  explicit RandomDivisions(std::uint64_t seed) : random_(seed) { b_.start(program); }

  ir::Program make() {
    array_ = b_.add_array({.type = Type::I64, .access = ir::Access::InOut, .size = 512});
    const int depth = static_cast<int>(random_.between(1, 2));
    for (int i = 0; i < depth; ++i) open_loop();
    for (int i = 0; i < 4; ++i) values_.push_back(next());
    for (int i = 0; i < 3; ++i) {
      const Id value = b_.convert(values_[values_.size() - 1 - static_cast<std::size_t>(i)], Type::I64);
      const Id old = b_.load(array_, b_.constant(random_.between(0, 9), Type::I64));
      b_.store(array_, b_.binary(Op::And, value, number(511, value)), b_.binary(Op::Xor, old, value));
    }
    for (int i = 0; i < depth; ++i) b_.close();
    return program;
  }

  ir::Program program;

 private:
  Id number(std::int64_t value, Id like) {
    const Type type = program.nodes[like].type;
    return b_.constant(ir::canonical(value, type), type);
  }
  void open_loop() {
    static const std::vector<Type> types = {Type::I64, Type::I32, Type::U32, Type::U64, Type::I16, Type::U8};
    const Type type = random_.pick(types);
    const std::int64_t first = random_.one_in(3) && ir::is_signed(type) ? random_.between(-20, 20) : 0;
    const std::int64_t length = random_.pick(lengths_) * random_.between(1, 4);
    values_.push_back(b_.open_for(b_.constant(first, type), b_.constant(first + length, type), b_.constant(1, type)));
  }
  // A quotient, a remainder, a sum or a conversion of what there is.
  Id next() {
    const Id x = random_.pick(values_);
    switch (random_.bits() % 6) {
      case 0:
      case 1:
        return b_.binary(Op::Divide, x, number(random_.pick(lengths_), x));
      case 2:
        return b_.binary(Op::Remainder, x, number(random_.pick(lengths_), x));
      case 3:
        return random_.one_in(2) ? b_.convert(x, random_.one_in(2) ? Type::I64 : Type::I32)
                                 : b_.binary(Op::Add, x, number(random_.between(0, 40), x));
      default: {
        const Id y = b_.convert(random_.pick(values_), program.nodes[x].type);
        const Id scaled = b_.binary(Op::Multiply, x, number(random_.pick(lengths_), x));
        return b_.binary(random_.one_in(3) ? Op::Subtract : Op::Add, scaled,
                         random_.one_in(3) ? number(random_.between(-9, 30), x) : y);
      }
    }
  }

  const std::vector<std::int64_t> lengths_ = {1, 2, 3, 4, 5, 6, 12, 15, 24, 30, 60};
  testing::Random random_;
  ir::Builder b_;
  Id array_ = ir::none;
  std::vector<Id> values_;
};

TEST(RandomDivisions, MeanTheSameAfterAllPasses) {
  Pipeline pipeline;
  int split = 0;
  for (std::uint64_t seed = 1; seed <= 4000; ++seed) {
    RandomDivisions divisions(seed);
    const ir::Program program = divisions.make();
    const ir::Program& optimised = pipeline.run(program, {.disabled = 0, .collect_notes = true});
    ASSERT_EQ("", ir::describe(ir::verify(optimised))) << "seed " << seed;
    ASSERT_EQ("", testing::find_difference(testing::random_inputs(program, seed),
                                           {"recorded", program, testing::interpreter()},
                                           {"optimised", optimised, testing::interpreter()}))
        << "seed " << seed;
    for (const Note& note : pipeline.notes()) split += note.text.find("split") != std::string::npos;
  }
  EXPECT_GT(split, 300);
}

}  // namespace
}  // namespace cogent::optimize
