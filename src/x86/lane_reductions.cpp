// Sums, minimums and the like: accumulators beside the loop, one for each register of what is gathered, and behind it
// the lanes of them all joined into one.
#include <algorithm>
#include <bit>

#include "x86/lanes.h"

namespace cogent::x86 {

using ir::Op;
using ir::Type;
using Kind = ir::LaneStep::Kind;

namespace {

constexpr std::uint8_t sixteen = 16;

std::uint64_t neutral_of(const ir::LaneStep& step) {
  switch (step.op) {
    case Op::And:
      return ~std::uint64_t{0};
    case Op::Minimum:
      return static_cast<std::uint64_t>(ir::highest_of(step.type));
    case Op::Maximum:
      return static_cast<std::uint64_t>(ir::lowest_of(step.type));
    default:
      return 0;
  }
}

// How accumulators are joined.
ir::LaneStep joining(const ir::LaneStep& step) {
  ir::LaneStep result = step;
  if (step.op == Op::Multiply) result.op = Op::Add;
  return result;
}

Type number_of_lane(int bytes) {
  return bytes == 1 ? Type::U8 : bytes == 2 ? Type::U16 : bytes == 4 ? Type::U32 : Type::U64;
}

}  // namespace

bool LaneBody::has_sums() const {
  for (const Step& each : loop_->steps)
    if (each.is_sum()) return true;
  return false;
}

// Accumulators are added to as a whole, or not at all.
bool LaneBody::may_have(int lanes) const {
  if (halves_ || plan_.interleaves || !loop_->groups.empty()) return false;
  if (std::ranges::any_of(beyond_, [](int lanes_behind) { return lanes_behind != 0; })) return false;
  for (const Step& each : loop_->steps) {
    if (each.kind == Kind::Dot || each.kind == Kind::LookUp) return false;
    if (each.kind == Kind::Reduce && lanes * step(each.a).bytes < plan_.vector_size) return false;
  }
  return true;
}

void LaneBody::begin_reduction(std::uint32_t number) {
  const Step& made = step(number);
  step_accumulators_[number] = static_cast<std::uint32_t>(accumulators_.size());
  const std::uint8_t size = size_of(made.a);
  const std::uint64_t neutral = neutral_of(made);
  for (std::size_t i = 0; i < count_of(made.a); ++i)
    accumulators_.push_back(neutral == 0
                                ? machine_->vector_zero(size)
                                : machine_->vector_unary(Opcode::VectorMove, size, pool_constant(neutral, made.bytes)));
}

// gathered = gathered op a
void LaneBody::gather(const Step& made, std::uint8_t size, VirtualRegister gathered, VirtualRegister a) {
  integer_operation(made, size, gathered, a);
  machine_->instructions.back().d = gathered;
}

// 0 in the lanes that were done before.
VirtualRegister LaneBody::without_repeated(const Step& value, std::size_t i, VirtualRegister a) {
  const auto size = static_cast<std::uint8_t>(plan_.register_size(value.bytes));
  const VirtualRegister lanes = count_upward(value.bytes, i);
  VirtualRegister& first = first_lanes_[std::countr_zero(value.bytes)];
  if (first == none) first = broadcast(first_lane_, value.bytes, size);
  const Step comparison{
      .kind = Kind::Compute, .op = Op::LessEqual, .type = number_of_lane(value.bytes), .bytes = value.bytes};
  return machine_->vector(Opcode::Vpand, size, a, compare_integers(comparison, size, first, lanes));
}

void LaneBody::reduce(std::uint32_t number) {
  const Step& made = step(number);
  const Step& value = step(made.a);
  const std::uint8_t size = size_of(made.a);
  const Registers gathered = accumulators(number), values = registers(made.a);
  for (std::size_t i = 0; i < values.size(); ++i) {
    VirtualRegister a = values[i], b = none;
    if (first_lane_ != none && made.is_sum()) a = without_repeated(value, i, a);
    if (made.op == Op::Multiply) b = registers(made.b)[i];
    if (made.op == Op::Add && value.bytes == 2 && made.bytes == 4) b = pool_constant(1, 2);
    if (b != none && has_avx512()) {
      machine_->vector_into(gathered[i], Opcode::Vpdpwssd, size, a, b);
      continue;
    }
    if (b != none) a = machine_->vector(Opcode::Vpmaddwd, size, a, b);
    if (made.op == Op::Add && value.bytes == 1 && made.bytes == 8)
      a = machine_->vector(Opcode::Vpsadbw, size, a, pool_constant(0, 8));
    gather(joining(made), size, gathered[i], a);
  }
}

VirtualRegister LaneBody::finish_reduction(std::uint32_t number) {
  const Step join = joining(step(number));
  const Registers gathered = accumulators(number);
  const VirtualRegister all = gathered[0];
  std::uint8_t size = size_of(step(number).a);
  for (std::size_t i = 1; i < gathered.size(); ++i) gather(join, size, all, gathered[i]);
  for (; size > sixteen; size = static_cast<std::uint8_t>(size / 2)) {
    const Opcode upper = size == 64 ? Opcode::Vextracti256 : Opcode::Vextracti128;
    const auto half = static_cast<std::uint8_t>(size / 2);
    gather(join, half, all, machine_->vector_part(upper, size, all, 1));
  }
  for (std::uint8_t distance = 8; distance >= join.bytes; distance = static_cast<std::uint8_t>(distance / 2))
    gather(join, sixteen, all, machine_->vector_unary(Opcode::Vpsrldq, sixteen, all, distance));
  if (join.bytes == 8) return machine_->vector_part(Opcode::VmovqToGeneral, sixteen, all);
  const VirtualRegister low = machine_->vector_part(Opcode::VmovdToGeneral, sixteen, all);
  return machine_->unary(ir::is_signed(join.type) ? Opcode::SignExtend : Opcode::ZeroExtend, join.bytes, low);
}

}  // namespace cogent::x86
