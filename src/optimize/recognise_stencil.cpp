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
  if (!find_loops(body) || !find_stores(body) || !read_stores(stencil)) return false;
  stencil.parallel_loop = parallel_loop_;
  return true;
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
  if (parallel_loop_ == none && (statement.flags & ir::parallel) != 0) parallel_loop_ = id;
  return true;
}

bool StencilRecogniser::holds_loop(Id region) const {
  Id id = program_->regions[region].first;
  while (id != none && program_->statements[id].what != Do::For) id = program_->statements[id].next;
  return id != none;
}

// One loop is a row, a third one within goes through the channels of a pixel, as does a second one of few iterations.
// The innermost region is the pixel's, or the channel's.
bool StencilRecogniser::find_loops(Id& body) {
  rows_ = columns_ = channels_ = {};
  parallel_loop_ = none;
  step_ = 1;
  body = 0;
  int depth = 0;
  do {
    const Id loop = only_loop(body);
    rows_ = columns_;
    columns_ = channels_;
    if (loop == none || !enter_loop(loop, channels_)) return false;
    body = program_->statements[loop].body;
    ++depth;
  } while (depth < 3 && holds_loop(body));
  constexpr std::int64_t most_channels = 4;
  if (depth == 3 || (depth == 2 && channels_.count <= most_channels)) {
    step_ = channels_.count;
    return true;
  }
  rows_ = columns_;
  columns_ = channels_;
  channels_ = {};
  return true;
}

// ---- the stores

// The stores of a region that otherwise only loads, in bounds.
bool StencilRecogniser::find_stores(Id body) {
  stores_.clear();
  for (Id id = program_->regions[body].first; id != none; id = program_->statements[id].next) {
    const Statement& statement = program_->statements[id];
    if (statement.what == Do::Comment || program_->is_dead(statement)) continue;
    if (is_more_than_reading(statement)) return false;
    if (statement.what == Do::Store) stores_.push_back(id);
  }
  if (stores_.empty()) return refuse("the loop stores nothing", 0);
  if (stores_.size() > 1 && channels_.index != none) return refuse_second_store();
  if (channels_.index == none) step_ = static_cast<std::int64_t>(stores_.size());
  return true;
}

// More than reading and storing, that is, where it is proven to be in bounds.
bool StencilRecogniser::is_more_than_reading(const Statement& statement) {
  const bool is_load = statement.what == Do::Let && program_->nodes[statement.a].op == Op::Load;
  if (!is_load && statement.what != Do::Store && statement.what != Do::Check)
    return !refuse("the loop does more than read, add up and store; put the rest in a function of its own",
                   statement.line);
  if ((statement.flags & ir::proven_in_bounds) != 0) return false;
  return !refuse(
      "an index is not proven to lie within its array; let the loops run over the extents of an Out, and pad the In",
      statement.line);
}

bool StencilRecogniser::refuse_second_store() {
  return refuse("the loop stores more than one element; write a function for each of them",
                program_->statements[stores_[1]].line);
}

// Several stores are the channels of a pixel, each the same sum one element further.
bool StencilRecogniser::read_stores(ir::Stencil& stencil) {
  const Statement& store = program_->statements[stores_.front()];
  if (!read_destination(store, stencil)) return stores_.size() > 1 && refuse_second_store();
  if (!read_value(store, stencil)) return false;
  for (std::size_t channel = 1; channel < stores_.size(); ++channel)
    if (!read_channel(static_cast<std::int64_t>(channel), stencil)) return false;
  return true;
}

bool StencilRecogniser::read_channel(std::int64_t channel, const ir::Stencil& first) {
  const Statement& store = program_->statements[stores_[static_cast<std::size_t>(channel)]];
  channel_.clear();
  if (!read_destination(store, channel_) || channel_.destination != first.destination ||
      channel_.destination_offset != first.destination_offset + channel)
    return refuse_second_store();
  channel_.width -= channel;
  if (!read_value(store, channel_)) return false;
  if (channel_.source == first.source && channel_.source_pitch == first.source_pitch &&
      channel_.source_offset == first.source_offset + channel && channel_.stages == first.stages &&
      channel_.taps == first.taps && channel_.scale == first.scale)
    return true;
  return refuse("the channels of a pixel are not summed alike; write a function for each of them", store.line);
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
    if (form.terms[i].atom == columns_.index) ++known;
    if (channels_.index != none && form.terms[i].atom == channels_.index && form.terms[i].coefficient == 1) ++known;
    if (rows_.index != none && form.terms[i].atom == rows_.index) {
      access.pitch = form.terms[i].coefficient;
      ++known;
    }
  }
  const bool misses_channel = channels_.index != none && form.coefficient_of(channels_.index) != 1;
  if (known != form.count || form.coefficient_of(columns_.index) != step_ || misses_channel)
    return refuse(
        "an index is not of the form y * pitch + x + constant; write source(y + c, x + c), and treat borders by "
        "padding or in a function of their own",
        line);
  const Wide offset = Wide{form.constant} + constant + Wide{columns_.first} * step_ + channels_.first +
                      Wide{rows_.first} * access.pitch;
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
