// Finds the rounds in which comparisons begin to come out differently, and copies the loop once between each two.
#include "optimize/split_loops.h"

#include <algorithm>

namespace cogent::optimize {

using analysis::Range;
using analysis::Wide;
using ir::Do;
using ir::Node;
using ir::none;
using ir::Op;
using ir::Statement;

namespace {

constexpr int most_parts = 5;
constexpr std::size_t most_statements = 1000;  // of all parts, those of inner loops included
constexpr std::int64_t fewest_rounds = 3;

// The first round of each part, and behind them the end of the loop.
struct Parts {
  std::int64_t firsts[most_parts + 1];
  int count = 0;           // 0: the loop is not to be split
  bool continues = false;  // something in the loop goes on with its next round

  void add(Wide at) {
    if (count == 0 || at <= firsts[0] || at >= firsts[count]) return;
    const auto first = static_cast<std::int64_t>(at);
    std::int64_t* const place = std::lower_bound(firsts, firsts + count, first);
    if (*place == first) return;
    if (count == most_parts) {
      count = 0;
      return;
    }
    std::copy_backward(place, firsts + count + 1, firsts + count + 2);
    *place = first;
    ++count;
  }
};

struct Bounds {
  std::int64_t first = 0, last = 0;
};

// Of a loop that this pass may split; empty else.
Bounds bounds_of(const ir::Program& program, Id first, Id last, Id step) {
  if (!program.is_constant(first) || !program.is_constant(last) || !program.is_constant(step, 1)) return {};
  return {program.value(first), program.value(last)};
}

// The rounds from where to where a border's comparison comes out as `inside`; in all others it comes out otherwise.
struct Span {
  Wide begin, end;
  bool inside;
};

Span span_of(const ir::Program& program, const Scan::Border& border) {
  constexpr Wide far = Wide{1} << 100;
  const Node& comparison = program.nodes[border.comparison];
  const Wide at = Wide{border.constant} - border.offset;
  const bool index_is_left = !program.is_constant(comparison.a);
  switch (comparison.op) {
    case Op::Less:
      return index_is_left ? Span{-far, at, true} : Span{at + 1, far, true};
    case Op::LessEqual:
      return index_is_left ? Span{-far, at + 1, true} : Span{at, far, true};
    default:
      return {at, at + 1, comparison.op == Op::Equal};
  }
}

// Whether index + offset stays within its type, so that it compares as an integer does.
bool is_exact(const ir::Program& program, const Scan::Border& border, const Bounds& bounds) {
  const Range all = analysis::range_of(program.nodes[border.index].type);
  return Range{Wide{bounds.first} + border.offset, Wide{bounds.last} - 1 + border.offset}.within(all);
}

Parts parts_of(const Scan& scan, Id index, const Bounds& bounds) {
  Parts parts;
  if (bounds.last - bounds.first < fewest_rounds) return parts;
  parts.firsts[0] = bounds.first;
  parts.firsts[1] = bounds.last;
  parts.count = 1;
  for (const Scan::Border& border : scan.borders) {
    if (border.index != index || !is_exact(*scan.program, border, bounds)) continue;
    const Span span = span_of(*scan.program, border);
    parts.add(span.begin);
    parts.add(span.end);
  }
  if (parts.count == 1) parts.count = 0;
  return parts;
}

struct Weight {
  Id body;                     // of the loop
  std::size_t statements = 0;  // of all its parts
  bool continues = false;      // something in it goes on with its next round
};

// Adds the statements of a region that is copied so many times; false: too many, or something leaves the loop.
bool weigh(const Scan& scan, Id region, std::size_t times, Weight& weight) {
  const ir::Program& program = *scan.program;
  for (Id id = program.regions[region].first; id != none; id = program.statements[id].next) {
    const Statement& statement = program.statements[id];
    weight.statements += times;
    if (weight.statements > most_statements || (statement.what == Do::Break && statement.a == weight.body))
      return false;
    if (statement.what == Do::Continue && statement.a == weight.body) weight.continues = true;
    std::size_t inner_times = times;
    if (statement.what == Do::For)
      if (const Parts parts = parts_of(scan, statement.a, bounds_of(program, statement.b, statement.c, statement.d));
          parts.count > 1)
        inner_times *= static_cast<std::size_t>(parts.count);
    for (Id inner = statement.body; inner != none; inner = ir::next_region(program, inner))
      if (!weigh(scan, inner, inner_times, weight)) return false;
  }
  return true;
}

Parts parts_of_loop(const Scan& scan, const Statement& loop, const Bounds& bounds) {
  Parts parts = parts_of(scan, loop.a, bounds);
  Weight weight{loop.body};
  if (parts.count == 0 || !weigh(scan, loop.body, static_cast<std::size_t>(parts.count), weight)) return {};
  parts.continues = weight.continues;
  return parts;
}

// What the comparisons with the index give in all rounds from `first` on.
void fix_borders(Transformation& transformation, Id index, const Bounds& bounds, std::int64_t first) {
  const Scan& scan = transformation.scan();
  for (const Scan::Border& border : scan.borders) {
    if (border.index != index || !is_exact(*scan.program, border, bounds)) continue;
    const Span span = span_of(*scan.program, border);
    const bool is_within = span.begin <= first && first < span.end;
    transformation.fix(border.comparison, transformation.builder().constant(is_within == span.inside, ir::Type::Bool));
  }
}

void note_parts(Transformation& transformation, const Statement& loop, const Parts& parts) {
  std::string text = "the loop was split at ";
  for (int i = 1; i < parts.count; ++i) text += (i == 1 ? "" : ", ") + std::to_string(parts.firsts[i]);
  transformation.note(loop.line, text + ", where comparisons of its index with constants change");
}

}  // namespace

bool can_split_a_loop(const Scan& scan) {
  if (scan.borders.empty()) return false;
  const ir::Program& program = *scan.program;
  return std::any_of(scan.fors.begin(), scan.fors.end(), [&](Id id) {
    const Statement& loop = program.statements[id];
    return parts_of_loop(scan, loop, bounds_of(program, loop.b, loop.c, loop.d)).count > 1;
  });
}

bool split_loop(Transformation& transformation, Id id, bool&) {
  if (transformation.scan().borders.empty()) return false;
  const Statement loop = transformation.source().statements[id];
  const Id first = transformation.map(loop.b), last = transformation.map(loop.c), step = transformation.map(loop.d);
  ir::Builder& builder = transformation.builder();
  const Bounds bounds = bounds_of(builder.program(), first, last, step);
  const Parts parts = parts_of_loop(transformation.scan(), loop, bounds);
  if (parts.count < 2) return false;

  const ir::Type type = builder.program().nodes[first].type;
  const std::size_t begun = transformation.begin_versions(id), fixed = transformation.fixed();
  for (int i = 0; i < parts.count; ++i) {
    transformation.forget_version(id, begun);
    builder.at(loop.line);
    const Id begin = builder.constant(parts.firsts[i], type), end = builder.constant(parts.firsts[i + 1], type);
    const bool is_loop = parts.continues || parts.firsts[i + 1] - parts.firsts[i] > 1;
    transformation.map_to(loop.a,
                          is_loop ? builder.open_for(begin, end, step, transformation.written_in(loop.body)) : begin);
    if (is_loop) transformation.keep_flags(transformation.source().statements[id]);
    transformation.map_leaves(loop.body, builder.here(), builder.here());
    fix_borders(transformation, loop.a, bounds, parts.firsts[i]);
    transformation.copy_region(loop.body);
    transformation.unfix(fixed);
    if (is_loop) builder.close();
  }
  if (transformation.wants_notes()) note_parts(transformation, loop, parts);
  return true;
}

}  // namespace cogent::optimize
