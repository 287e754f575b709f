// The reference interpreter: values of pure nodes are remembered for one round of the innermost loop, values of pinned
// nodes are kept from the execution of their statement on.
#include "interpret/interpreter.h"

#include <algorithm>
#include <stdexcept>

#include "ir/semantics.h"

namespace cogent::interpret {
namespace {

using namespace ir;

template <class T>
std::int64_t read_as(const std::byte* from) {
  T element;
  std::memcpy(&element, from, sizeof element);
  return static_cast<std::int64_t>(element);
}

std::int64_t read_element(const std::byte* from, Type type) {
  switch (size_of(type)) {
    case 1:
      return canonical(read_as<std::uint8_t>(from), type);
    case 2:
      return canonical(read_as<std::uint16_t>(from), type);
    case 4:
      return canonical(read_as<std::uint32_t>(from), type);
    default:
      return read_as<std::int64_t>(from);
  }
}

template <class T>
void write_as(std::byte* to, std::int64_t value) {
  const T element = static_cast<T>(value);
  std::memcpy(to, &element, sizeof element);
}

void write_element(std::byte* to, Type type, std::int64_t value) {
  switch (size_of(type)) {
    case 1:
      return write_as<std::uint8_t>(to, value);
    case 2:
      return write_as<std::uint16_t>(to, value);
    case 4:
      return write_as<std::uint32_t>(to, value);
    default:
      return write_as<std::int64_t>(to, value);
  }
}

class Interpreter {
 public:
  Interpreter(const Program& program, std::uint64_t* arguments, const Options& options);
  Outcome run();

 private:
  struct Cell {
    std::int64_t value = 0;
    std::uint64_t valid_in = 0;  // the epoch; `always` for what does not change until it is made again
  };
  struct Memory {
    std::byte* data;
    std::int64_t size;  // from the first element to the last
  };
  struct Frame {  // a region that is being executed
    Id region, owner;
    std::uint64_t rounds_left = 0;  // of a For, after this round
    std::int64_t index = 0, step = 0;
  };
  static constexpr std::uint64_t always = ~std::uint64_t{0};

  void take_arguments();
  void take_local_memory();
  void take_fixed_values();

  bool is_known(Id id) const { return cells_[id].valid_in >= epoch_; }
  std::int64_t value(Id id) {
    if (!is_known(id)) work_out(id);
    return cells_[id].value;
  }
  void work_out(Id root);
  bool demand_operands(const Node& node);
  std::int64_t compute(Id id);
  void note_undefined(Id id, Type type, std::int64_t a, std::int64_t b);

  void execute(const Statement& statement, Id id);
  void make(const Statement& let);
  void store(const Statement& statement);
  void call(const Statement& statement);
  void recurse(const Statement& statement, std::uint64_t* slots);
  std::byte* element(const Statement& statement, Id array, std::int64_t index);
  void check(const Statement& statement);
  void fail_index(const Statement& statement, Id array, std::int64_t index, std::int64_t size);
  void enter_for(const Statement& statement, Id id);
  void enter(Id region, Id owner);
  void enter_case(const Statement& statement, Id id);
  void go(const Statement& statement);
  void begin_round(Frame& frame);
  void leave_region();
  void next_round_or_leave();
  void fail(FaultKind kind, const Statement& statement);
  void finish() { finished_ = true; }

