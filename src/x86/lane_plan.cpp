// As many lanes as fill the narrowest vectors, but no more registers than a body of its length can use.
#include "x86/lane_plan.h"

#include <algorithm>

namespace cogent::x86 {
namespace {

constexpr int least_lanes = 4;
constexpr std::size_t short_body = 10, middle_body = 28;  // steps

bool accesses(const ir::LaneStep& step) {
  return step.kind == ir::LaneStep::Kind::Load || step.kind == ir::LaneStep::Kind::Store;
}

bool alternates(const ir::LaneLoop& loop, const ir::LaneStep& step) {
  return accesses(step) && loop.accesses[step.access].stride > 1;
}

bool is_masked(const ir::LaneLoop& loop, const ir::LaneStep& step) {
  return accesses(step) && loop.accesses[step.access].is_conditional;
}

// Bytes that alternate need permutations of bytes, which reach beyond 16 of them with VBMI alone.
int vector_size_for(const ir::LaneLoop& loop, const MachineProgram& machine) {
  if (machine.level != CpuLevel::Avx512) return 32;
  const bool permutes_bytes = std::ranges::any_of(
      loop.steps, [&](const ir::LaneStep& step) { return step.bytes == 1 && alternates(loop, step); });
  return permutes_bytes && !machine.has_byte_permutations ? 32 : 64;
}

// Whether lanes of 4 bytes may lie as instructions that unpack words leave them. That pays where words are paired.
bool may_interleave(const ir::LaneLoop& loop) {
  using Kind = ir::LaneStep::Kind;
  bool pairs = false;
  for (const ir::LaneStep& step : loop.steps) {
    if (step.kind == Kind::Constant || step.kind == Kind::Invariant) continue;
    if (step.kind == Kind::Reduce || step.kind == Kind::Dot || step.bytes == 8) return false;
    if (step.bytes == 4 && (accesses(step) || step.kind == Kind::Index)) return false;
    if (step.kind == Kind::Convert && step.bytes == 4 && loop.steps[step.a].bytes == 1) return false;
    pairs = pairs || step.kind == Kind::Pair;
  }
  return pairs;
}

// Null: all are there.
const char* lacking_instructions(const ir::LaneLoop& loop, const MachineProgram& machine) {
  for (const ir::LaneStep& step : loop.steps) {
    if (step.kind == ir::LaneStep::Kind::LookUp && !machine.has_byte_permutations) return "look up bytes";
    if (machine.level != CpuLevel::Avx512 && step.bytes < 4 && is_masked(loop, step))
      return "load or store some elements of so few bytes and leave out others";
  }
  return nullptr;
}

LanePlan plan_permutation(const ir::LaneLoop& loop, const MachineProgram& machine, std::uint64_t trips) {
  constexpr int registers = 4;
  const int bytes = loop.permutation.stride * loop.permutation.bytes;
  const bool permutes_whole = bytes <= 16 || loop.permutation.bytes > 1 || machine.has_byte_permutations;
  LanePlan plan;
  plan.vector_size = machine.level == CpuLevel::Avx512 && permutes_whole ? 64 : 32;
  const int least = std::max(plan.vector_size / bytes, 1);
  plan.lanes = registers * plan.vector_size / bytes;
  while (trips != 0 && static_cast<std::uint64_t>(plan.lanes) > trips && plan.lanes >= least) plan.lanes /= 2;
  return plan.lanes >= least ? plan : LanePlan{};
}

}  // namespace

LanePlan plan_lanes(const ir::LaneLoop& loop, const MachineProgram& machine, std::uint64_t trips) {
  if (machine.level == CpuLevel::Baseline) return {};
  if (loop.permutation.stride != 0) return plan_permutation(loop, machine, trips);
  if (const char* lacks = lacking_instructions(loop, machine); lacks != nullptr) return {.lacks = lacks};
  LanePlan plan;
  plan.vector_size = vector_size_for(loop, machine);
  int widest = 1, narrowest = 8;
  int least = least_lanes;  // what is summed up, alternates or is masked fills its registers
  std::size_t length = 0;
  for (const ir::LaneStep& step : loop.steps) {
    using Kind = ir::LaneStep::Kind;
    const bool fills = step.kind == Kind::Reduce || alternates(loop, step) || is_masked(loop, step);
    if (fills) least = std::max(least, 16 / (step.kind == Kind::Reduce ? loop.steps[step.a] : step).bytes);
    if (step.kind == Kind::Dot) least = std::max(least, plan.vector_size / 2);  // two registers, which overlap
    if (step.kind == Kind::Constant || step.kind == Kind::Invariant || step.kind == Kind::Reduce) continue;
    widest = std::max<int>(widest, step.bytes);
    narrowest = std::min<int>(narrowest, step.bytes);
    ++length;
  }
  plan.interleaves = may_interleave(loop);
  if (plan.interleaves) {
    widest = std::min(widest, 2);
    least = std::max(least, plan.vector_size / 2);
  }
  const int most_registers = length <= short_body ? 4 : length <= middle_body ? 2 : 1;
  plan.lanes = std::min(plan.vector_size / narrowest * (widest == narrowest ? most_registers : 1),
                        plan.vector_size / widest * std::max(most_registers, widest == narrowest ? 1 : 2));
  plan.lanes = std::max(plan.lanes, least);
  const auto shrink_to = [&](std::uint64_t most) {
    while (static_cast<std::uint64_t>(plan.lanes) > most && plan.lanes >= least) plan.lanes /= 2;
  };
  shrink_to(static_cast<std::uint64_t>(loop.most_lanes));
  if (trips != 0) shrink_to(trips);
  return plan.lanes >= least ? plan : LanePlan{};
}

std::string describe(const LanePlan& plan, const ir::LaneLoop& loop) {
  if (plan.lacks != nullptr)
    return std::string("the loop is not vectorised, because this CPU level has no instructions that ") + plan.lacks;
  if (plan.lanes == 0) return "the loop is not vectorised, because it runs too few times";
  std::string text = "the loop is vectorised: " + std::to_string(plan.lanes) + " iterations at once, in vectors of " +
                     std::to_string(plan.vector_size) + " bytes";
  if (loop.permutation.stride != 0) text += "; elements that are copied in another order are permuted";
  if (!loop.groups.empty()) text += "; elements that alternate in memory are sorted by permutations";
  const bool multiplies =
      std::ranges::any_of(loop.steps, [](const auto& step) { return step.kind == ir::LaneStep::Kind::Dot; });
  if (multiplies) text += "; weighted sums of bytes are dot products";
  if (plan.interleaves) text += "; words are multiplied in pairs";
  const bool looks_up = std::ranges::any_of(loop.accesses, [](const auto& access) { return access.table != 0; });
  if (looks_up) text += "; tables of bytes are held in registers";
  const bool masks = std::ranges::any_of(loop.accesses, [](const auto& access) { return access.is_conditional; });
  if (masks) text += "; masks say which elements a condition lets it access";
  return text;
}

}  // namespace cogent::x86
