// Parallel loops. Where the program comes to one, it hands its rounds to a helper, which calls this very code again,
// perhaps from several threads at once, for some rounds each:
//
//   entry:    what every activation needs: the addresses of arrays, their sizes, constants of floats
//             if the context has a part, go to dispatch
//             ... the program; for a parallel loop: values -> frame, call the helper, return if that failed ...
//   dispatch: go to the code of the part's loop
//   part:     values -> registers; the rounds from part.first to part.last; return Done
//
// The values are those that are made before the loop and used in it. A parallel loop within another one is part of its
// rounds, and done one round after the other.
#include <algorithm>

#include "ir/semantics.h"
#include "ir/walk.h"
#include "x86/scalar.h"

namespace cogent::x86 {

using ir::Do;
using ir::Op;
using ir::Statement;
using ir::Type;

namespace {

// In the block for the helper: before the values.
constexpr std::int64_t values_offset = 16;
// In 64ths of an operation: so much is worth another thread's while.
constexpr std::uint64_t least_work = 64 * 40'000;
constexpr std::uint64_t unknown_trips = 16, cost_of_call = 100, cost_of_function = 15;

}  // namespace

/// Finds what the rounds of a loop need, and how much they do.
class ScalarLowering::PartSearch {
 public:
  PartSearch(ScalarLowering& lowering, Id loop)
      : lowering_(lowering),
        program_(*lowering.program_),
        id_(loop),
        loop_(program_.statements[loop]),
        made_(program_.nodes.size()) {
    use(loop_.b);
    use_lanes(loop);
  }

  // Called by ir::walk:
  void enter(Id region) {
    const Id owner = program_.regions[region].owner;
    const Do what = program_.statements[owner].what;
    std::uint64_t times = weights_.empty() ? 64 : weights_.back();
    if (region != loop_.body && (what == Do::For || what == Do::Loop)) times = saturated(times, trips(owner));
    weights_.push_back(std::max<std::uint64_t>(times, 1));
  }
  void leave(Id) { weights_.pop_back(); }
  void statement(Id id);

  std::uint64_t work_of_round() const {
    return std::max<std::uint64_t>(work_ / static_cast<std::uint64_t>(std::max(lanes_of(id_), 1)), 1);
  }

 private:
  static std::uint64_t saturated(std::uint64_t a, std::uint64_t b) {
    std::uint64_t product;
    return __builtin_mul_overflow(a, b, &product) || product > most ? most : product;
  }
  std::uint64_t trips(Id loop) const;
  const ir::LaneLoop* lane_loop(Id loop) const;
  int lanes_of(Id loop) const;
  void use(Id node);
  void use_element(const Statement& access, Id array, Id index);
  void use_lanes(Id loop);
  void use_array(Id array);
  void add(PartValue value);
  void add_work(std::uint64_t operations) { work_ = std::min(most, work_ + saturated(weights_.back(), operations)); }

