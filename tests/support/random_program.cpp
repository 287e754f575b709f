// Makes random programs through ir::Builder: statements are chosen by weight, and loops get bounds that keep the number
// of rounds small.
#include "support/random_program.h"

#include <algorithm>
#include <set>
#include <utility>

#include "ir/builder.h"
#include "support/random_arrays.h"
#include "support/random_calls.h"
#include "support/random_values.h"

namespace cogent::testing {
namespace {

using ir::Do;
using ir::Id;
using ir::Op;
using ir::Type;

constexpr int deepest_nesting = 5;
constexpr std::int64_t most_rounds = 20'000;  // of the innermost loop, in all
constexpr std::int64_t most_steps = 12;       // from state to state of a machine

class ProgramMaker {
 public:
  ProgramMaker(std::uint64_t seed, const ProgramOptions& options)
      : random_(seed),
        options_(options),
        values_(b_, random_, options.faults, options.floats),
        arrays_(b_, random_, values_, options.shapes) {}
  ir::Program make();

 private:
  struct Bounds {
    Type type;
    Id first, last, step;
    std::int64_t rounds;   // at most
    std::int64_t end = 0;  // if not 0: the index lies between 0 and end - 1
  };
  struct Enclosing {
    Do what;
    Id region;
    const std::vector<Id>* states = nullptr;  // of a States
  };

  void make_signature();
  void next_line() { b_.at(b_.place({"random.cpp", ++line_, 1})); }

  void statements(int count);
  void nested_statement(int count);
  void simple_statement();
  void store();
  void update_variable();
  void jump();
  void leave_function();
  void branch(int count);
  void counted_loop(int count);
  void endless_loop(int count);
  void block(int count);
  void cases(int count);
  void states(int count);
  void state(const std::vector<Id>& all, Id region, Id counter, int count);
  void go(const std::vector<Id>& states);
  void weighted_sum();
  Bounds choose_bounds();
  Bounds over_array();
  Bounds constant_bounds();
  Bounds computed_bounds();
  Bounds bounds_at_the_edge();
  void nested(Do what, Id region, std::int64_t rounds, int count);
  Id any_array() { return values_.any_array(); }
  Id writable_array();

