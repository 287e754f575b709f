// Which accesses need no check, and which faults every call runs into.
#include "optimize/prove_bounds.h"

#include <gtest/gtest.h>

#include "ir/parse.h"
#include "ir/text.h"
#include "ir/verifier.h"

namespace cogent::optimize {
namespace {

using ir::Program;

class ProveBounds : public ::testing::Test {
 protected:
  void prove(const std::string& signature, const std::string& body) {
    program = ir::parse("program \"f\"(" + signature + ") -> void {\n" + body + "\n}");
    ASSERT_EQ("", ir::describe(ir::verify(program)));
    ranges.run(program);
    forms.start(program, ranges);
    fault = prover.run(program, ranges, forms, fuel);
  }
  void expect_proven(const std::string& signature, const std::string& body) {
    prove(signature, body);
    EXPECT_EQ(prover.accesses(), prover.proven()) << ir::print(program);
    EXPECT_GT(prover.accesses(), 0u);
    EXPECT_FALSE(fault);
  }
  // The last access of the program is checked at run time, and is no certain fault.
  void expect_checked(const std::string& signature, const std::string& body) {
    prove(signature, body);
    EXPECT_EQ(prover.accesses(), prover.proven() + 1) << ir::print(program);
    EXPECT_FALSE(fault);
  }
  void expect_fault(std::int64_t lowest, std::int64_t highest, std::int64_t size) {
    ASSERT_TRUE(fault) << ir::print(program);
    EXPECT_EQ(ir::FaultKind::Index, fault->kind);
    EXPECT_EQ(lowest, fault->lowest);
    EXPECT_EQ(highest, fault->highest);
    EXPECT_EQ(size, fault->size);
  }

