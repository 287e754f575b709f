// Counted loops. The index register runs from `first` by `step`; the loop goes on while it differs from the limit
//   limit = first + rounds * step   (modulo 2^w, w the bits of the operation, 32 or 64)
// which is computed once, before the loop, so that nothing can overflow into another round: after k < rounds rounds the
// index differs from the limit, because (rounds - k) * step is positive and less than 2^w in magnitude. For a step of 1
// or -1 the limit is `last`.
#include "ir/semantics.h"
#include "x86/scalar.h"

namespace cogent::x86 {

using ir::Statement;
using ir::Type;

namespace {

Condition past(Type type, bool down) {  // first is at or behind last
  if (down) return Condition::LessEqual;
  return ir::is_signed(type) ? Condition::GreaterEqual : Condition::AboveEqual;
}

}  // namespace

void ScalarLowering::open_for(Id id) {
  const Statement& loop = program_->statements[id];
  if (!writes_parts_ && is_done_in_parts(loop)) return call_parts(id);
  const Type index_type = type(loop.a);
  const Label done = machine_->new_label();
  const VirtualRegister index = machine_->new_general();
  Operand limit;
  if (program_->is_constant(loop.d)) {
    const std::int64_t step = program_->value(loop.d);
    const bool down = ir::is_signed(index_type) && step < 0;
    if (step == 0)
      fault_unless({Condition::NotEqual, 4, machine_->immediate(0), Operand::of_immediate(0)}, ir::FaultKind::ZeroStep,
                   id);
    skip_if_empty(loop, down, done);
    const bool by_one = step == 1 || (down && step == -1);
    if (by_one)
      limit = operand(loop.c);
    else if (step != 0 && program_->is_constant(loop.b) && program_->is_constant(loop.c))
      limit = known_limit(loop);
    else
      limit = Operand::of(down ? limit_downward(loop) : limit_upward(loop));
  } else {
    limit = Operand::of(machine_->new_general());
    limit_by_sign(loop, id, done, limit.reg);
  }
  if (program_->is_constant(loop.b))
    machine_->immediate_into(index, program_->value(loop.b));
  else
    machine_->move_into(index, registers_[loop.b]);
  registers_[loop.a] = index;
  if (!lanes_.empty() && write_lanes(id, index, limit, done)) return;
  exits_[loop.body] = done;
  nexts_[loop.body] = machine_->new_label();
  const Label head = machine_->begin_loop();
  open(id, loop.body);
  scopes_.back().head = head;
  scopes_.back().limit = limit;
}

void ScalarLowering::close_for(const Scope& scope) {
  const Statement& loop = program_->statements[scope.owner];
  const std::uint8_t size = operation_size(type(loop.a));
  const VirtualRegister index = registers_[loop.a];
  machine_->place(nexts_[scope.region]);
  machine_->binary_into(index, Opcode::Add, size, index, operand(loop.d));
  machine_->jump_if(Condition::NotEqual, size, index, scope.limit, scope.head);
  end_loop(scope, true);
}

void ScalarLowering::skip_if_empty(const Statement& loop, bool down, Label done) {
  const Type index_type = type(loop.a);
  if (program_->is_constant(loop.b) && program_->is_constant(loop.c)) {
    const std::int64_t step = down ? -1 : 1;
    if (ir::trip_count(index_type, program_->value(loop.b), program_->value(loop.c), step) == 0) machine_->jump(done);
    return;
  }
  machine_->jump_if(past(index_type, down), operation_size(index_type), value(loop.b), operand(loop.c), done);
}

// Of a loop whose bounds and step are constants.
Operand ScalarLowering::known_limit(const Statement& loop) {
  const std::int64_t first = program_->value(loop.b), step = program_->value(loop.d);
  const std::uint64_t trips = ir::trip_count(type(loop.a), first, program_->value(loop.c), step);
  const auto limit =
      static_cast<std::int64_t>(static_cast<std::uint64_t>(first) + trips * static_cast<std::uint64_t>(step));
  if (operation_size(type(loop.a)) == 4 || limit == static_cast<std::int32_t>(limit))
    return Operand::of_immediate(static_cast<std::int32_t>(limit));
  return Operand::of(machine_->immediate(limit));
}

// (distance - 1) / stride + 1, both unsigned and not 0
VirtualRegister ScalarLowering::rounds(Type index_type, VirtualRegister distance, Operand stride) {
  const std::uint8_t size = operation_size(index_type);
  const VirtualRegister before_last = operate(Opcode::Subtract, size, distance, 1);
  return operate(Opcode::Add, size, operate(Opcode::DivideUnsigned, size, before_last, stride), 1);
}

VirtualRegister ScalarLowering::limit_upward(const Statement& loop) {
  const std::uint8_t size = operation_size(type(loop.a));
  const VirtualRegister first = value(loop.b);
  const VirtualRegister distance = operate(Opcode::Subtract, size, value(loop.c), Operand::of(first));
  const VirtualRegister step = value(loop.d);
  const VirtualRegister count = rounds(type(loop.a), distance, Operand::of(step));
  return operate(Opcode::Add, size, operate(Opcode::Multiply, size, count, step), first);
}

VirtualRegister ScalarLowering::limit_downward(const Statement& loop) {
  const std::uint8_t size = operation_size(type(loop.a));
  const VirtualRegister first = value(loop.b);
  const VirtualRegister distance = operate(Opcode::Subtract, size, first, operand(loop.c));
  const VirtualRegister stride = machine_->unary(Opcode::Negate, size, value(loop.d));
  const VirtualRegister count = rounds(type(loop.a), distance, Operand::of(stride));
  return operate(Opcode::Subtract, size, first, operate(Opcode::Multiply, size, count, stride));
}

// The step is known only at run time: it may be 0, and its sign says which way to go.
void ScalarLowering::limit_by_sign(const Statement& loop, Id id, Label done, VirtualRegister limit) {
  const Type index_type = type(loop.a);
  const std::uint8_t size = operation_size(index_type);
  const VirtualRegister step = value(loop.d);
  fault_unless({Condition::NotEqual, size, step, Operand::of_immediate(0)}, ir::FaultKind::ZeroStep, id);
  const Label ready = machine_->new_label();
  if (ir::is_signed(index_type)) {
    const Label upward = machine_->new_label();
    machine_->jump_if(Condition::Greater, size, step, Operand::of_immediate(0), upward);
    skip_if_empty(loop, true, done);
    machine_->move_into(limit, limit_downward(loop));
    machine_->jump(ready);
    machine_->place(upward);
  }
  skip_if_empty(loop, false, done);
  machine_->move_into(limit, limit_upward(loop));
  machine_->place(ready);
}

}  // namespace cogent::x86
