// The same convolution in the words of different programmers becomes rows, columns and one straight sum.
#include <gtest/gtest.h>

#include "convolution_programs.h"
#include "ir/text.h"
#include "ir/verifier.h"
#include "optimize/pipeline.h"
#include "support/execution.h"

namespace cogent::optimize {
namespace {

using ir::Do;

constexpr std::int64_t width = 12, height = 7;

// Checks that the optimised program is For y { For x { proven loads, one proven store } } without any division left,
// and that it does what the recorded one does.
void expect_rows_and_columns(const ir::Program& program, Pipeline& pipeline) {
  const ir::Program& result = pipeline.run(program);
  SCOPED_TRACE(ir::print(program) + ir::print(result));
  ASSERT_EQ("", ir::describe(ir::verify(result)));
  EXPECT_EQ("",
            testing::find_difference(testing::random_inputs(program, 1), {"recorded", program, testing::interpreter()},
                                     {"optimised", result, testing::interpreter()}));
  const auto live_statements = [&](Id region) {
    std::vector<ir::Statement> list;
    ir::for_each_statement(result, region, [&](Id, const ir::Statement& statement) {
      if (!result.is_dead(statement)) list.push_back(statement);
    });
    return list;
  };
  Id region = 0;
  for (const std::int64_t count : {height, width}) {
    const std::vector<ir::Statement> list = live_statements(region);
    ASSERT_EQ(1u, list.size());
    ASSERT_EQ(Do::For, list[0].what);
    EXPECT_TRUE(result.is_constant(list[0].c, count));
    region = list[0].body;
  }
  int stores = 0;
  for (const ir::Statement& statement : live_statements(region)) {
    EXPECT_TRUE(statement.what == Do::Let || statement.what == Do::Store);
    EXPECT_TRUE(statement.flags & ir::proven_in_bounds);
    stores += statement.what == Do::Store;
  }
  EXPECT_EQ(1, stores);
  EXPECT_EQ(std::string::npos, ir::print(result).find(" % "));
  EXPECT_EQ(std::string::npos, ir::print(result).find(" / "));
}

class Phrasings : public ::testing::Test {
 protected:
  Phrasings() : c(program, width, height, 3) {}
  ~Phrasings() override { expect_rows_and_columns(program, pipeline); }

  Id corner(Id i) { return c.add(c.times(c.over(i, width), c.pitch), c.modulo(i, width)); }
  Id number(std::int64_t value) { return c.number(value, Type::I32); }
  // The programmer's loop over all elements of the destination.
  void for_each_element(const std::function<void(Id)>& body) { c.loop(width * height, body); }

