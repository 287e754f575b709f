// Where a loop's accesses go: which of them alternate in memory, and how they depend on each other.
#include <algorithm>

#include "optimize/recognise_lanes.h"

namespace cogent::optimize {

using analysis::Dependence;
using analysis::LinearForm;
using ir::Do;
using ir::LaneAccess;
using ir::LaneGroup;
using ir::LaneLoop;
using ir::Op;
using ir::Statement;

namespace {

constexpr std::size_t most_accesses = 128, most_pairs = 128;
constexpr const char* is_scattered = "neighbouring iterations do not access neighbouring elements";

// When it is done: the loads of a group with the first of them, its stores with the last.
std::uint32_t time_of(const LaneLoop& loop, std::uint32_t number) {
  const LaneAccess& access = loop.accesses[number];
  if (access.group == LaneAccess::no_group) return number;
  const LaneGroup& group = loop.groups[access.group];
  return access.is_store ? group.last : group.first;
}

std::int64_t distance_of(const LinearForm& from, const LinearForm& to) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(to.constant) - static_cast<std::uint64_t>(from.constant));
}

}  // namespace

bool LaneRecogniser::add_access(const Statement& statement, bool is_conditional, LaneLoop& loop) {
  const bool is_store = statement.what == Do::Store;
  if (!is_store && (statement.what != Do::Let || program_->nodes[statement.a].op != Op::Load)) return true;
  const Id id = is_store ? statement.a : program_->nodes[statement.a].a;
  const Id index = is_store ? statement.b : program_->nodes[statement.a].b;
  const ir::Array& array = program_->arrays[id];
  if (array.step() != ir::size_of(array.type) || array.offset != 0)
    return refuse("an array is one of structs", statement.line);
  LinearForm form = forms_->of(index);
  const std::int64_t stride = form.valid ? form.coefficient_of(index_) : 0;
  const bool walks = stride >= 1 && stride <= LaneAccess::most_stride;
  if (walks) form.add(index_, -stride);
  if (!walks || !is_invariant(form))
    return (!is_store && add_look_up(statement, loop)) || refuse(is_scattered, statement.line);
  if (accesses_.size() == most_accesses) return refuse("it accesses memory in too many places", statement.line);
  LaneAccess access{.array = id, .is_store = is_store, .line = statement.line, .constant = form.constant};
  access.stride = static_cast<std::uint8_t>(stride);
  access.is_conditional = is_conditional && (is_store || !is_always_inside(array, index));
  if (access.is_conditional && stride > 1)
    return refuse("a condition decides about elements that alternate in memory", statement.line);
  add_terms(form, access, loop);
  if (!is_store) narrowing_.set_access(statement.a, static_cast<std::uint32_t>(loop.accesses.size()));
  loop.accesses.push_back(access);
  accesses_.push_back({id, is_store, form, stride});
  if (stride > 1) add_to_group(static_cast<std::uint32_t>(accesses_.size() - 1), loop);
  return true;
}

// Of a byte in a table that fits registers.
bool LaneRecogniser::add_look_up(const Statement& statement, LaneLoop& loop) {
  const ir::Node& load = program_->nodes[statement.a];
  const ir::Array& array = program_->arrays[load.a];
  if (ir::size_of(load.type) != 1 || load.type == ir::Type::Bool || !narrowing_.is_byte(load.b)) return false;
  const std::int64_t highest = narrowing_.highest(load.b);
  const std::uint16_t table = highest < 64 ? 64 : highest < 128 ? 128 : 256;
  if (array.size < table || accesses_.size() == most_accesses) return false;
  ir::LaneAccess access{.array = load.a, .line = statement.line};
  access.stride = 0;
  access.table = table;
  loop.accesses.push_back(access);
  analysis::LinearAccess known{.array = load.a, .is_store = false, .index = {}, .stride = 0};
  known.index.valid = false;
  accesses_.push_back(known);
  narrowing_.look_up(statement.a);
  return true;
}

bool LaneRecogniser::is_invariant(const LinearForm& form) const {
  return std::none_of(form.terms, form.terms + form.count,
                      [this](const auto& term) { return narrowing_.varies(term.atom); });
}

// Whatever the iteration: then it may be loaded where its condition does not hold.
bool LaneRecogniser::is_always_inside(const ir::Array& array, Id index) const {
  return array.size != ir::dynamic_size && (*ranges_)[index].within({0, array.size - 1});
}

void LaneRecogniser::add_terms(const LinearForm& form, LaneAccess& access, LaneLoop& loop) {
  access.first_term = static_cast<std::uint32_t>(loop.terms.size());
  access.term_count = static_cast<std::uint32_t>(form.count);
  for (int i = 0; i < form.count; ++i) loop.terms.push_back({form.terms[i].atom, form.terms[i].coefficient});
}

// ---- groups

void LaneRecogniser::add_to_group(std::uint32_t number, LaneLoop& loop) {
  for (std::uint32_t group = 0; group < loop.groups.size(); ++group)
    if (fits_group(loop.groups[group], number, loop)) return join_group(number, group, loop);
  loop.accesses[number].group = static_cast<std::uint32_t>(loop.groups.size());
  loop.groups.push_back(
      {.lowest = number, .first = number, .last = number, .stride = loop.accesses[number].stride, .span = 1});
}

