// Gathers the accesses of each parallel loop and compares each store with all accesses to its memory.
#include "analysis/independence.h"

#include <algorithm>
#include <vector>

#include "ir/parallel_loops.h"
#include "ir/walk.h"

namespace cogent::analysis {
namespace {

using ir::Do;
using ir::none;
using ir::Statement;

class ConflictSearch {
 public:
  explicit ConflictSearch(const ir::Program& program)
      : program_(program), scopes_(program), made_at_(program.nodes.size(), 0) {
    ranges_.run(program);
    forms_.start(program, ranges_);
  }

  // Called by ir::walk:
  void enter(Id region) {
    scopes_.enter(region);
    if (scopes_.innermost() == region) loops_.push_back({region, now_, {}});
  }
  void leave(Id region) {
    if (scopes_.innermost() == region && region != none) {
      if (!found_) compare_all(loops_.back());
      loops_.pop_back();
    }
    scopes_.leave(region);
  }
  void statement(Id id);

  const std::optional<Conflict>& found() const { return found_; }

 private:
  struct Access {
    Id array, index;  // index none: any element
    bool is_store;
    ir::Line line;
  };
  struct Loop {
    Id body;
    std::uint32_t begin;  // when it began
    std::vector<Access> accesses;
  };
  /// Of an access, in bytes: c * i + what does not change + [low, high], and c * i + [low, high] over all i.
  struct Window {
    static constexpr Wide reach = Wide{1} << 61;
    bool is_known = false;
    Wide stride = 0;  // c
    LinearForm unchanged;
    Range within, whole;
  };

  void access(Id array, Id index, bool is_store, ir::Line line);
  void compare_all(const Loop& loop);
  bool may_meet(Id a, Id b) const;
  bool is_stored_to(const Loop& loop, Id array) const;
  void find_varying(const Loop& loop, Id index);
  Window window_of(const Access& access, Id index);
  bool are_apart(const Window& a, const Window& b, Wide step) const;

