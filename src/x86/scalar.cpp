// Statements: the walk over nested regions, with a stack of its own, so that nesting may be as deep as memory allows.
#include "x86/scalar.h"

namespace cogent::x86 {

using ir::Do;
using ir::Op;
using ir::Statement;
using ir::Type;

void ScalarLowering::run(const ir::Program& program, MachineProgram& machine, std::span<const ir::LaneLoop> lanes,
                         RunParts run_parts) {
  program_ = &program;
  machine_ = &machine;
  run_parts_ = run_parts;
  find_lane_plans(lanes);
  placement_.run(program, true);
  find_wants();
  prepare();
  open(ir::none, 0);
  write_statements();
  write_parts();
  write_constants();
  instruction_fusion_.run(machine);
  address_hoisting_.run(machine);
  coalescing_.run(machine);
  return_sinking_.run(machine);
  loop_rotation_.run(machine);
}

// Tables, and the addresses and sizes of the arrays that are accessed.
void ScalarLowering::prepare() {
  registers_.assign(program_->nodes.size(), none);
  variables_.assign(program_->variables.size(), none);
  bases_.assign(program_->arrays.size(), none);
  sizes_.assign(program_->arrays.size(), Operand{});
  exits_.assign(program_->regions.size(), none);
  nexts_.assign(program_->regions.size(), none);
  entries_.assign(program_->regions.size(), none);
  scopes_.clear();
  deferred_.clear();
  pool_entries_.clear();
  constants_.clear();
  arguments_ = machine_->arguments();
  lay_out_scratch();
  prepare_accesses();
  prepare_parts();
}

void ScalarLowering::prepare_accesses() {
  for (const Statement& statement : program_->statements) {
    const bool is_checked = ir::needs_check(statement);
    if (statement.what == Do::Store) prepare_array(statement.a, is_checked);
    if (statement.what == Do::Let && node(statement.a).op == Op::Load) prepare_array(node(statement.a).a, is_checked);
    if (statement.what == Do::Call) prepare_passed_arrays(statement);
  }
  if (!program_->callees.empty()) prepare_calls();
}

void ScalarLowering::prepare_array(Id id, bool needs_size) {
  const ir::Array& array = program_->arrays[id];
  if (bases_[id] == none) bases_[id] = address_of(id);
  if (!needs_size || sizes_[id].reg != none) return;
  if (array.size == ir::dynamic_size)
    sizes_[id] = Operand::of(machine_->load_argument(arguments_, program_->parameters[array.parameter].slot + 1u));
  else if (array.size == static_cast<std::int32_t>(array.size))
    sizes_[id] = Operand::of_immediate(static_cast<std::int32_t>(array.size));
  else
    sizes_[id] = Operand::of(machine_->immediate(array.size));
}

// Of the memory that the array's elements lie in, without the offset of a field.
VirtualRegister ScalarLowering::address_of(Id id) {
  const Id memory = program_->memory_of(id);
  if (bases_[memory] != none) return bases_[memory];
  const ir::Array& array = program_->arrays[memory];
  const auto bytes = static_cast<std::size_t>(array.size * array.step());
  switch (array.storage) {
    case ir::Storage::Argument:
      return bases_[memory] = machine_->load_argument(arguments_, program_->parameters[array.parameter].slot);
    case ir::Storage::Table: {
      const std::uint8_t* first = program_->table_bytes.data() + array.first_byte;
      return bases_[memory] = machine_->pool_address(machine_->add_to_pool(first, bytes, 16));
    }
    case ir::Storage::Scratch:
      break;
  }
  return bases_[memory] = run_memory_ == none
                              ? machine_->local_address(frame_memory_ + static_cast<std::int32_t>(scratch_[memory]))
                              : machine_->lea({run_memory_, none, scratch_[memory], 1});
}

void ScalarLowering::write_statements() {
  while (!scopes_.empty()) {
    const Id statement = scopes_.back().next;
    if (statement == ir::none) {
      close();
      continue;
    }
    scopes_.back().next = program_->statements[statement].next;
    compute_before(statement);
    at_line(program_->statements[statement].line);
    write(statement);
  }
}

void ScalarLowering::compute_before(Id statement) {
  for (const Id id : placement_.before(statement)) {
    at_line(node(id).line);
    compute(id);
  }
}

void ScalarLowering::write(Id id) {
  const Statement& statement = program_->statements[id];
  switch (statement.what) {
    case Do::Let:
      return let(id);
    case Do::Set:
      return set(statement);
    case Do::Store:
      return store(id);
    case Do::Check:
      return check(id);
    case Do::For:
      return open_for(id);
    case Do::Loop:
      return open_loop(id);
    case Do::Block:
      return open_block(id);
    case Do::If:
      return open_if(id);
    case Do::Break:
      return machine_->jump(exits_[statement.a]);
    case Do::Continue:
      return machine_->jump(nexts_[statement.a]);
    case Do::Return:
      return return_value(statement.a);
    case Do::Require:
      return fault_unless(test(statement.a), ir::FaultKind::Requirement, id);
    case Do::Cases:
      return open_cases(id);
    case Do::States:
      return open_states(id);
    case Do::Go:
      return go(statement);
    case Do::Call:
      return call(id);
    case Do::Comment:
      return;
  }
}

void ScalarLowering::let(Id id) {
  const Id made = program_->statements[id].a;
  const Op op = node(made).op;
  if (op == Op::Load) return load(id);
  if (op == Op::Get) {
    if (placement_.uses(made) != 0) registers_[made] = machine_->move(variables_[node(made).a]);
    return;
  }
  const Id divisor = node(made).b;
  if (!program_->is_constant(divisor) || program_->value(divisor) == 0) {
    const std::uint8_t size = operation_size(type(divisor));
    fault_unless({Condition::NotEqual, size, value(divisor), Operand::of_immediate(0)}, ir::FaultKind::DivisionByZero,
                 id);
    if (program_->is_constant(divisor)) {  // has faulted: the value is never used
      registers_[made] = machine_->immediate(0);
      return;
    }
  }
  if (placement_.uses(made) != 0) registers_[made] = divide(made);
}

void ScalarLowering::set(const Statement& statement) {
  if (program_->is_dead(statement)) return;
  VirtualRegister& variable = variables_[statement.a];
  if (variable == none) variable = new_register(type(statement.b));
  if (program_->is_constant(statement.b) && !ir::is_float(type(statement.b)))
    machine_->immediate_into(variable, program_->value(statement.b));
  else
    machine_->move_into(variable, value(statement.b));
}

void ScalarLowering::return_value(Id result) {
  if (result != ir::none) store_in_slot({arguments_, none, 0, 1}, result);
  machine_->return_status(Status::Done);
}

// In the canonical form.
void ScalarLowering::store_in_slot(const Address& slot, Id id) {
  if (type(id) == Type::F64)
    machine_->vector_store(Opcode::VmovsdStore, 16, slot, value(id));
  else if (type(id) == Type::F32)
    machine_->store(8, slot, machine_->vector_part(Opcode::VmovdToGeneral, 16, value(id)));
  else
    machine_->store(8, slot, value_in_64_bits(id));
}

// ---- regions

void ScalarLowering::open(Id owner, Id region) {
  last_quotient_ = {};
  last_scaled_ = {};
  scopes_.push_back({owner, region, program_->regions[region].first, none, none, {}});
  scopes_.back().deferred = deferred_.size();
}

void ScalarLowering::close() {
  const Scope scope = scopes_.back();
  scopes_.pop_back();
  last_quotient_ = {};
  last_scaled_ = {};
  if (scope.is_tail) return write_deferred(scope);
  if (scope.owner == ir::none) {
    if (machine_->instructions.back().opcode != Opcode::Return) machine_->return_status(Status::Done);
    return;
  }
  const Statement& owner = program_->statements[scope.owner];
  at_line(owner.line);
  switch (owner.what) {
    case Do::For:
      return close_for(scope);
    case Do::Loop:
      machine_->jump(scope.head);
      return end_loop(scope, false);
    case Do::Block:
      return machine_->place(exits_[scope.region]);
    case Do::Cases:
    case Do::States:
      return close_choice(scope);
    default:
      break;
  }
  if (scope.end == none) return;  // behind a condition that jumps away
  if (scope.region == owner.other || owner.other == ir::none) return machine_->place(scope.end);
  const Label behind = machine_->new_label();
  machine_->jump(behind);
  machine_->place(scope.end);
  open(scope.owner, owner.other);
  scopes_.back().end = behind;
}

// Where the one statement of a region goes that does no more than break, continue or go to a state; else none.
Label ScalarLowering::only_jump(Id region) const {
  const Id only = program_->regions[region].first;
  if (only == ir::none) return none;
  const Statement& statement = program_->statements[only];
  if (statement.what == Do::Break) return exits_[statement.a];
  if (statement.what == Do::Continue) return nexts_[statement.a];
  return statement.what == Do::Go && statement.a != ir::none ? entries_[statement.a] : none;
}

// Whether the end of the region leaves the innermost loop, which it then does at most once.
bool ScalarLowering::leaves_loop(Id region) const {
  const Id last = program_->regions[region].last;
  if (last == ir::none) return false;
  const Statement& statement = program_->statements[last];
  if (statement.what != Do::Break && statement.what != Do::Return) return false;
  for (std::size_t i = scopes_.size(); i-- > 0;) {
    const Scope& scope = scopes_[i];
    const Do owner = scope.owner == ir::none ? Do::Comment : program_->statements[scope.owner].what;
    if (owner == Do::States || owner == Do::Cases || scope.owner == ir::none) return false;
    if (owner != Do::For && owner != Do::Loop) continue;
    const auto& regions = program_->regions;
    const bool leaves = statement.what == Do::Return || regions[statement.a].depth <= regions[scope.region].depth;
    return leaves && !goes_on(region, regions[scope.region].depth);
  }
  return false;
}

// Whether something in the region may continue a loop that is at most so deep, or leave a block within that loop,
// behind which the loop goes on. (Perhaps, if the region is long.)
bool ScalarLowering::goes_on(Id region, std::uint16_t depth) const {
  const auto is_of_a_block = [&](const Statement& jump) {
    if (jump.what != Do::Break) return false;
    const std::uint16_t left = program_->regions[jump.a].depth;
    return left > depth && left < program_->regions[region].depth;
  };
  constexpr int most_statements = 100;
  Id here = region, id = program_->regions[region].first;
  for (int left = most_statements; left-- > 0;) {
    if (id == ir::none) {  // the end of a region: on with the owner's next one, or after the owner
      if (here == region) return false;
      const Id owner = program_->regions[here].owner, next = ir::next_region(*program_, here);
      here = next != ir::none ? next : program_->regions[here].parent;
      id = next != ir::none ? program_->regions[next].first : program_->statements[owner].next;
      continue;
    }
    const Statement& statement = program_->statements[id];
    if (statement.what == Do::Continue && program_->regions[statement.a].depth <= depth) return true;
    if (is_of_a_block(statement)) return true;
    if (statement.body != ir::none) here = statement.body;
    id = statement.body != ir::none ? program_->regions[here].first : statement.next;
  }
  return true;
}

// Behind a loop, where what leaves it has its place: the loop itself is one straight piece without it.
void ScalarLowering::end_loop(const Scope& scope, bool is_reached) {
  machine_->end_loop();
  if (is_reached && deferred_.size() != scope.deferred) machine_->jump(exits_[scope.region]);
  write_deferred(scope);
}

void ScalarLowering::write_deferred(const Scope& scope) {
  if (deferred_.size() == scope.deferred) return machine_->place(exits_[scope.region]);
  const Deferred branch = deferred_.back();
  deferred_.pop_back();
  scopes_.push_back(scope);
  scopes_.back().is_tail = true;
  machine_->place(branch.label);
  open(branch.statement, program_->statements[branch.statement].body);
}

void ScalarLowering::open_if(Id id) {
  const Statement& statement = program_->statements[id];
  if (const Label target = only_jump(statement.body); target != none) {
    const Test condition = test(statement.a);
    machine_->jump_if(condition.condition, condition.size, condition.a, condition.b, target);
    if (statement.other != ir::none) open(id, statement.other);
    return;
  }
  if (statement.other == ir::none && leaves_loop(statement.body)) {
    const Test condition = test(statement.a);
    deferred_.push_back({id, machine_->new_label()});
    machine_->jump_if(condition.condition, condition.size, condition.a, condition.b, deferred_.back().label);
    return;
  }
  const Label otherwise = machine_->new_label();
  const Test condition = test(statement.a);
  machine_->jump_if(negate(condition.condition), condition.size, condition.a, condition.b, otherwise);
  open(id, statement.body);
  scopes_.back().end = otherwise;
}

void ScalarLowering::open_loop(Id id) {
  const Id body = program_->statements[id].body;
  exits_[body] = machine_->new_label();
  nexts_[body] = machine_->begin_loop();
  open(id, body);
  scopes_.back().head = nexts_[body];
}

void ScalarLowering::open_block(Id id) {
  const Id body = program_->statements[id].body;
  exits_[body] = machine_->new_label();
  open(id, body);
}

}  // namespace cogent::x86