  const Program& program_;
  std::uint64_t* arguments_;
  const Options& options_;
  std::vector<Memory> memories_;
  std::vector<std::byte> scratch_;
  std::vector<std::int64_t> variables_;
  std::vector<Cell> cells_;
  std::vector<Id> pending_;
  std::vector<Frame> frames_;
  std::uint64_t epoch_ = 1, steps_ = 0;
  Id next_ = none;
  bool finished_ = false;
  Outcome outcome_;
};

Interpreter::Interpreter(const Program& program, std::uint64_t* arguments, const Options& options)
    : program_(program), arguments_(arguments), options_(options) {
  variables_.resize(program.variables.size());
  cells_.resize(program.nodes.size());
  take_arguments();
  take_local_memory();
  take_fixed_values();
}

void Interpreter::take_arguments() {
  memories_.resize(program_.arrays.size());
  for (const Parameter& parameter : program_.parameters) {
    if (!parameter.is_array) continue;
    const auto address = static_cast<std::uintptr_t>(arguments_[parameter.slot]);
    memories_[parameter.array] = {reinterpret_cast<std::byte*>(address),
                                  program_.in_call(parameter.array, arguments_).size};
  }
}

void Interpreter::take_local_memory() {
  std::size_t bytes = 0;
  const auto aligned = [](std::int64_t size) { return (static_cast<std::size_t>(size) + 7) / 8 * 8; };
  for (const Array& array : program_.arrays)
    if (array.storage == Storage::Scratch && array.memory == none) bytes += aligned(array.size * array.step());
  scratch_.resize(bytes);
  std::byte* next = scratch_.data();
  for (Id id = 0; id < program_.arrays.size(); ++id) {
    const Array& array = program_.arrays[id];
    if (array.memory != none) {
      memories_[id] = memories_[array.memory];  // whose elements may hold several of the field's
      memories_[id].size *= program_.arrays[array.memory].step() / array.step();
    } else if (array.storage == Storage::Scratch) {
      memories_[id] = {next, array.size};
      next += aligned(array.size * array.step());
    } else if (array.storage == Storage::Table) {
      const std::uint8_t* bytes_of_table = program_.table_bytes.data() + array.first_byte;
      memories_[id] = {reinterpret_cast<std::byte*>(const_cast<std::uint8_t*>(bytes_of_table)), array.size};
    }
  }
}

void Interpreter::take_fixed_values() {
  for (Id id = 0; id < program_.nodes.size(); ++id) {
    const Node& node = program_.nodes[id];
    if (node.op == Op::Constant) cells_[id] = {program_.value(id), always};
    if (node.op == Op::Size) {
      const Parameter& parameter = program_.parameters[program_.arrays[node.a].parameter];
      cells_[id] = {static_cast<std::int64_t>(arguments_[parameter.slot + 1u + node.b]), always};
    }
    if (node.op == Op::Parameter)
      cells_[id] = {static_cast<std::int64_t>(arguments_[program_.parameters[node.a].slot]), always};
  }
}

Outcome Interpreter::run() {
  enter(0, none);
  for (; !finished_; ++steps_) {
    if (steps_ >= options_.step_limit) {
      outcome_.end = Outcome::End::Limit;
      break;
    }
    if (next_ == none) {
      next_round_or_leave();
      continue;
    }
    const Id id = next_;
    const Statement& statement = program_.statements[id];
    next_ = statement.next;
    execute(statement, id);
  }
  return outcome_;
}

// ---- values

/// Computes a pure node and all it needs, without recursion: a chain of operands may be a million nodes long.
void Interpreter::work_out(Id root) {
  pending_.push_back(root);
  while (!pending_.empty()) {
    const Id id = pending_.back();
    if (is_known(id)) {
      pending_.pop_back();
    } else if (demand_operands(program_.nodes[id])) {
      cells_[id] = {compute(id), epoch_};
      pending_.pop_back();
    }
  }
}

/// Whether all operands are known; those that are not become pending.
bool Interpreter::demand_operands(const Node& node) {
  if (is_pinned(node)) throw std::logic_error("interpreter: a value is used before its statement was executed");
  const std::size_t before = pending_.size();
  for (int i = 0; i < operand_count(node); ++i)
    if (!is_known(operand(node, i))) pending_.push_back(operand(node, i));
  return pending_.size() == before;
}

std::int64_t Interpreter::compute(Id id) {
  const Node& node = program_.nodes[id];
  const std::int64_t a = cells_[node.a].value;
  const Type type = program_.nodes[node.a].type;
  if (node.op == Op::Select) return cells_[a != 0 ? node.b : node.c].value;
  if (node.op == Op::Convert) return evaluate_convert(a, type, node.type);
  if (node.op == Op::Bits) return canonical(a, node.type);
  if (is_unary(node.op)) return evaluate_unary(node.op, type, a);
  const std::int64_t b = operand_count(node) > 1 ? cells_[node.b].value : 0;
  if (node.op == Op::FusedMultiplyAdd) return evaluate_fused_multiply_add(type, a, b, cells_[node.c].value);
  if (node.op == Op::Mathematics) return evaluate_mathematics(node.c, type, a, b);
  if (options_.undefined) note_undefined(id, type, a, b);
  return evaluate_binary(node.op, type, a, b);
}

void Interpreter::note_undefined(Id id, Type type, std::int64_t a, std::int64_t b) {
  std::vector<Undefined>& list = *options_.undefined;
  const Node& node = program_.nodes[id];
  if (list.size() >= options_.undefined_limit || !is_undefined_in_cpp(node.op, type, a, b)) return;
  if (std::none_of(list.begin(), list.end(), [id](const Undefined& other) { return other.node == id; }))
    list.push_back({id, node.line, node.op, type, a, b});
}

// ---- statements

void Interpreter::execute(const Statement& statement, Id id) {
  switch (statement.what) {
    case Do::Let:
      return make(statement);
    case Do::Set:
      if (!program_.is_dead(statement)) variables_[statement.a] = value(statement.b);
      return;
    case Do::Store:
      return store(statement);
    case Do::Check:
      return check(statement);
    case Do::For:
      return enter_for(statement, id);
    case Do::Loop:
    case Do::Block:
      return enter(statement.body, id);
    case Do::If:
      if (value(statement.a) != 0) return enter(statement.body, id);
      if (statement.other != none) enter(statement.other, id);
      return;
    case Do::Break:
      while (frames_.back().region != statement.a) frames_.pop_back();
      return leave_region();
    case Do::Continue:
      while (frames_.back().region != statement.a) frames_.pop_back();
      return next_round_or_leave();
    case Do::Return:
      if (statement.a != none) arguments_[0] = static_cast<std::uint64_t>(value(statement.a));
      return finish();
    case Do::Require:
      if (value(statement.a) == 0) fail(FaultKind::Requirement, statement);
      return;
    case Do::Cases:
      return enter_case(statement, id);
    case Do::States:
      return enter(statement.body, id);
    case Do::Go:
      return go(statement);
    case Do::Comment:
      return;
    case Do::Call:
      return call(statement);
  }
}

void Interpreter::call(const Statement& statement) {
  const Callee& callee = program_.callees[statement.b];
  std::vector<std::uint64_t> slots(1);
  for (std::size_t i = 0; i < statement.d; ++i) {
    const Id argument = program_.arguments(statement)[i];
    if (!callee.arguments[i].is_array) {
      slots.push_back(static_cast<std::uint64_t>(value(argument)));
      continue;
    }
    slots.push_back(reinterpret_cast<std::uintptr_t>(memories_[argument].data));
    if (callee.arguments[i].passes_size) slots.push_back(static_cast<std::uint64_t>(memories_[argument].size));
  }
  if (options_.context != nullptr) options_.context->calls_left = options_.calls_left;
  if (callee.kind == CalleeKind::Recurse) {
    recurse(statement, slots.data());
  } else if (callee.thunk == nullptr) {
    throw std::logic_error("interpreter: nothing is known of " + callee.name + " but its name");
  } else if (callee.thunk(callee.data.get(), slots.data(), options_.context) != 0) {
    outcome_.end = Outcome::End::Ended;
    finish();
  }
  if (statement.a != none) cells_[statement.a] = {static_cast<std::int64_t>(slots[0]), always};
}

void Interpreter::recurse(const Statement& statement, std::uint64_t* slots) {
  if (options_.calls_left <= 0) return fail(FaultKind::Depth, statement);
  Options options = options_;
  --options.calls_left;
  options.step_limit -= steps_;
  Interpreter called(program_, slots, options);
  outcome_ = called.run();
  steps_ += called.steps_;
  if (outcome_.end != Outcome::End::Done) finish();
}

void Interpreter::make(const Statement& let) {
  const Node& node = program_.nodes[let.a];
  std::int64_t made = 0;
  if (node.op == Op::Get) {
    made = variables_[node.a];
  } else if (node.op == Op::Load) {
    const std::byte* from = element(let, node.a, value(node.b));
    if (from == nullptr) return;
    made = read_element(from, node.type);
  } else {
    if (value(node.b) == 0) return fail(FaultKind::DivisionByZero, let);
    value(node.a);
    made = compute(let.a);
  }
  cells_[let.a] = {made, always};
}

void Interpreter::store(const Statement& statement) {
  const std::int64_t stored = value(statement.c);
  std::byte* to = element(statement, statement.a, value(statement.b));
  if (to == nullptr) return;
  write_element(to, program_.arrays[statement.a].type, stored);
  const auto* watched = static_cast<const std::byte*>(options_.watched);
  if (watched >= to && watched < to + size_of(program_.arrays[statement.a].type))
    *options_.watched_line = statement.line;
}

/// The address of an element, or null after a fault. A proof is not trusted.
std::byte* Interpreter::element(const Statement& statement, Id array, std::int64_t index) {
  const Memory& memory = memories_[array];
  const Array& what = program_.arrays[array];
  if (index >= 0 && index < memory.size) return memory.data + index * what.step() + what.offset;
  fail_index(statement, array, index, memory.size);
  return nullptr;
}

void Interpreter::check(const Statement& statement) {
  const std::int64_t index = value(statement.b), extent = value(statement.c);
  if (index >= 0 && index < extent) return;
  fail_index(statement, statement.a, index, extent);
  outcome_.fault.dimension = static_cast<int>(statement.d);
}

void Interpreter::fail_index(const Statement& statement, Id array, std::int64_t index, std::int64_t size) {
  fail(FaultKind::Index, statement);
  outcome_.fault.array = array;
  outcome_.fault.index = index;
  outcome_.fault.size = size;
  outcome_.fault.was_proven = (statement.flags & proven_in_bounds) != 0;
  outcome_.fault.was_unchecked = (statement.flags & unchecked) != 0;
}

void Interpreter::fail(FaultKind kind, const Statement& statement) {
  outcome_.end = Outcome::End::Fault;
  outcome_.fault.kind = kind;
  outcome_.fault.line = statement.line;
  if (kind == FaultKind::Requirement) outcome_.fault.text = program_.texts[statement.b];
  finish();
}

// ---- regions

void Interpreter::enter_for(const Statement& statement, Id id) {
  const std::int64_t first = value(statement.b), last = value(statement.c), step = value(statement.d);
  if (step == 0) return fail(FaultKind::ZeroStep, statement);
  const Type type = program_.nodes[statement.a].type;
  const std::uint64_t rounds = trip_count(type, first, last, step);
  if (rounds == 0) return;
  frames_.push_back({statement.body, id, rounds - 1, first, step});
  begin_round(frames_.back());
}

void Interpreter::enter(Id region, Id owner) {
  frames_.push_back({region, owner});
  begin_round(frames_.back());
}

void Interpreter::enter_case(const Statement& statement, Id id) {
  const std::int64_t selector = value(statement.a);
  const bool is_unsigned = program_.nodes[statement.a].type == Type::U64;
  const auto is_below = [&](std::int64_t a, std::int64_t b) {
    return is_unsigned ? static_cast<std::uint64_t>(a) < static_cast<std::uint64_t>(b) : a < b;
  };
  bool any_below = false, any_above = false;
  for (Id region = statement.body; region != none; region = program_.regions[region].sibling) {
    const std::int64_t constant = program_.value(program_.regions[region].choice);
    if (constant == selector) return enter(region, id);
    any_below = any_below || is_below(constant, selector);
    any_above = any_above || is_below(selector, constant);
  }
  if ((statement.flags & proven_in_bounds) != 0 && !(any_below && any_above))
    throw std::logic_error("interpreter: a wrongly proven selector");
  if (statement.other != none) enter(statement.other, id);
}

void Interpreter::go(const Statement& statement) {
  Id state = statement.a;
  if (state == none) state = program_.operands[statement.c + static_cast<std::size_t>(value(statement.b))];
  const Id owner = program_.regions[state].owner;
  while (frames_.back().owner != owner) frames_.pop_back();
  frames_.back().region = state;
  begin_round(frames_.back());
}

/// What was computed in the round before, from values that are made anew in this one, is no longer valid.
void Interpreter::begin_round(Frame& frame) {
  next_ = program_.regions[frame.region].first;
  if (frame.owner == none) return;
  const Statement& owner = program_.statements[frame.owner];
  if (repeats_regions(owner.what)) ++epoch_;
  if (owner.what == Do::For) cells_[owner.a] = {frame.index, always};
}

void Interpreter::next_round_or_leave() {
  Frame& frame = frames_.back();
  const Statement* owner = frame.owner == none ? nullptr : &program_.statements[frame.owner];
  if (owner != nullptr && owner->what == Do::For && frame.rounds_left > 0) {
    --frame.rounds_left;
    const std::uint64_t next = static_cast<std::uint64_t>(frame.index) + static_cast<std::uint64_t>(frame.step);
    frame.index = canonical(static_cast<std::int64_t>(next), program_.nodes[owner->a].type);
    begin_round(frame);
  } else if (owner != nullptr && owner->what == Do::Loop) {
    begin_round(frame);
  } else {
    leave_region();
  }
}

void Interpreter::leave_region() {
  const Id owner = frames_.back().owner;
  frames_.pop_back();
  if (owner == none) return finish();
  next_ = program_.statements[owner].next;
}

std::string place_of(const Fault& fault) { return " at line " + std::to_string(fault.line); }

}  // namespace

Outcome run(const Program& program, std::uint64_t* arguments, const Options& options) {
  return Interpreter(program, arguments, options).run();
}

std::string describe(const Outcome& outcome) {
  if (outcome.end == Outcome::End::Done) return "done";
  if (outcome.end == Outcome::End::Limit) return "step limit reached";
  if (outcome.end == Outcome::End::Ended) return "ended by a call";
  const Fault& fault = outcome.fault;
  switch (fault.kind) {
    case FaultKind::Index:
      return (fault.was_proven      ? "wrongly proven index "
              : fault.was_unchecked ? "unchecked index "
                                    : "index ") +
             std::to_string(fault.index) + " of a" + std::to_string(fault.array) +
             (fault.dimension != 0 ? " dimension " + std::to_string(fault.dimension) : "") + " (size " +
             std::to_string(fault.size) + ")" + place_of(fault);
    case FaultKind::DivisionByZero:
      return "division by zero" + place_of(fault);
    case FaultKind::ZeroStep:
      return "step of zero" + place_of(fault);
    case FaultKind::Depth:
      return "too many calls" + place_of(fault);
    case FaultKind::Requirement:
      return "requirement \"" + fault.text + "\"" + place_of(fault);
    default:
      return "unknown fault";
  }
}

}  // namespace cogent::interpret