  const ir::Program& program_;
  ir::ParallelScopes scopes_;
  Ranges ranges_;
  LinearForms forms_;
  std::vector<std::uint32_t> made_at_;  // per pinned node: when its statement came
  std::uint32_t now_ = 1;
  std::vector<Loop> loops_;
  std::vector<Window> windows_;  // of the accesses of the loop that is looked at
  std::vector<bool> varies_;     // per node: it may differ from one iteration to the next
  std::optional<Conflict> found_;
};

void ConflictSearch::statement(Id id) {
  const Statement& statement = program_.statements[id];
  scopes_.statement(statement);
  if (const Id made = ir::made_node(statement); made != none) made_at_[made] = now_;
  ++now_;
  if (loops_.empty()) return;
  if (statement.what == Do::Store) access(statement.a, statement.b, true, statement.line);
  if (statement.what == Do::Let && program_.nodes[statement.a].op == ir::Op::Load)
    access(program_.nodes[statement.a].a, program_.nodes[statement.a].b, false, statement.line);
  if (statement.what != Do::Call) return;
  const ir::Callee& callee = program_.callees[statement.b];
  for (std::size_t i = 0; i < statement.d; ++i)
    if (callee.arguments[i].is_array)
      access(program_.arguments(statement)[i], none, callee.arguments[i].is_written(), statement.line);
}

void ConflictSearch::access(Id array, Id index, bool is_store, ir::Line line) {
  for (Loop& loop : loops_)
    if (!scopes_.is_own(array, loop.body)) loop.accesses.push_back({array, index, is_store, line});
}

void ConflictSearch::compare_all(const Loop& loop) {
  const Statement& counted = program_.statements[program_.regions[loop.body].owner];
  find_varying(loop, counted.a);
  const bool has_known_step = program_.is_constant(counted.d);
  const Wide step = has_known_step ? value_of(program_.value(counted.d), program_.nodes[counted.d].type) : Wide{1};
  windows_.clear();
  for (const Access& access : loop.accesses)
    windows_.push_back(is_stored_to(loop, access.array) ? window_of(access, counted.a) : Window{});
  for (std::size_t i = 0; i < loop.accesses.size(); ++i) {
    if (!loop.accesses[i].is_store) continue;
    for (std::size_t k = 0; k < loop.accesses.size(); ++k) {
      if (!may_meet(loop.accesses[i].array, loop.accesses[k].array)) continue;
      if (are_apart(windows_[i], windows_[k], step)) continue;
      found_ = Conflict{loop.accesses[i].line, loop.accesses[i].array};
      return;
    }
  }
}

bool ConflictSearch::may_meet(Id a, Id b) const {
  return program_.memory_of(a) == program_.memory_of(b) && program_.may_overlap(a, b);
}

bool ConflictSearch::is_stored_to(const Loop& loop, Id array) const {
  return std::ranges::any_of(loop.accesses,
                             [&](const Access& other) { return other.is_store && may_meet(other.array, array); });
}

void ConflictSearch::find_varying(const Loop& loop, Id index) {
  varies_.assign(program_.nodes.size(), false);
  for (Id id = 0; id < program_.nodes.size(); ++id) {
    const ir::Node& node = program_.nodes[id];
    bool varies = id == index || (ir::is_pinned(node) && made_at_[id] >= loop.begin);
    if (!ir::is_pinned(node))
      for (int i = 0; i < ir::operand_count(node); ++i) varies = varies || varies_[ir::operand(node, i)];
    varies_[id] = varies;
  }
}

ConflictSearch::Window ConflictSearch::window_of(const Access& access, Id index) {
  Window window;
  if (access.index == none) return window;
  const ir::Array& array = program_.arrays[access.array];
  LinearForm form = forms_.of(access.index);
  if (!form.valid) return window;
  const Wide step = array.step();
  const auto add = [&](Range& range, std::int64_t factor, const Range& of) {
    const Wide a = of.low * factor * step, b = of.high * factor * step;
    range = {range.low + std::min(a, b), range.high + std::max(a, b)};
  };
  const std::int64_t factor = form.coefficient_of(index);
  window.stride = factor * step;
  window.within = {Wide{form.constant} * step + array.offset,
                   Wide{form.constant} * step + array.offset + ir::size_of(array.type)};
  for (int i = 0; i < form.count; ++i) {
    const Term& term = form.terms[i];
    if (term.atom == index) continue;
    const Range& range = ranges_[term.atom];
    if (!varies_[term.atom])
      window.unchanged.add(term.atom, term.coefficient);
    else if (range.high - range.low > Window::reach)
      return window;
    else
      add(window.within, term.coefficient, range);
  }
  window.whole = window.within;
  add(window.whole, factor, ranges_[index]);
  // Forms are congruent modulo 2^64 to indexes; those so close together do not meet by wrapping.
  const Wide span = (ranges_[index].high - ranges_[index].low) * factor;
  const bool is_index = (factor == 1 || factor == -1) && window.unchanged.count == 0 &&
                        form.constant <= Window::reach && form.constant >= -Window::reach;  // within an array: near 0
  const bool is_near = is_index || (span <= 4 * Window::reach && span >= -4 * Window::reach);
  window.is_known = is_near && window.within.high - window.within.low <= Window::reach;
  return window;
}

bool ConflictSearch::are_apart(const Window& a, const Window& b, Wide step) const {
  if (!a.is_known || !b.is_known || !a.unchanged.has_same_terms(b.unchanged)) return false;
  const Wide distance = a.within.low - b.within.low;
  if (distance > Window::reach || distance < -Window::reach) return false;
  if (a.whole.high <= b.whole.low || b.whole.high <= a.whole.low) return true;
  const Wide stride = a.stride * step, next = stride < 0 ? -stride : stride;
  return a.stride == b.stride && a.within.high - b.within.low <= next && b.within.high - a.within.low <= next;
}

}  // namespace

std::optional<Conflict> find_conflict(const ir::Program& program) {
  ConflictSearch search(program);
  ir::walk(program, search);
  return search.found();
}

}  // namespace cogent::analysis
