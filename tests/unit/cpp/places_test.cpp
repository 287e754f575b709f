// How places in shaped arrays are written: as a person writes them, wherever the checks before keep them from wrapping.
#include "cpp/places.h"

#include <gtest/gtest.h>

#include "unit/cpp/printed.h"

namespace cogent::cpp {
namespace {

const std::string signature = "inout i32[?, ?] a0, i64 p1, i64 p2, bool p3) -> void";

TEST(Places, ArePlainSumsBehindTheirChecks) {
  EXPECT_EQ(
      "  within(x1, a0_extent0, 0);\n"
      "  within(x2, a0_extent1, 0);\n"
      "  a0[x1 * a0_stride0 + x2 * a0_stride1] = 7;\n",
      printed_body(signature,
                   "check a0 dimension 0: p1 within extent(a0, 0)\n"
                   "check a0 dimension 1: p2 within extent(a0, 1)\n"
                   "a0[p1 * stride(a0, 0) + p2 * stride(a0, 1)] = 7 proven\n"));
}

TEST(Places, ThatAreUsedForMoreMayWrap) {
  const std::string body = printed_body(signature,
                                        "check a0 dimension 0: p1 within extent(a0, 0)\n"
                                        "a0[p1 * stride(a0, 0)] = i32(p1 * stride(a0, 0)) proven\n");
  EXPECT_NE(body.npos, body.find("wrapping_multiply(x1, a0_stride0)")) << body;
}

TEST(Places, ThatAreComputedBeforeTheirChecksMayWrap) {
  const std::string body = printed_body(signature,
                                        "if p3 {\n"
                                        "  check a0 dimension 0: p1 within extent(a0, 0)\n"
                                        "  check a0 dimension 1: p2 within extent(a0, 1)\n"
                                        "  a0[p1 * stride(a0, 0) + p2 * stride(a0, 1)] = 7 proven\n"
                                        "} else {\n"
                                        "  check a0 dimension 0: p1 within extent(a0, 0)\n"
                                        "  check a0 dimension 1: p2 within extent(a0, 1)\n"
                                        "  a0[p1 * stride(a0, 0) + p2 * stride(a0, 1)] = 8 proven\n"
                                        "}\n");
  const bool is_computed_before = body.find("stride0") < body.find("if (");
  EXPECT_EQ(is_computed_before, body.find("wrapping") != body.npos) << body;
}

TEST(Places, WithConstantsInThemKeepToTheRanges) {
  const std::string body = printed_body("inout i32[4, 6] strides [6, 1] a0, i64 p1, i64 p2) -> void",
                                        "check a0 dimension 0: p1 + 1 within 4\n"
                                        "check a0 dimension 1: p2 within 6\n"
                                        "a0[p1 * 6 + p2 + 6] = 7 proven\n");
  EXPECT_NE(body.npos, body.find("wrapping_multiply<int64_t>(x1, 6)")) << body;
}

}  // namespace
}  // namespace cogent::cpp
