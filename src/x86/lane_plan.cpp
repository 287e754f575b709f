// As many lanes as fill the narrowest vectors, but no more registers than a body of its length can use.
#include "x86/lane_plan.h"

#include <algorithm>

namespace cogent::x86 {
namespace {

constexpr int least_lanes = 4;
constexpr std::size_t short_body = 10, middle_body = 28;  // steps

}  // namespace

LanePlan plan_lanes(const ir::LaneLoop& loop, CpuLevel level, std::uint64_t trips) {
  if (level == CpuLevel::Baseline) return {};
  int widest = 1, narrowest = 8;
  std::size_t length = 0;
  for (const ir::LaneStep& step : loop.steps) {
    using Kind = ir::LaneStep::Kind;
    if (step.kind == Kind::Constant || step.kind == Kind::Invariant || step.kind == Kind::Reduce) continue;
    widest = std::max<int>(widest, step.bytes);
    narrowest = std::min<int>(narrowest, step.bytes);
    ++length;
  }
  LanePlan plan;
  plan.vector_size = level == CpuLevel::Avx512 ? 64 : 32;
  const int most_registers = length <= short_body ? 4 : length <= middle_body ? 2 : 1;
  plan.lanes = std::min(plan.vector_size / narrowest * (widest == narrowest ? most_registers : 1),
                        plan.vector_size / widest * std::max(most_registers, widest == narrowest ? 1 : 2));
  const auto shrink_to = [&](std::uint64_t most) {
    while (static_cast<std::uint64_t>(plan.lanes) > most && plan.lanes >= least_lanes) plan.lanes /= 2;
  };
  shrink_to(static_cast<std::uint64_t>(loop.most_lanes));
  if (trips != 0) shrink_to(trips);
  for (const ir::LaneStep& step : loop.steps)  // what is summed up fills its registers
    if (step.kind == ir::LaneStep::Kind::Reduce && plan.lanes * loop.steps[step.a].bytes < 16) return {};
  return plan.lanes >= least_lanes ? plan : LanePlan{};
}

std::string describe(const LanePlan& plan) {
  if (plan.lanes == 0) return "the loop is not vectorised, because it runs too few times";
  return "the loop is vectorised: " + std::to_string(plan.lanes) + " iterations at once, in vectors of " +
         std::to_string(plan.vector_size) + " bytes";
}

}  // namespace cogent::x86
