// From outside to inside: the loops, the store, the clamp, the shift, the sum. What is between the store and the clamp
// is read in stencil_result.cpp, the window that the loads form in stencil_window.cpp.
#include "optimize/recognise_stencil.h"

#include <algorithm>
#include <bit>

namespace cogent::optimize {

using analysis::LinearForm;
using analysis::Range;
using analysis::Wide;
using ir::Do;
using ir::Node;
using ir::none;
using ir::Op;
using ir::Statement;
using ir::StencilStage;

namespace {

constexpr Range all_of_32_bits = {INT32_MIN, INT32_MAX};

}  // namespace

bool StencilRecogniser::run(const ir::Program& program, const analysis::Ranges& ranges, analysis::LinearForms& forms,
                            ir::Stencil& stencil) {
  program_ = &program;
  ranges_ = &ranges;
  forms_ = &forms;
  why_not_ = nullptr;
  stencil.clear();
  Id body = none;
  if (!find_loops(body)) return false;
  const Id id = find_store(body);
  if (id == none) return false;
  const Statement& store = program.statements[id];
  return read_destination(store, stencil) && read_value(store, stencil);
}

bool StencilRecogniser::refuse(const char* why, ir::Line line) {
  why_not_ = why;
  line_ = line;
  return false;
}

// ---- loops

// The loop that is all that a region does; none: it does something else.
Id StencilRecogniser::only_loop(Id region) {
  Id loop = none;
  for (Id id = program_->regions[region].first; id != none; id = program_->statements[id].next) {
    const Statement& statement = program_->statements[id];
    if (statement.what == Do::Comment || program_->is_dead(statement)) continue;
    if (statement.what == Do::Return && statement.a == none && statement.next == none) continue;
    if (statement.what != Do::For || loop != none) {
      refuse(loop != none
                 ? "something follows the loop; put that in a function of its own"
                 : "the function is not just a loop over rows and columns; put the rest in a function of its own",
             statement.line);
      return none;
    }
    loop = id;
  }
  if (loop == none) refuse("there is no loop", 0);
  return loop;
}

bool StencilRecogniser::enter_loop(Id id, Loop& loop) {
  const Statement& statement = program_->statements[id];
  if (!program_->is_constant(statement.b) || !program_->is_constant(statement.c))
    return refuse(
        "the loop's bounds are known only at run time; take an In and an Out instead of a DynamicIn and a DynamicOut, "
        "and plain numbers",
        statement.line);
  if (!program_->is_constant(statement.d, 1))
    return refuse("the loop does not count upward by 1; let it, and compute the indexes from its counter",
                  statement.line);
  const Wide first = analysis::value_of(program_->value(statement.b), program_->nodes[statement.b].type);
  const Wide last = analysis::value_of(program_->value(statement.c), program_->nodes[statement.c].type);
  if (last <= first) return refuse("the loop never runs", statement.line);
  constexpr Wide reach = Wide{1} << 40;
  if (first < -reach || last > reach)
    return refuse("the loop runs over an enormous range; let it run over one array", statement.line);
  loop = {statement.a, static_cast<std::int64_t>(first), static_cast<std::int64_t>(last - first)};
  return true;
}

// One loop is a row. The innermost region is the pixel's.
bool StencilRecogniser::find_loops(Id& body) {
  const Id outer = only_loop(0);
  rows_ = columns_ = {};
  if (outer == none || !enter_loop(outer, columns_)) return false;
  body = program_->statements[outer].body;
  const Id first = program_->regions[body].first;
  const auto is_loop = [&](Id id) { return program_->statements[id].what == Do::For; };
  Id inner = first;
  while (inner != none && !is_loop(inner)) inner = program_->statements[inner].next;
  if (inner == none) return true;
  inner = only_loop(body);
  rows_ = columns_;
  if (inner == none || !enter_loop(inner, columns_)) return false;
  body = program_->statements[inner].body;
  return true;
}

// ---- the store

// The one store of a region that otherwise only loads, in bounds.
Id StencilRecogniser::find_store(Id body) {
  Id store = none;
  for (Id id = program_->regions[body].first; id != none; id = program_->statements[id].next) {
    const Statement& statement = program_->statements[id];
    const bool is_proven = (statement.flags & ir::proven_in_bounds) != 0;
    if (statement.what == Do::Comment || program_->is_dead(statement)) continue;
    if (statement.what == Do::Check && is_proven) continue;
    const bool is_load = statement.what == Do::Let && program_->nodes[statement.a].op == Op::Load;
    const char* why = nullptr;
    if (!is_load && statement.what == Do::Check)
      why =
          "an index is not proven to lie within its array; let the loops run over the extents of an Out, and pad the "
          "In";
    else if (is_load ? store != none : statement.what != Do::Store)
      why = is_load ? "an element is read after the store; read it before"
                    : "the loop does more than read, add up and store; put the rest in a function of its own";
    else if (!is_proven)
      why =
          "an index is not proven to lie within its array; let the loops run over the extents of an Out, and pad the "
          "In";
    else if (!is_load && store != none)
      why = "the loop stores more than one element; write a function for each of them";
    if (why != nullptr) {
      refuse(why, statement.line);
      return none;
    }
    if (!is_load) store = id;
  }
  if (store == none) refuse("the loop stores nothing", 0);
  return store;
}

bool StencilRecogniser::read_access(Id index, ir::Line line, Access& access) {
  std::int64_t constant = 0;
  const LinearForm& form = forms_->base_of(index, constant);
  if (!form.valid)
    return refuse(
        "an index is not of the form y * pitch + x + constant; write source(y + c, x + c), and treat borders by "
        "padding or in a function of their own",
        line);
  int known = 0;
  for (int i = 0; i < form.count; ++i) {
    if (form.terms[i].atom == columns_.index && form.terms[i].coefficient == 1) ++known;
    if (rows_.index != none && form.terms[i].atom == rows_.index) {
      access.pitch = form.terms[i].coefficient;
      ++known;
    }
  }
  if (known != form.count || form.coefficient_of(columns_.index) != 1)
    return refuse(
        "an index is not of the form y * pitch + x + constant; write source(y + c, x + c), and treat borders by "
        "padding or in a function of their own",
        line);
  const Wide offset = Wide{form.constant} + constant + columns_.first + Wide{rows_.first} * access.pitch;
  if (offset != static_cast<std::int64_t>(offset)) return refuse("an index is enormous", line);
  access.offset = static_cast<std::int64_t>(offset);
  return true;
}

// ---- the sum

// A shift to the right by a constant, or what equals one.
bool StencilRecogniser::read_shift(Id id, std::int32_t& shift) const {
  const Node& node = program_->nodes[id];
  if ((node.op != Op::ShiftRight && node.op != Op::Divide) || !program_->is_constant(node.b)) return false;
  const std::int64_t value = program_->value(node.b);
  if (node.op == Op::ShiftRight) {
    shift = static_cast<std::int32_t>(value & (ir::width_of(node.type) - 1));
    return shift < 32;
  }
  if (value <= 0 || !std::has_single_bit(static_cast<std::uint64_t>(value)) || (*ranges_)[node.a].low < 0) return false;
  shift = std::countr_zero(static_cast<std::uint64_t>(value));
  return shift < 32;
}

// bias + (shifted sum), or the sum itself, as terms; (s >> k) + c is (s + (c << k)) >> k.
bool StencilRecogniser::read_sum(Id sum, ir::Line line, StencilStage& stage) {
  constexpr const char* no_sum =
      "what is stored is not a weighted sum of neighbouring elements; 8-bit elements times known numbers, added up, "
      "shifted to the right and clamped, are one";
  std::int64_t constant = 0, shifted_constant = 0;
  if (!ir::is_integer(program_->nodes[sum].type)) return refuse(no_sum, line);
  if (!forms_->weighted_sum(sum, terms_, constant)) return refuse(no_sum, line);
  const Range outer{constant, constant};
  if (terms_.size() == 1 && terms_[0].coefficient == 1 && read_shift(terms_[0].atom, stage.shift)) {
    const Range& whole = (*ranges_)[sum];
    const Range& part = (*ranges_)[terms_[0].atom];
    if (!outer.within(all_of_32_bits) || part.low + constant < whole.low || part.high + constant > whole.high)
      return refuse("the sum may overflow; use smaller weights", line);
    shifted_constant = constant << stage.shift;
    sum = program_->nodes[terms_[0].atom].a;
    if (!forms_->weighted_sum(sum, terms_, constant)) return refuse(no_sum, line);
  }
  const ir::Type type = program_->nodes[sum].type;
  Wide low = 0, high = 0;  // of the exact sum
  for (analysis::Term& term : terms_) {
    const Node& atom = program_->nodes[term.atom];
    if (atom.op != Op::Load || !holds_plain_bytes(atom.a)) return refuse(no_sum, atom.line != 0 ? atom.line : line);
    term.coefficient = ir::canonical(term.coefficient, type);
    (term.coefficient < 0 ? low : high) += Wide{term.coefficient} * 255;
  }
  constant = ir::canonical(constant, type);
  const Range exact{low + constant, high + constant};
  const Range biased{exact.low + shifted_constant, exact.high + shifted_constant};
  if (!exact.within(analysis::range_of(type)) || !exact.within(all_of_32_bits) || !biased.within(all_of_32_bits))
    return refuse("the sum may overflow 32 bits; use smaller weights", line);
  if (type == ir::Type::U64) return refuse(no_sum, line);
  stage.bias = static_cast<std::int32_t>(constant + shifted_constant);
  return terms_.empty() ? refuse("what is stored is a constant", line) : true;
}

}  // namespace cogent::optimize