  ir::Program program;
  Convolution c;
  Pipeline pipeline;
};

TEST_F(Phrasings, FlatWithDivisionAndRemainder) { c.flat(); }

TEST_F(Phrasings, FlatCountedByAnInt) { c.flat(Type::I32); }

TEST_F(Phrasings, FlatCountedUnsigned) { c.flat(Type::U32); }

TEST_F(Phrasings, BaseWithoutRemainder) {  // i + i / W * 2
  for_each_element(
      [&](Id i) { c.store(c.destination, i, c.clamp(c.sum(c.add(i, c.times(c.over(i, width), 2))), 0, 255)); });
}

TEST_F(Phrasings, RowAndColumnNamed) {  // (y + ky) * pitch + x + kx, stored to y * W + x
  for_each_element([&](Id i) {
    const Id y = c.over(i, width), x = c.modulo(i, width);
    const Id sum = c.b.declare(Type::I32, number(0));
    for (int k = 0; k < 9; ++k)
      c.b.set(sum,
              c.add(c.b.get(sum), c.tap(c.source, c.add(c.times(c.plus(y, k / 3), c.pitch), c.plus(x, k % 3)), k)));
    c.store(c.destination, c.add(c.times(y, width), x), c.clamp(c.b.get(sum), 0, 255));
  });
}

TEST_F(Phrasings, RowFromTheDifference) {  // y = (i - i % W) / W
  for_each_element([&](Id i) {
    const Id x = c.modulo(i, width), y = c.over(c.subtract(i, x), width);
    c.store(c.destination, i, c.clamp(c.sum(c.add(c.times(y, c.pitch), x)), 0, 255));
  });
}

TEST_F(Phrasings, ColumnFromTheDifference) {  // x = i - i / W * W
  for_each_element([&](Id i) {
    const Id y = c.over(i, width), x = c.subtract(i, c.times(y, width));
    c.store(c.destination, i, c.clamp(c.sum(c.add(c.times(y, c.pitch), x)), 0, 255));
  });
}

TEST_F(Phrasings, NestedLoops) {
  c.loop(height, [&](Id y) {
    c.loop(width, [&](Id x) {
      c.store(c.destination, c.add(c.times(y, width), x), c.clamp(c.sum(c.add(c.times(y, c.pitch), x)), 0, 255));
    });
  });
}

TEST_F(Phrasings, NestedLoopsCountedByInts) {
  c.loop(
      height,
      [&](Id y) {
        c.loop(
            width,
            [&](Id x) {
              c.store(c.destination, c.add(c.times(y, width), x),
                      c.clamp(c.sum(c.add(c.times(y, c.pitch), x)), 0, 255));
            },
            Type::I32);
      },
      Type::I32);
}

TEST_F(Phrasings, VariablesForRowAndColumn) {
  for_each_element([&](Id i) {
    const Id y = c.b.declare(Type::I64, c.over(i, width)), x = c.b.declare(Type::I64, c.modulo(i, width));
    const Id sum = c.b.declare(Type::I32, number(0));
    for (int k = 0; k < 9; ++k) {
      if (k == 3 || k == 6) c.b.set(y, c.plus(c.b.get(y), 1));
      const Id index = c.plus(c.add(c.times(c.b.get(y), c.pitch), c.b.get(x)), k % 3);
      c.b.set(sum, c.add(c.b.get(sum), c.tap(c.source, index, k + 1)));
    }
    c.store(c.destination, i, c.clamp(c.b.get(sum), 0, 255));
  });
}

TEST_F(Phrasings, VariablesDeclaredOutsideOfTheLoop) {
  const Id pitch = c.b.declare(Type::I64, c.number(c.pitch)), bias = c.b.declare(Type::I32, number(8));
  for_each_element([&](Id i) {
    const Id base = c.add(c.b.binary(Op::Multiply, c.over(i, width), c.b.get(pitch)), c.modulo(i, width));
    const Id sum = c.add(c.sum(base), c.b.get(bias));
    c.store(c.destination, i, c.clamp(c.b.binary(Op::ShiftRight, sum, number(4)), 0, 255));
  });
}

TEST_F(Phrasings, GeneratedLoopsOverTheKernel) {
  for_each_element([&](Id i) {
    const Id base = corner(i), sum = c.b.declare(Type::I32, number(0));
    c.loop(3, [&](Id ky) {
      c.loop(3, [&](Id kx) {
        c.b.set(sum, c.add(c.b.get(sum), c.tap(c.source, c.add(c.add(base, c.times(ky, c.pitch)), kx), 3)));
      });
    });
    c.store(c.destination, i, c.clamp(c.b.get(sum), 0, 255));
  });
}

TEST_F(Phrasings, OneGeneratedLoopOverTheKernel) {  // with k / 3 and k % 3 of its index
  for_each_element([&](Id i) {
    const Id base = corner(i), sum = c.b.declare(Type::I32, number(0));
    c.loop(9, [&](Id k) {
      const Id index = c.add(c.add(base, c.times(c.over(k, 3), c.pitch)), c.modulo(k, 3));
      c.b.set(sum, c.add(c.b.get(sum), c.tap(c.source, index, 2)));
    });
    c.store(c.destination, i, c.clamp(c.b.get(sum), 0, 255));
  });
}

TEST_F(Phrasings, ClampByTwoWhens) {
  for_each_element([&](Id i) {
    const Id sum = c.b.declare(Type::I32, c.sum(corner(i)));
    c.b.open_if(c.b.binary(Op::Less, c.b.get(sum), number(0)));
    c.b.set(sum, number(0));
    c.b.close();
    c.b.open_if(c.b.binary(Op::Less, number(255), c.b.get(sum)));
    c.b.set(sum, number(255));
    c.b.close();
    c.store(c.destination, i, c.b.get(sum));
  });
}

TEST_F(Phrasings, ClampByOtherwiseWhen) {
  for_each_element([&](Id i) {
    const Id sum = c.b.declare(Type::I32, c.sum(corner(i)));
    c.b.open_if(c.b.binary(Op::Less, c.b.get(sum), number(0)));
    c.b.set(sum, number(0));
    c.b.close();
    c.b.open_other();
    c.b.open_if(c.b.binary(Op::Less, number(255), c.b.get(sum)));
    c.b.set(sum, number(255));
    c.b.close_chained_if();
    c.store(c.destination, i, c.b.get(sum));
  });
}

}  // namespace
}  // namespace cogent::optimize