  static constexpr std::uint64_t most = std::uint64_t{1} << 50;
  ScalarLowering& lowering_;
  const ir::Program& program_;
  const Id id_;
  const Statement& loop_;
  std::vector<std::uint64_t> weights_;  // of a statement of each open region, in 64ths
  std::vector<bool> made_;              // per node: the rounds make it
  std::uint64_t work_ = 0;
};

// A vector does many rounds at once.
std::uint64_t ScalarLowering::PartSearch::trips(Id id) const {
  const Statement& loop = program_.statements[id];
  const std::uint64_t known = loop.what == Do::For ? lowering_.known_trips(loop) : 0;
  const std::uint64_t trips = known != 0 ? known : unknown_trips;
  const auto lanes = static_cast<std::uint64_t>(std::max(lanes_of(id), 1));
  return (trips + lanes - 1) / lanes;
}

// The vectors of a loop; null: there are none.
const ir::LaneLoop* ScalarLowering::PartSearch::lane_loop(Id loop) const {
  const auto found = std::ranges::lower_bound(lowering_.lanes_, loop, {}, &ir::LaneLoop::statement);
  return found == lowering_.lanes_.end() || found->statement != loop ? nullptr : &*found;
}

int ScalarLowering::PartSearch::lanes_of(Id loop) const {
  const ir::LaneLoop* found = lane_loop(loop);
  return found == nullptr ? 1 : lowering_.lane_plans_[static_cast<std::size_t>(found - lowering_.lanes_.data())].lanes;
}

void ScalarLowering::PartSearch::use_lanes(Id loop) {
  const ir::LaneLoop* found = lane_loop(loop);
  if (found == nullptr) return;
  for (const ir::LaneTerm& term : found->terms) use(term.atom);
  for (const ir::LaneStep& step : found->steps)
    if (step.kind == ir::LaneStep::Kind::Invariant) use(step.node);
}

void ScalarLowering::PartSearch::statement(Id id) {
  const Statement& statement = program_.statements[id];
  if (program_.is_dead(statement)) return;
  for (const Id node : lowering_.placement_.before(id)) {
    const Op op = program_.nodes[node].op;
    add_work(ir::is_division(op) || op == Op::Mathematics || op == Op::SquareRoot ? cost_of_function : 1);
    for (int i = 0; i < ir::operand_count(program_.nodes[node]); ++i) use(ir::operand(program_.nodes[node], i));
    made_[node] = true;
  }
  add_work(statement.what == Do::Call ? cost_of_call : 1);
  ir::for_each_used_node(program_, statement, [&](Id node) { use(node); });
  if (const Id made = ir::made_node(statement); made != ir::none) made_[made] = true;
  if (statement.what == Do::Store) use_element(statement, statement.a, statement.b);
  if (const ir::Node* made = statement.what == Do::Let ? &program_.nodes[statement.a] : nullptr;
      made != nullptr && made->op == Op::Load)
    use_element(statement, made->a, made->b);
  const bool reads = statement.what == Do::Let && program_.nodes[statement.a].op == Op::Get;
  if (const Id variable = reads ? program_.nodes[statement.a].a : ir::none;
      reads && lowering_.variables_[variable] != none)
    add({PartValue::Kind::Variable, variable});
  if (statement.what == Do::Call)
    for (std::size_t i = 0; i < statement.d; ++i)
      if (program_.callees[statement.b].arguments[i].is_array) use_array(program_.arguments(statement)[i]);
  use_lanes(id);
}

// Also what is not computed itself: a comparison that is one with a branch, a sum that is part of an address.
void ScalarLowering::PartSearch::use(Id id) {
  const ir::Node& node = program_.nodes[id];
  if (node.op == Op::Constant || id == loop_.a || made_[id]) return;
  if (lowering_.registers_[id] != none) return add({PartValue::Kind::Node, id});
  for (int i = 0; i < ir::operand_count(node); ++i) use(ir::operand(node, i));
}

// Of an index that is a sum with a constant, the address takes the summand, even where a check has computed the sum.
void ScalarLowering::PartSearch::use_element(const Statement& access, Id array, Id index) {
  const ir::Node& sum = program_.nodes[index];
  if (!ir::needs_check(access) && sum.op == Op::Add && program_.is_constant(sum.b)) use(sum.a);
  use_array(array);
}

// Scratch memory that the rounds share lies with the activation that came to the loop.
void ScalarLowering::PartSearch::use_array(Id array) {
  const Id memory = program_.memory_of(array);
  if (program_.arrays[memory].storage != ir::Storage::Scratch) return;
  if (!lowering_.parallel_scopes_->is_own(memory, loop_.body)) add({PartValue::Kind::Memory, memory});
}

void ScalarLowering::PartSearch::add(PartValue value) {
  auto& values = lowering_.part_values_;
  const auto begin = values.begin() + lowering_.parts_.back().first_value;
  const auto same = [&](const PartValue& other) { return other.kind == value.kind && other.id == value.id; };
  if (std::find_if(begin, values.end(), same) == values.end()) values.push_back(value);
}

// ---- in the program

bool ScalarLowering::is_done_in_parts(const Statement& loop) const {
  const bool is_parallel = run_parts_ != nullptr && (loop.flags & ir::parallel) != 0 && loop.what == Do::For;
  return is_parallel && program_->is_constant(loop.d) && program_->value(loop.d) != 0;
}

void ScalarLowering::prepare_parts() {
  parts_.clear();
  part_values_.clear();
  writes_parts_ = false;
  part_loop_ = ir::none;
  dispatch_ = none;
  if (run_parts_ == nullptr) return;
  const auto& all = program_->statements;
  if (std::none_of(all.begin(), all.end(), [&](const Statement& each) { return is_done_in_parts(each); })) return;
  parallel_scopes_.emplace(*program_);
  dispatch_ = machine_->new_label();
  const VirtualRegister part = machine_->load(8, false, {machine_->context(), none, offsetof(ir::RunState, part), 1});
  machine_->jump_if(Condition::NotEqual, 8, part, Operand::of_immediate(0), dispatch_);
}

void ScalarLowering::call_parts(Id id) {
  const Statement& loop = program_->statements[id];
  const auto number = static_cast<std::int64_t>(parts_.size());
  parts_.push_back({id, machine_->new_label(), static_cast<std::uint32_t>(part_values_.size()), 0});
  PartSearch search(*this, id);
  ir::walk(*program_, search, loop.body);
  PartCode& part = parts_.back();
  part.value_count = static_cast<std::uint32_t>(part_values_.size()) - part.first_value;
  const std::uint64_t work = search.work_of_round();
  machine_->parallel_loops.push_back({id, (least_work + work - 1) / work});
  const Label done = machine_->new_label();
  skip_if_empty(loop, ir::is_signed(type(loop.a)) && program_->value(loop.d) < 0, done);
  const VirtualRegister rounds = rounds_of(loop);
  const std::int32_t block = machine_->local(static_cast<std::uint32_t>(values_offset) + 8 * part.value_count);
  const VirtualRegister address = machine_->local_address(block);
  machine_->store(8, {address, none, 0, 1}, machine_->immediate(number));
  machine_->store(8, {address, none, 8, 1}, rounds);
  for (std::uint32_t i = 0; i < part.value_count; ++i) {
    const PartValue value = part_values_[part.first_value + i];
    const Address slot{address, none, values_offset + 8 * static_cast<std::int64_t>(i), 1};
    if (class_of(value) == RegisterClass::Vector)
      machine_->vector_store(Opcode::VmovsdStore, 16, slot, register_of(value));
    else
      machine_->store(8, slot, register_of(value));
  }
  if (calls_itself())
    machine_->store(8, {machine_->context(), none, offsetof(ir::RunState, calls_left), 1}, machine_->calls_left());
  const VirtualRegister arguments[] = {arguments_, machine_->error_record(), machine_->context(), address};
  const VirtualRegister status = machine_->new_general();
  machine_->call(reinterpret_cast<std::uintptr_t>(run_parts_), arguments, std::size(arguments), status, "run_parts");
  machine_->return_if_failed(status);
  machine_->place(done);
}

// Of a loop that is not empty; in 64 bits.
VirtualRegister ScalarLowering::rounds_of(const Statement& loop) {
  const Type index_type = type(loop.a);
  const std::int64_t step = program_->value(loop.d);
  if (program_->is_constant(loop.b) && program_->is_constant(loop.c))
    return machine_->immediate(
        static_cast<std::int64_t>(ir::trip_count(index_type, program_->value(loop.b), program_->value(loop.c), step)));
  const std::uint8_t size = operation_size(index_type);
  const bool down = ir::is_signed(index_type) && step < 0;
  VirtualRegister count =
      operate(Opcode::Subtract, size, value(down ? loop.b : loop.c), operand(down ? loop.c : loop.b));
  if (step != 1 && !(down && step == -1)) {
    const VirtualRegister stride = machine_->immediate(down ? -step : step);
    count = rounds(index_type, count, Operand::of(stride));
  }
  return size == 8 ? count : machine_->unary(Opcode::ZeroExtend, 4, count);
}

// ---- behind it

void ScalarLowering::write_parts() {
  if (dispatch_ == none) return;
  writes_parts_ = true;
  machine_->place(dispatch_);
  const VirtualRegister part = machine_->load(8, false, {machine_->context(), none, offsetof(ir::RunState, part), 1});
  const VirtualRegister number = machine_->load(8, false, {part, none, offsetof(ir::Part, loop), 1});
  for (std::size_t i = 0; i < parts_.size(); ++i)
    machine_->jump_if(Condition::Equal, 8, number, Operand::of_immediate(static_cast<std::int32_t>(i)),
                      parts_[i].label);
  machine_->return_status(Status::Done);
  for (const PartCode& part_code : parts_) write_part(part_code);
}

void ScalarLowering::write_part(const PartCode& part) {
  at_line(program_->statements[part.statement].line);
  machine_->place(part.label);
  const VirtualRegister context = machine_->context();
  const Address place{context, none, offsetof(ir::RunState, part), 1};
  const VirtualRegister given = machine_->load(8, false, place);
  machine_->store(8, place, machine_->immediate(0));
  const VirtualRegister first = machine_->load(8, false, {given, none, offsetof(ir::Part, first), 1});
  const VirtualRegister last = machine_->load(8, false, {given, none, offsetof(ir::Part, last), 1});
  const VirtualRegister values = machine_->load(8, false, {given, none, offsetof(ir::Part, values), 1});
  const std::vector<VirtualRegister> bases = bases_;
  for (std::uint32_t i = 0; i < part.value_count; ++i)
    load_part_value(part_values_[part.first_value + i], {values, none, 8 * static_cast<std::int64_t>(i), 1});
  part_loop_ = part.statement;
  open_part(part, first, last);
  write_statements();
  machine_->return_status(Status::Done);
  bases_ = bases;
}

void ScalarLowering::load_part_value(PartValue value, const Address& from) {
  const bool is_vector = class_of(value) == RegisterClass::Vector;
  const VirtualRegister loaded =
      is_vector ? machine_->vector_load(Opcode::Vmovsd, 16, from) : machine_->load(8, false, from);
  register_of(value) = loaded;
  if (value.kind != PartValue::Kind::Memory) return;
  for (Id id = 0; id < bases_.size(); ++id)
    if (program_->memory_of(id) == value.id && bases_[id] != none) bases_[id] = loaded;
}

void ScalarLowering::open_part(const PartCode& part, VirtualRegister first, VirtualRegister last) {
  const Statement& loop = program_->statements[part.statement];
  const std::uint8_t size = operation_size(type(loop.a));
  const auto index_of = [&](VirtualRegister round) {
    const VirtualRegister way = multiply_by_constant(Type::I64, round, program_->value(loop.d));
    return operate(Opcode::Add, size, way, operand(loop.b));
  };
  const VirtualRegister limit = index_of(last), index = machine_->new_general();
  machine_->move_into(index, index_of(first));
  registers_[loop.a] = index;
  const Label done = machine_->new_label();
  if (!lanes_.empty()) write_lanes(part.statement, index, Operand::of(limit), done);
  exits_[loop.body] = done;
  nexts_[loop.body] = machine_->new_label();
  const Label head = machine_->begin_loop();
  open(part.statement, loop.body);
  scopes_.back().head = head;
  scopes_.back().limit = Operand::of(limit);
}

RegisterClass ScalarLowering::class_of(PartValue value) const {
  if (value.kind == PartValue::Kind::Memory) return RegisterClass::General;
  const Type held = value.kind == PartValue::Kind::Node ? type(value.id) : program_->variables[value.id].type;
  return ir::is_float(held) ? RegisterClass::Vector : RegisterClass::General;
}

VirtualRegister& ScalarLowering::register_of(PartValue value) {
  return value.kind == PartValue::Kind::Node       ? registers_[value.id]
         : value.kind == PartValue::Kind::Variable ? variables_[value.id]
                                                   : bases_[value.id];
}

}  // namespace cogent::x86
