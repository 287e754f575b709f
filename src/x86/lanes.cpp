// Constants, invariants, loads and stores; and the walk over the steps.
#include "x86/lanes.h"

#include <algorithm>
#include <cstring>

namespace cogent::x86 {

using ir::Op;
using ir::Type;
using Kind = ir::LaneStep::Kind;

namespace {

constexpr bool is_shift(Op op) { return op == Op::ShiftLeft || op == Op::ShiftRight; }

}  // namespace

void LaneBody::start_program(MachineProgram& machine, std::vector<Instruction>& constants) {
  machine_ = &machine;
  constants_ = &constants;
  pool_constants_.clear();
  vector_constants_.clear();
}

void LaneBody::start(const ir::LaneLoop& loop, const LanePlan& plan) {
  loop_ = &loop;
  plan_ = plan;
  iotas_.clear();
  count_uses();
  first_.clear();
  std::uint32_t total = 0;
  for (const Step& step : loop.steps) {
    first_.push_back(total);
    total += static_cast<std::uint32_t>(plan.registers_of(step.bytes)) + (beyond_[first_.size() - 1] != 0 ? 1 : 0);
  }
  registers_.assign(total, none);
  step_accumulators_.assign(loop.steps.size(), 0);
  accumulators_.clear();
  step_tables_.assign(loop.steps.size(), 0);
  tables_.clear();
  start_groups();
  takes_twos_ = may_take_twos();
  if (takes_twos_) keeps_registers_ = false;  // words of twos are in the order of the lanes
  halves_ = !takes_twos_ && may_halve();
}

void LaneBody::use(std::uint32_t operand, std::uint32_t user) {
  if (uses_[operand]++ == 0) last_user_[operand] = user;
}

bool LaneBody::is_needed(std::uint32_t number) const {
  return uses_[number] != 0 || step(number).kind == Kind::Store || step(number).kind == Kind::Reduce;
}

void LaneBody::count_uses() {
  stores_.clear();
  for (std::uint32_t i = 0; i < loop_->steps.size(); ++i)
    if (step(i).kind == Kind::Store) stores_.push_back(i);
  shifts_.assign(loop_->steps.size(), {});
  beyond_.assign(loop_->steps.size(), 0);
  count_uses(false);
  if (!find_shapes()) return;
  weigh_block();
  count_uses(true);
}

// Users come behind what they use.
void LaneBody::count_uses(bool with_shifts) {
  uses_.assign(loop_->steps.size(), 0);
  dots_.assign(loop_->steps.size(), 0);
  halved_.assign(loop_->steps.size(), 0);
  last_user_.assign(loop_->steps.size(), 0);
  if (!with_shifts) widened_.assign(loop_->steps.size(), false);
  for (auto i = static_cast<std::uint32_t>(loop_->steps.size()); i-- > 0;)
    if (is_needed(i) && !(with_shifts && find_shift(i))) use_operands(i);
}

void LaneBody::use_operands(std::uint32_t i) {
  const Step& user = step(i);
  if (user.kind != Kind::Compute && user.kind >= Kind::LookUp) widened_[user.a] = true;
  if (user.kind >= Kind::LookUp && user.kind <= Kind::Reduce) use(user.a, i);
  if ((user.kind == Kind::Load || user.kind == Kind::Store) && is_conditional(user)) use(user.c, i);
  if ((user.kind == Kind::Reduce && user.op == Op::Multiply) || user.kind == Kind::Dot) use(user.b, i);
  if (user.kind == Kind::Dot) ++dots_[user.a];
  if (user.kind == Kind::Convert && user.bytes == 2 && step(user.a).bytes == 1) ++halved_[user.a];
  if (user.kind == Kind::Pair || user.kind == Kind::PairDot) use(user.b, i);
  if (user.kind == Kind::PairDot && !is_constant(user.c, 0)) use(user.c, i);
  if (user.kind != Kind::Compute) return;
  use(user.a, i);
  const bool is_binary = ir::is_binary(user.op) || user.op == Op::Select || user.op == Op::FusedMultiplyAdd;
  const bool is_known =
      (is_shift(user.op) && step(user.b).kind == Kind::Constant) || (user.op == Op::Divide && !ir::is_float(user.type));
  if (is_binary && !is_known) use(user.b, i);
  if (beyond_[i] != 0)
    for (const std::uint32_t operand : {user.a, user.b}) beyond_[operand] = std::max(beyond_[operand], beyond_[i]);
  if (user.op == Op::Select || user.op == Op::FusedMultiplyAdd) use(user.c, i);
}

// ---- what is there before the loop

VirtualRegister LaneBody::begin_with(VirtualRegister constant) {
  constants_->push_back(machine_->instructions.back());
  constants_->back().line = machine_->instructions.front().line;
  machine_->instructions.pop_back();
  return constant;
}

VirtualRegister LaneBody::pool_constant(std::uint64_t value, int bytes) {
  for (const PoolConstant& known : pool_constants_)
    if (known.value == value && known.bytes == bytes) return known.reg;
  const VirtualRegister reg = begin_with(machine_->broadcast_constant(value, static_cast<std::uint8_t>(bytes)));
  pool_constants_.push_back({value, bytes, reg});
  return reg;
}

// The numbers of the lanes in register `number` of those for lanes of so many bytes.
VirtualRegister LaneBody::count_upward(int bytes, std::size_t number) {
  std::uint8_t lanes[64] = {};
  const auto size = static_cast<std::size_t>(bytes), vector_size = static_cast<std::size_t>(plan_.vector_size);
  const bool alternate = halves_ && bytes == 2;
  const std::size_t first = alternate ? number / 2 * vector_size + number % 2 : number * vector_size / size;
  for (std::size_t i = 0; i * size < sizeof lanes; ++i) {
    const std::uint64_t lane = first + (alternate ? 2 * i : i);
    std::memcpy(lanes + i * size, &lane, size);
  }
  return begin_with(machine_->vector_constant(lanes, static_cast<std::uint8_t>(plan_.vector_size)));
}

VirtualRegister LaneBody::broadcast(VirtualRegister value, int bytes, int size) {
  const auto vector_size = static_cast<std::uint8_t>(size);
  if (machine_->registers[value] == RegisterClass::General)
    value = machine_->vector_unary(bytes == 8 ? Opcode::VmovqFromGeneral : Opcode::VmovdFromGeneral, 16, value);
  const Opcode opcode = bytes == 1   ? Opcode::Vpbroadcastb
                        : bytes == 2 ? Opcode::Vpbroadcastw
                        : bytes == 4 ? Opcode::Vpbroadcastd
                                     : Opcode::Vpbroadcastq;
  return machine_->vector_unary(opcode, vector_size, value);
}

void LaneBody::invariant(std::uint32_t number, const LaneSurroundings& surroundings) {
  VirtualRegister value = surroundings.invariants[number];
  const Step& made = step(number);
  if (made.type == Type::Bool) {
    if (made.bytes == 8) value = machine_->unary(Opcode::ZeroExtend, 4, value);
    value = machine_->unary(Opcode::Negate, made.bytes == 8 ? 8 : 4, value);
  }
  const VirtualRegister all = broadcast(value, made.bytes, size_of(number));
  std::ranges::fill(all_registers(number), all);
}

// The index in each lane of the block of iteration 0.
void LaneBody::first_indexes(std::uint32_t number, VirtualRegister first_index) {
  const Step& made = step(number);
  const std::uint8_t size = size_of(number);
  const VirtualRegister first = broadcast(first_index, made.bytes, size);
  const Step sum{.kind = Kind::Compute, .op = Op::Add, .type = made.type, .bytes = made.bytes};
  for (std::size_t i = 0; i < count_of(number); ++i) {
    const VirtualRegister iota = count_upward(made.bytes, i);
    iotas_.push_back(integer_operation(sum, size, first, iota));
  }
}

void LaneBody::write_invariants(const LaneSurroundings& surroundings) {
  for (std::uint32_t i = 0; i < loop_->steps.size(); ++i) {
    const Step& made = step(i);
    if (made.kind == Kind::Reduce) begin_reduction(i);
    if (uses_[i] == 0) continue;
    if (made.kind == Kind::Invariant) invariant(i, surroundings);
    if (made.kind == Kind::LookUp) begin_look_up(i, surroundings);
    if (made.kind == Kind::Index) first_indexes(i, surroundings.first_index);
    if (made.kind != Kind::Constant) continue;
    const auto value = static_cast<std::uint64_t>(made.type == Type::Bool ? -made.value : made.value);
    std::ranges::fill(all_registers(i), pool_constant(value, made.bytes));
  }
}

// ---- the block

void LaneBody::write_block(const LaneSurroundings& surroundings, VirtualRegister first_lane) {
  surroundings_ = &surroundings;
  first_lane_ = first_lane;
  std::ranges::fill(first_lanes_, none);
  if (loop_->permutation.stride != 0) return permute_block();
  begin_groups();
  known_quads_.clear();
  quads_.clear();
  known_halves_.clear();
  known_next_.clear();
  for (std::uint32_t i = 0; i < loop_->steps.size(); ++i)
    if (step(i).kind >= Kind::Index) std::ranges::fill(registers(i), none);
  for (std::uint32_t i = 0; i < loop_->steps.size(); ++i) {
    machine_->line = step(i).line;
    switch (step(i).kind) {
      case Kind::Constant:
      case Kind::Invariant:
        break;
      case Kind::Index:
        index(i);
        break;
      case Kind::Load:
        load(i);
        break;
      case Kind::LookUp:
        look_up(i);
        break;
      case Kind::Store:
        store(step(i));
        break;
      case Kind::Convert:
        convert(i);
        break;
      case Kind::Dot:
        dot(i);
        break;
      case Kind::Pair:
        pair(i);
        break;
      case Kind::PairDot:
        pair_dot(i);
        break;
      case Kind::Reduce:
        reduce(i);
        break;
      case Kind::Compute:
        compute(i);
        break;
    }
  }
}

void LaneBody::index(std::uint32_t number) {
  const Step& made = step(number);
  const std::uint8_t size = size_of(number);
  const VirtualRegister iteration = broadcast(surroundings_->iteration, made.bytes, size);
  const Step sum{.kind = Kind::Compute, .op = Op::Add, .type = made.type, .bytes = made.bytes};
  const Registers results = registers(number);
  for (std::size_t i = 0; i < results.size(); ++i) results[i] = integer_operation(sum, size, iotas_[i], iteration);
}

Address LaneBody::address_of(const Step& access, int offset) const {
  Address address = surroundings_->accesses[access.access];
  address.index = surroundings_->iteration;
  address.scale = access.bytes;
  address.displacement += offset;
  return address;
}

// One that is only widened is read where that is done.
void LaneBody::load(std::uint32_t number) {
  if (uses_[number] == 0) return;
  if (shifts_[number].base != none) return shift_lanes(number);
  const Step& made = step(number);
  if (dots_[number] != 0) load_quads(number);
  if (dots_[number] == uses_[number]) return;
  if (takes_twos_ && made.bytes == 1) return;
  if (alternates(made)) return load_from_group(number);
  if (is_conditional(made)) return load_masked(number);
  if (halves_ && halved_[number] == uses_[number] && !may_change(number, number, last_user_[number])) return;
  if (!halves_ && uses_[number] == 1 && widen_from_memory(last_user_[number])) return;
  const int used = plan_.lanes * made.bytes;
  const Opcode opcode = used >= 16 ? Opcode::Vmovdqu : used == 8 ? Opcode::Vmovq : Opcode::Vmovd;
  const Registers results = registers(number);
  for (std::size_t i = 0; i < results.size(); ++i)
    results[i] =
        machine_->vector_load(opcode, size_of(number), address_of(made, static_cast<int>(i) * plan_.vector_size));
  if (beyond_[number] != 0) load_beyond(number);
}

void LaneBody::store(const Step& stored) {
  if (alternates(stored)) return store_to_group(stored);
  if (is_conditional(stored)) return store_masked(stored);
  const int used = plan_.lanes * stored.bytes;
  const Opcode opcode = used >= 16 ? Opcode::VmovdquStore : used == 8 ? Opcode::VmovqStore : Opcode::VmovdStore;
  const Registers values = registers(stored.a);
  for (std::size_t i = 0; i < values.size(); ++i)
    machine_->vector_store(opcode, size_of(stored.a), address_of(stored, static_cast<int>(i) * plan_.vector_size),
                           values[i]);
}

}  // namespace cogent::x86