  Program program;
  analysis::Ranges ranges;
  analysis::LinearForms forms;
  BoundsProver prover;
  Fuel fuel;
  std::optional<ProvableFault> fault;
};

TEST_F(ProveBounds, ByLoopBounds) {
  expect_proven("out u8[100] a0", R"(
    for %1 = 0i64 to 9 step 1 {
      for %2 = 0i64 to 11 step 1 {
        a0[%1 * 11 + %2 + 1] = 1
      }
    })");
}

TEST_F(ProveBounds, OneBeyondTheEndIsAFault) {
  prove("out u8[99] a0", R"(
    for %1 = 0i64 to 9 step 1 {
      for %2 = 0i64 to 11 step 1 {
        a0[%1 * 11 + %2 + 1] = 1
      }
    })");
  expect_fault(1, 99, 99);
}

TEST_F(ProveBounds, OneBeforeTheBeginningIsAFault) {
  prove("out u8[99] a0", R"(
    for %1 = 0i64 to 90 step 3 {
      a0[%1 - 1] = 1
    })");
  expect_fault(-1, 86, 99);
}

TEST_F(ProveBounds, ByTheTypeOfALoadedIndex) {
  expect_proven("in u8[1] a0, in i32[256] a1", R"(
    let %1 = a0[0]
    let %2 = a1[i64(%1)])");
  expect_checked("in u8[1] a0, in i32[255] a1", R"(
    let %1 = a0[0]
    let %2 = a1[i64(%1)])");
}

TEST_F(ProveBounds, ByAClampedIndex) {
  expect_proven("in u8[10] a0, i64 p1", R"(
    let %1 = a0[min(max(p1, 0), 9)])");
  expect_proven("in u8[10] a0, i64 p1", R"(
    let %1 = a0[(p1 & 7) + 2])");
}

TEST_F(ProveBounds, ByTheRangeOfTheIndexWhereItsFormIsTooWide) {
  expect_proven("in u8[10] a0, i64 p1", R"(
    let %1 = a0[p1 % 5 + 4])");
}

TEST_F(ProveBounds, AnIndexThatMayWrapIsChecked) {
  expect_checked("in u8[100] a0, i32 p1", R"(
    if p1 < 50 {
      let %1 = a0[i64(p1 + 2000000000 - 2000000000)]
    })");
}

TEST_F(ProveBounds, ByAConditionAround) {
  expect_proven("in u8[100] a0, i64 p1", R"(
    if (p1 < 98) & (0 <= p1) {
      let %1 = a0[p1 + 2]
    })");
  expect_checked("in u8[100] a0, i64 p1", R"(
    if p1 < 98 {
      let %1 = a0[p1 + 2]
    })");
}

TEST_F(ProveBounds, ByTheOtherBranchOfACondition) {
  expect_proven("in u8[100] a0, i32 p1", R"(
    if (p1 < 0) | (100 <= p1) {
    } else {
      let %1 = a0[i64(p1)]
    })");
  expect_checked("in u8[100] a0, i32 p1", R"(
    if (p1 < 0) & (100 <= p1) {
    } else {
      let %1 = a0[i64(p1)]
    })");
}

TEST_F(ProveBounds, NotOneElementFurtherThanTheConditionSays) {
  const auto guarded = [](const std::string& condition, bool other) {
    return "if " + condition + " {\n" + (other ? "} else {\n" : "") + "let %1 = a0[p1]\n}";
  };
  const struct {
    const char* condition;
    bool other;
  } cases[] = {{"(p1 < 100) & (-1 < p1)", false},
               {"(p1 <= 99) & (0 <= p1)", false},
               {"(99 < p1) | (p1 < 0)", true},
               {"(100 <= p1) | (p1 <= -1)", true},
               {"p1 == 99", false},
               {"p1 != 99", true}};
  for (const auto& [condition, other] : cases) {
    SCOPED_TRACE(condition);
    expect_proven("in u8[100] a0, i64 p1", guarded(condition, other));
    expect_checked("in u8[99] a0, i64 p1", guarded(condition, other));
  }
}

TEST_F(ProveBounds, ByARequirementBefore) {
  expect_proven("in u8[100] a0, i64 p1", R"(
    require p1 <= 100, "n is too large"
    for %1 = 0i64 to p1 step 1 {
      let %2 = a0[%1]
    })");
}

TEST_F(ProveBounds, AConditionHoldsOnlyInItsBranch) {
  expect_checked("in u8[100] a0, i64 p1", R"(
    if (p1 < 100) & (0 <= p1) {
      let %1 = a0[p1]
    }
    let %2 = a0[p1])");
}

TEST_F(ProveBounds, WithinAnArrayOfDynamicSizeByItsOwnSize) {
  expect_proven("in u8[?] a0", R"(
    for %1 = 0i64 to size(a0) step 1 {
      let %2 = a0[%1]
    })");
  expect_proven("in u8[?] a0", R"(
    for %1 = 1i64 to size(a0) - 1 step 1 {
      let %2 = a0[%1 - 1]
      let %3 = a0[%1 + 1]
    })");
  expect_proven("in u8[?] a0", R"(
    for %1 = size(a0) - 1 to -1 step -1 {
      let %2 = a0[%1]
    })");
  expect_checked("in u8[?] a0, in u8[?] a1", R"(
    for %1 = 0i64 to size(a0) step 1 {
      let %2 = a0[%1]
      let %3 = a1[%1]
    })");
}

TEST_F(ProveBounds, ByTwoLoopsTogether) {
  expect_proven("in u8[?] a0, in u8[?] a1", R"(
    for %1 = 0i64 to size(a0) - size(a1) step 1 {
      for %2 = 0i64 to size(a1) step 1 {
        let %3 = a0[%1 + %2]
      }
    })");
}

TEST_F(ProveBounds, AFaultUnderAConditionIsLeftToTheRun) {
  expect_checked("out u8[10] a0, bool p1", R"(
    if p1 {
      a0[10] = 1
    })");
}

TEST_F(ProveBounds, AFaultInALoopOfUnknownLengthIsLeftToTheRun) {
  expect_checked("out u8[10] a0, i64 p1", R"(
    for %1 = 0i64 to p1 step 1 {
      a0[10] = 1
    })");
}

TEST_F(ProveBounds, AFaultAfterAPossibleReturnIsLeftToTheRun) {
  expect_checked("out u8[10] a0, bool p1", R"(
    if p1 {
      return
    }
    a0[10] = 1)");
}

TEST_F(ProveBounds, AFaultInALoopThatMayBeLeftIsLeftToTheRun) {
  expect_checked("out u8[10] a0, bool p1", R"(
    L1: for %1 = 0i64 to 20 step 1 {
      if p1 {
        break L1
      }
      a0[%1] = 1
    })");
  expect_checked("out u8[10] a0, bool p1", R"(
    L1: for %1 = 0i64 to 20 step 1 {
      a0[%1] = 1
      if p1 {
        break L1
      }
    })");
  expect_checked("out u8[10] a0, bool p1", R"(
    L1: for %1 = 0i64 to 3 step 1 {
      for %2 = 0i64 to 3 step 1 {
        if p1 {
          continue L1
        }
      }
      a0[10] = 1
    })");
}

TEST_F(ProveBounds, AFaultAfterALoopThatMayBeLeftIsCertain) {
  prove("out u8[10] a0, bool p1", R"(
    L1: for %1 = 0i64 to 3 step 1 {
      if p1 {
        break L1
      }
    }
    a0[10] = 1)");
  expect_fault(10, 10, 10);
}

TEST_F(ProveBounds, AFaultAfterALoopWithoutKnownEndIsLeftToTheRun) {
  expect_checked("out u8[10] a0, bool p1", R"(
    L1: loop {
      if p1 {
        break L1
      }
    }
    a0[10] = 1)");
}

TEST_F(ProveBounds, TheFirstCertainFaultIsReported) {
  prove("out u8[10] a0, i32 p1", R"(
    let %1 = p1 / 0
    a0[10] = 1)");
  ASSERT_TRUE(fault);
  EXPECT_EQ(ir::FaultKind::DivisionByZero, fault->kind);
}

TEST_F(ProveBounds, AStepOfZeroIsACertainFault) {
  prove("out u8[10] a0", R"(
    for %1 = 0i64 to 3 step 0 {
    })");
  ASSERT_TRUE(fault);
  EXPECT_EQ(ir::FaultKind::ZeroStep, fault->kind);
}

TEST_F(ProveBounds, AnIndexThatOnlySometimesLeavesTheArrayIsNoCertainFault) {
  expect_checked("out u8[10] a0, i64 p1", R"(
    a0[p1] = 1)");
}

}  // namespace
}  // namespace cogent::optimize