bool LaneRecogniser::fits_group(const LaneGroup& group, std::uint32_t number, const LaneLoop& loop) const {
  const analysis::LinearAccess &lowest = accesses_[group.lowest], &added = accesses_[number];
  if (lowest.array != added.array || lowest.is_store != added.is_store || lowest.stride != added.stride ||
      !lowest.index.has_same_terms(added.index))
    return false;
  const std::int64_t distance = distance_of(lowest.index, added.index);
  const std::int64_t low = std::min<std::int64_t>(distance, 0), high = std::max<std::int64_t>(distance, group.span - 1);
  if (low <= -group.stride || high >= group.stride || high - low >= group.stride) return false;
  for (std::uint32_t i = group.first; i < number; ++i) {
    if (!added.is_store && accesses_[i].is_store) return false;
    const bool is_same = loop.accesses[i].group == loop.accesses[group.lowest].group;
    if (added.is_store && is_same && loop.accesses[i].position == distance) return false;
  }
  return true;
}

void LaneRecogniser::join_group(std::uint32_t number, std::uint32_t id, LaneLoop& loop) {
  LaneGroup& group = loop.groups[id];
  const std::int64_t distance = distance_of(accesses_[group.lowest].index, accesses_[number].index);
  const auto below = static_cast<std::uint8_t>(distance < 0 ? -distance : 0);
  for (std::uint32_t i = group.first; i < number; ++i)
    if (loop.accesses[i].group == id) loop.accesses[i].position += below;
  loop.accesses[number].group = id;
  loop.accesses[number].position = static_cast<std::uint8_t>(distance + below);
  if (below != 0) group.lowest = number;
  group.span = std::max<std::uint8_t>(group.span + below, loop.accesses[number].position + 1);
  group.last = number;
}

// Stores to some elements alone would need masks.
bool LaneRecogniser::check_groups(const LaneLoop& loop) {
  for (std::uint32_t id = 0; id < loop.groups.size(); ++id) {
    const LaneAccess& lowest = loop.accesses[loop.groups[id].lowest];
    const auto stores = std::ranges::count(loop.accesses, id, &LaneAccess::group);
    if (lowest.is_store && stores != lowest.stride)
      return refuse("it stores some elements and leaves out others between them", lowest.line);
  }
  return true;
}

// ---- dependences

// Elements that are accessed twice meet others alike.
bool LaneRecogniser::is_known_pair(const LaneLoop& loop, const ir::LanePair& pair) const {
  const auto are_alike = [&](std::uint32_t a, std::uint32_t b) {
    const analysis::LinearAccess &x = accesses_[a], &y = accesses_[b];
    return x.array == y.array && x.stride == y.stride && loop.accesses[a].table == loop.accesses[b].table &&
           x.index.constant == y.index.constant && x.index.has_same_terms(y.index);
  };
  return std::ranges::any_of(loop.pairs, [&](const ir::LanePair& known) {
    return known.must_be_apart == pair.must_be_apart && are_alike(known.earlier, pair.earlier) &&
           are_alike(known.later, pair.later);
  });
}

void LaneRecogniser::add_pair(std::uint32_t earlier, std::uint32_t later, LaneLoop& loop) {
  ir::LanePair pair{earlier, later, false};
  for (std::uint32_t* number : {&pair.earlier, &pair.later}) {
    const std::uint32_t group = loop.accesses[*number].group;
    if (loop.accesses[*number].table != 0) pair.must_be_apart = true;
    if (group == LaneAccess::no_group) continue;
    *number = loop.groups[group].lowest;
    pair.must_be_apart = true;
  }
  if (!is_known_pair(loop, pair)) loop.pairs.push_back(pair);
}

bool LaneRecogniser::find_pairs(LaneLoop& loop) {
  const ir::Line line = program_->statements[loop.statement].line;
  for (std::uint32_t later = 0; later < accesses_.size(); ++later)
    for (std::uint32_t earlier = 0; earlier < later; ++earlier) {
      Dependence dependence = find_dependence(*program_, accesses_[earlier], accesses_[later]);
      if (dependence.kind == Dependence::Kind::None || never_meet(accesses_[earlier], accesses_[later], loop)) continue;
      if (dependence.kind == Dependence::Kind::Unknown) {
        add_pair(earlier, later, loop);
        continue;
      }
      loop.is_repeatable = false;
      if (time_of(loop, earlier) > time_of(loop, later)) {
        if (dependence.distance == 0) return refuse("an element is accessed between stores to its neighbours", line);
        dependence.distance = -dependence.distance;
      }
      loop.most_lanes = std::min(loop.most_lanes, most_iterations_at_once(dependence));
    }
  if (loop.pairs.size() > most_pairs) return refuse("too many arrays may overlap", line);
  return loop.most_lanes >= 4 || refuse("an iteration needs what one shortly before it stored", line);
}

}  // namespace cogent::optimize
