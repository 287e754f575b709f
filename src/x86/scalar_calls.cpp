// Calls. Arguments go to a block of slots in the frame, in the layout of the entry convention, whose address the callee
// gets. All callees but the program itself are called through their thunk.
#include <algorithm>
#include <iterator>

#include "x86/scalar.h"

namespace cogent::x86 {

using ir::Callee;
using ir::CalleeKind;
using ir::Statement;

void ScalarLowering::prepare_passed_arrays(const Statement& call) {
  const Callee& callee = program_->callees[call.b];
  for (std::size_t i = 0; i < call.d; ++i)
    if (callee.arguments[i].is_array) prepare_array(program_->arguments(call)[i], callee.arguments[i].passes_size);
}

// One block serves all calls, because each is over before the next one writes its arguments.
void ScalarLowering::prepare_calls() {
  std::uint32_t slots = 0;
  for (const Callee& callee : program_->callees) slots = std::max(slots, callee.slot_count());
  call_block_ = machine_->local(8 * slots);
}

bool ScalarLowering::calls_itself() const {
  return std::ranges::any_of(program_->callees,
                             [](const Callee& callee) { return callee.kind == CalleeKind::Recurse; });
}

void ScalarLowering::call(Id id) {
  const Statement& statement = program_->statements[id];
  const Callee& callee = program_->callees[statement.b];
  const VirtualRegister block = machine_->local_address(call_block_);
  std::int64_t offset = 8;
  for (std::size_t i = 0; i < statement.d; ++i) {
    const Id argument = program_->arguments(statement)[i];
    const bool is_array = callee.arguments[i].is_array;
    const Address slot{block, none, offset, 1};
    if (is_array)
      machine_->store(8, slot, bases_[argument]);
    else
      store_in_slot(slot, argument);
    offset += 8;
    if (!callee.arguments[i].passes_size) continue;
    const Operand& size = sizes_[argument];
    machine_->store(8, {block, none, offset, 1}, size.reg != none ? size.reg : machine_->immediate(size.immediate));
    offset += 8;
  }
  const VirtualRegister status = machine_->new_general();
  if (callee.kind == CalleeKind::Recurse)
    call_self(id, block, status);
  else
    call_thunk(callee, block, status);
  machine_->return_if_failed(status);
  if (statement.a == ir::none || placement_.uses(statement.a) == 0) return;
  const Address result{machine_->local_address(call_block_), none, 0, 1};
  const ir::Type result_type = type(statement.a);
  registers_[statement.a] =
      ir::is_float(result_type)
          ? machine_->vector_load(result_type == ir::Type::F32 ? Opcode::Vmovss : Opcode::Vmovsd, 16, result)
          : machine_->load(8, false, result);
}

void ScalarLowering::call_thunk(const Callee& callee, VirtualRegister block, VirtualRegister status) {
  if (callee.thunk == nullptr)
    throw std::logic_error("nothing is known of the callee " + callee.name + " but its name");
  const VirtualRegister data =
      machine_->immediate(static_cast<std::int64_t>(reinterpret_cast<std::uintptr_t>(callee.data.get())));
  if (calls_itself())  // the activations of this program are calls within each other, too
    machine_->store(8, {machine_->context(), none, offsetof(ir::RunState, calls_left), 1}, machine_->calls_left());
  const VirtualRegister arguments[] = {data, block, machine_->context()};
  machine_->call(reinterpret_cast<std::uintptr_t>(callee.thunk), arguments, std::size(arguments), status,
                 callee.kind == CalleeKind::Print ? "print" : callee.name.c_str());
}

// How many calls are left stays in the frame, so that an activation that calls nothing has one register less to save.
void ScalarLowering::call_self(Id statement, VirtualRegister block, VirtualRegister status) {
  const VirtualRegister now = machine_->calls_left();
  fault_unless({Condition::Greater, 8, now, Operand::of_immediate(0)}, ir::FaultKind::Depth, statement);
  const VirtualRegister left = operate(Opcode::Subtract, 8, now, 1);
  const VirtualRegister arguments[] = {block, machine_->error_record(), machine_->context(), left};
  machine_->call_self(arguments, std::size(arguments), status);
}

}  // namespace cogent::x86