  ir::Program program_;
  ir::Builder b_;
  Random random_;
  const ProgramOptions options_;
  RandomValues values_;
  RandomArrays arrays_;
  RandomCalls calls_{b_, random_, values_, options_.faults};
  std::vector<Enclosing> enclosing_;
  std::int64_t rounds_ = 1;
  std::uint32_t line_ = 0;
  bool ended_ = false;  // the open region has just been left
};

ir::Program ProgramMaker::make() {
  b_.start(program_);
  program_.name = "random";
  if (random_.one_in(2)) program_.result = values_.any_type();
  next_line();
  make_signature();
  arrays_.add_locals();
  statements(options_.size);
  next_line();
  if (program_.result != Type::Void) b_.returns(values_.value(program_.result));
  return std::move(program_);
}

// ---- signature

void ProgramMaker::make_signature() {
  for (std::int64_t left = random_.between(2, 6); left > 0; --left) {
    if (random_.one_in(8)) b_.add_static_position();
    if (program_.arrays.empty() || random_.one_in(2))
      arrays_.add_argument();
    else
      values_.remember(b_.add_value(values_.any_type()));
  }
}

Id ProgramMaker::writable_array() {
  Id array = any_array();
  while (!program_.arrays[array].is_writable()) array = any_array();
  return array;
}

// ---- statements

void ProgramMaker::statements(int count) {
  ended_ = false;
  while (count > 0 && !ended_) {
    next_line();
    const bool nests = count > 2 && enclosing_.size() < deepest_nesting && random_.one_in(3);
    const int part = nests ? static_cast<int>(random_.between(2, count)) : 1;
    nests ? nested_statement(part) : simple_statement();
    count -= part;
  }
}

void ProgramMaker::nested_statement(int count) {
  switch (random_.bits() % 10) {
    case 0:
    case 1:
    case 2:
      return branch(count);
    case 3:
      return block(count);
    case 4:
      return endless_loop(count);
    case 5:
      return cases(count);
    case 6:
      return states(count);
    default:
      return counted_loop(count);
  }
}

void ProgramMaker::simple_statement() {
  if (options_.calls && random_.one_in(12)) return calls_.add_call();
  const Type type = values_.any_type();
  switch (random_.bits() % 10) {
    case 0:
      values_.remember(values_.load(any_array()));
      return;
    case 1:
    case 2:
      return store();
    case 3:
      return values_.remember_variable(b_.declare(type, values_.value(type)));
    case 4:
    case 5:
      return update_variable();
    case 6:
      values_.remember(values_.value(type, 4));
      return;
    case 7:
      return jump();
    case 8:
      return leave_function();
    default:
      if (random_.one_in(4)) b_.comment("comment " + std::to_string(line_));
      return weighted_sum();
  }
}

void ProgramMaker::store() {
  const Id array = writable_array();
  const Id index = values_.index(array);
  const Id value = values_.value(program_.arrays[array].type, 3);
  b_.store(array, index, value);
}

void ProgramMaker::update_variable() {
  if (values_.variables().empty()) return;
  const Id variable = random_.pick(values_.variables());
  const Type type = program_.variables[variable].type;
  if (random_.one_in(4)) return b_.set(variable, values_.value(type, 2));
  const Op op = type == Type::Bool ? Op::Xor : Op::Add;
  const Id before = b_.get(variable);
  b_.set(variable, b_.binary(op, before, values_.value(type, 2)));
}

/// A Break or Continue, mostly under a condition.
void ProgramMaker::jump() {
  if (enclosing_.empty()) return;
  const Enclosing& target = random_.one_in(3) ? random_.pick(enclosing_) : enclosing_.back();
  const bool is_loop = target.what == Do::For || target.what == Do::Loop;
  const Do how = is_loop && random_.one_in(2) ? Do::Continue : Do::Break;
  const bool goes = target.states != nullptr && !random_.one_in(4);
  if (random_.one_in(12)) {
    goes ? go(*target.states) : b_.leave(how, target.region);
    ended_ = true;
    return;
  }
  b_.open_if(values_.condition());
  const RandomValues::Scope scope = values_.scope();
  if (random_.one_in(3)) update_variable();
  goes ? go(*target.states) : b_.leave(how, target.region);
  values_.return_to(scope);
  b_.close();
}

/// A Return under a condition, or a Require.
void ProgramMaker::leave_function() {
  if (random_.one_in(2)) {
    if (!options_.faults && random_.one_in(2)) return;
    const Id doubt = random_.one_in(6) && options_.faults ? values_.condition() : values_.constant(1, Type::Bool);
    return b_.require(doubt, "requirement " + std::to_string(line_));
  }
  if (!random_.one_in(3)) return;
  b_.open_if(values_.condition());
  const RandomValues::Scope scope = values_.scope();
  b_.returns(program_.result == Type::Void ? ir::none : values_.value(program_.result));
  values_.return_to(scope);
  b_.close();
}

/// sum of array[i + c] * d, clamped and stored: what a stencil looks like.
void ProgramMaker::weighted_sum() {
  const Id from = any_array(), to = writable_array();
  Id sum = values_.constant(random_.between(-100, 100), Type::I32);
  for (std::int64_t taps = random_.between(1, 5); taps > 0; --taps) {
    const Id element = b_.convert(b_.load(from, values_.index(from)), Type::I32);
    sum =
        b_.binary(Op::Add, sum, b_.binary(Op::Multiply, element, values_.constant(random_.between(-9, 9), Type::I32)));
  }
  sum = b_.binary(Op::Minimum, b_.binary(Op::Maximum, sum, values_.constant(0, Type::I32)),
                  values_.constant(255, Type::I32));
  const Id index = values_.index(to);
  b_.store(to, index, b_.convert(sum, program_.arrays[to].type));
}

// ---- regions

/// The statements of the region that has just been opened, and its end.
void ProgramMaker::nested(Do what, Id region, std::int64_t rounds, int count) {
  const RandomValues::Scope scope = values_.scope();
  const std::int64_t rounds_before = std::exchange(rounds_, rounds_ * rounds);
  if (what != Do::If) enclosing_.push_back({what, region});
  statements(count);
  if (what != Do::If) enclosing_.pop_back();
  rounds_ = rounds_before;
  values_.return_to(scope);
  ended_ = false;
}

void ProgramMaker::branch(int count) {
  const RandomValues::Scope scope = values_.scope();
  b_.open_if(values_.condition());
  nested(Do::If, b_.here(), 1, count / 2);
  b_.close();
  if (random_.one_in(4)) {
    const Id condition = values_.condition();
    b_.open_other();
    b_.open_if(condition);
    nested(Do::If, b_.here(), 1, count / 4);
    b_.close_chained_if();
  }
  if (random_.one_in(2)) {
    b_.open_other();
    nested(Do::If, b_.here(), 1, count / 4);
    b_.close();
  }
  values_.return_to(scope);
}

void ProgramMaker::block(int count) {
  b_.open_block();
  nested(Do::Block, b_.here(), 1, count - 1);
  b_.close();
}

void ProgramMaker::cases(int count) {
  const Type type = random_.one_in(8) ? Type::Bool : values_.any_integer();
  const std::int64_t most = type == Type::Bool ? 1 : random_.one_in(2) ? 15 : 63;
  const Id selector = type == Type::Bool || random_.one_in(4) ? values_.value(type) : values_.small(type, most);
  b_.open_cases(selector);
  std::set<std::int64_t> constants;
  for (std::int64_t left = random_.between(1, std::min<std::int64_t>(count, 9)); left > 0; --left) {
    const std::int64_t constant =
        random_.one_in(8) ? ir::canonical(random_.value(type), type) : random_.between(0, most);
    if (!constants.insert(constant).second) continue;
    const Id region = b_.open_case(values_.constant(constant, type));
    nested(Do::Cases, region, 1, count / 4);
    b_.close_case();
  }
  b_.close_cases();
  if (random_.one_in(2)) return;
  b_.open_other();
  nested(Do::If, b_.here(), 1, count / 4);
  b_.close();
}

/// A machine that makes few steps.
void ProgramMaker::states(int count) {
  if (rounds_ * most_steps > most_rounds) return;
  const Id counter = b_.declare(Type::I32, values_.constant(0, Type::I32));
  b_.open_states();
  std::vector<Id> all;
  for (Id number = static_cast<Id>(random_.between(1, std::min(count, 7))); number-- > 0;)
    all.push_back(b_.new_state(number));
  rounds_ *= most_steps;
  for (const Id region : all) state(all, region, counter, std::max(count / 3, 1));
  rounds_ /= most_steps;
  b_.close_states();
}

void ProgramMaker::state(const std::vector<Id>& all, Id region, Id counter, int count) {
  b_.open_state(region);
  const Id round = b_.get(counter);
  b_.open_if(b_.binary(Op::LessEqual, values_.constant(most_steps, Type::I32), round));
  b_.leave(Do::Break, region);
  b_.close();
  b_.set(counter, b_.binary(Op::Add, round, values_.constant(1, Type::I32)));
  const RandomValues::Scope scope = values_.scope();
  enclosing_.push_back({Do::States, region, &all});
  statements(count);
  if (!ended_) go(all);
  enclosing_.pop_back();
  values_.return_to(scope);
  ended_ = false;
  b_.close_state();
}

/// To any state, or to one that a byte chooses.
void ProgramMaker::go(const std::vector<Id>& states) {
  if (random_.one_in(2)) return b_.go(random_.pick(states));
  const Id selector = values_.value(Type::U8);
  std::vector<Id> targets;
  const std::int64_t longest = random_.one_in(2) ? 100 : 9;
  while (targets.size() < ir::byte_values)
    targets.insert(targets.end(), static_cast<std::size_t>(random_.between(1, longest)), random_.pick(states));
  targets.resize(ir::byte_values);
  b_.go(selector, targets);
}

void ProgramMaker::endless_loop(int count) {
  const std::int64_t rounds = random_.between(1, 6);
  if (rounds_ * rounds > most_rounds) return;
  const Id counter = b_.declare(Type::I32, values_.constant(0, Type::I32));
  const Id region = b_.open_loop();
  const Id round = b_.get(counter);
  b_.open_if(b_.binary(Op::LessEqual, values_.constant(rounds, Type::I32), round));
  b_.leave(Do::Break, region);
  b_.close();
  b_.set(counter, b_.binary(Op::Add, round, values_.constant(1, Type::I32)));
  const RandomValues::Scope scope = values_.scope();
  values_.remember(round);
  nested(Do::Loop, region, rounds, count - 1);
  values_.return_to(scope);
  b_.close();
}

void ProgramMaker::counted_loop(int count) {
  const Bounds bounds = choose_bounds();
  if (rounds_ * bounds.rounds > most_rounds) return;
  const RandomValues::Scope scope = values_.scope();
  const Id index = values_.remember(b_.open_for(bounds.first, bounds.last, bounds.step));
  if (bounds.end > 0) values_.remember_index(index, bounds.end);
  nested(Do::For, b_.here(), bounds.rounds, count - 1);
  b_.close();
  values_.return_to(scope);
}

// ---- bounds

ProgramMaker::Bounds ProgramMaker::choose_bounds() {
  switch (random_.bits() % 8) {
    case 0:
    case 1:
    case 2:
      return over_array();
    case 3:
    case 4:
      return constant_bounds();
    case 5:
      return bounds_at_the_edge();
    default:
      return computed_bounds();
  }
}

ProgramMaker::Bounds ProgramMaker::over_array() {
  const Id array = any_array();
  const int dimension = static_cast<int>(random_.bits() % program_.arrays[array].rank);
  const std::int64_t size = values_.known_extent(array, dimension);
  const auto number = [&](std::int64_t value) { return values_.constant(value, Type::I64); };
  if (size == ir::dynamic_size) return {Type::I64, number(0), b_.extent(array, dimension), number(1), 70};
  return {Type::I64, number(0), number(size), number(1), size, size};
}

ProgramMaker::Bounds ProgramMaker::constant_bounds() {
  const Type type = values_.any_integer();
  const bool down = ir::is_signed(type) && random_.one_in(3);
  const std::int64_t first = random_.between(ir::is_signed(type) ? -3 : 0, 5);
  const std::int64_t length = random_.between(0, 12), step = random_.between(1, 3);
  Bounds bounds{type, values_.constant(first, type), values_.constant(down ? first - length : first + length, type),
                values_.constant(down ? -step : step, type), std::max<std::int64_t>(length, 1)};
  if (!down && first >= 0) bounds.end = std::max<std::int64_t>(first + length, 1);
  return bounds;
}

/// Small bounds, so that however they lie, and whatever the step is, there are few rounds.
ProgramMaker::Bounds ProgramMaker::computed_bounds() {
  const Type type = values_.any_integer();
  const Id first = values_.small(type, 7), last = values_.small(type, 15);
  Id step = values_.small(type, 3);
  if (!options_.faults || !random_.one_in(12)) step = b_.binary(Op::Add, step, values_.constant(1, type));
  if (ir::is_signed(type) && random_.one_in(3)) step = b_.binary(Op::Subtract, values_.constant(0, type), step);
  if (random_.one_in(3)) return {type, last, first, step, 15};
  return {type, first, last, step, 15};
}

/// Close to the ends of the type, where first + step would overflow.
ProgramMaker::Bounds ProgramMaker::bounds_at_the_edge() {
  const Type type = values_.any_integer();
  const std::int64_t distance = random_.between(0, 6), step = random_.between(1, 3);
  const auto near = [&](std::int64_t end, std::int64_t away) {
    return values_.constant(
        static_cast<std::int64_t>(static_cast<std::uint64_t>(end) + static_cast<std::uint64_t>(away)), type);
  };
  if (ir::is_signed(type) && random_.one_in(2)) {
    const std::int64_t lowest = ir::lowest_of(type);
    return {type, near(lowest, distance), near(lowest, 0), values_.constant(-step, type), 6};
  }
  const std::int64_t highest = ir::highest_of(type);
  return {type, near(highest, -distance), near(highest, 0), values_.constant(step, type), 6};
}

}  // namespace

ir::Program random_program(std::uint64_t seed, const ProgramOptions& options) {
  return ProgramMaker(seed, options).make();
}

}  // namespace cogent::testing
