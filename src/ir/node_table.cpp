// Open addressing for nodes and places.
#include "ir/node_table.h"

#include <algorithm>
#include <bit>

namespace cogent::ir {
namespace {

constexpr std::size_t fewest_slots = 256, most_slots_at_start = 4096;
constexpr std::size_t initial_places = 128;

// The top bits of the sum of products are the well-mixed ones.
std::uint64_t hash(std::uint64_t first, std::uint64_t second) {
  return first * 0x9E3779B97F4A7C15u + second * 0xC2B2AE3D27D4EB4Fu;
}

constexpr std::size_t slots_of_an_id = 4, slots_of_a_line = 16;  // about; and of a cache line
constexpr int most_near_slots = 16;

constexpr NodeWord all_but_line = ~first_word(Op{}, Type{}, UINT16_MAX, 0);

std::uint64_t hash_of_node(NodeWord first, NodeWord second) { return hash(first & all_but_line, second); }

bool equal(const Node& node, NodeWord first, NodeWord second) {
  NodeWord words[2];
  std::memcpy(words, &node, sizeof words);
  return ((words[0] ^ first) & all_but_line) == 0 && words[1] == second;
}

// In a table beyond the nearest cache, slots in no order would be waited for. So there a node is first looked for near
// the slots of its latest operand, which nodes made at about the same time share, and only then, where many have the
// same latest operand, at its hash's.
class Probe {
 public:
  Probe(NodeWord first, NodeWord second, std::size_t mask, int shift)
      : mask_(mask), far_(static_cast<std::size_t>(hash_of_node(first, second) >> shift)) {
    if (mask < most_slots_at_start) {
      slot_ = far_;
      probes_ = most_near_slots;
      return;
    }
    const auto after = [](NodeWord id) { return static_cast<Id>(id) + 1; };  // 0 for none
    const Id latest = std::max({after(first >> 32), after(second), after(second >> 32)});
    slot_ = (latest * slots_of_an_id + far_ % slots_of_a_line) & mask_;
  }
  std::size_t slot() const { return slot_; }
  void advance() { slot_ = ++probes_ == most_near_slots ? far_ : (slot_ + 1) & mask_; }

 private:
  std::size_t mask_, far_, slot_;
  int probes_ = 0;
};

std::uint64_t hash(const Place& place) {
  return hash(reinterpret_cast<std::uintptr_t>(place.file), std::uint64_t{place.line} << 32 | place.column);
}

bool equal(const Place& x, const Place& y) { return x.column == y.column && x.line == y.line && x.file == y.file; }

}  // namespace

void NodeTable::start() {
  resize(std::clamp(std::bit_ceil(std::size_t{count_} * 4), fewest_slots, most_slots_at_start));
  count_ = 0;
}

void NodeTable::resize(std::size_t size) {
  slots_.assign(size, none);
  shift_ = 64 - std::countr_zero(size);
}

Id NodeTable::intern(Program& program, NodeWord first, NodeWord second) {
  if (std::size_t{count_} * 2 >= slots_.size()) grow(program);
  Probe probe(first, second, slots_.size() - 1, shift_);
  for (; slots_[probe.slot()] != none; probe.advance())
    if (equal(program.nodes[slots_[probe.slot()]], first, second)) return slots_[probe.slot()];
  ++count_;
  return slots_[probe.slot()] = append_node(program, first, second);
}

void NodeTable::insert(const Program& program, Id id) {
  const Node& node = program.nodes[id];
  Probe probe(first_word(node.op, node.type, 0, node.a), second_word(node.b, node.c), slots_.size() - 1, shift_);
  while (slots_[probe.slot()] != none) probe.advance();
  slots_[probe.slot()] = id;
}

void NodeTable::grow(const Program& program) {
  if (program.nodes.size() > operation_limit) throw ProgramTooLong("more than a million operations were recorded");
  resize(slots_.size() * 4);
  for (Id id = 0; id < program.nodes.size(); ++id)
    if (!is_pinned(program.nodes[id])) insert(program, id);
}

void PlaceTable::start() {
  resize(initial_places);
  followers_.assign(1, 0);
  last_ = 0;
}

void PlaceTable::resize(std::size_t size) {
  slots_.assign(size, 0);
  shift_ = 64 - std::countr_zero(size);
}

Line PlaceTable::find(Program& program, const Place& place) {
  Line line = followers_[last_];
  if (line == 0 || !equal(program.places[line - 1u], place)) line = followers_[last_] = look_up(program, place);
  return last_ = line;
}

Line PlaceTable::look_up(Program& program, const Place& place) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = static_cast<std::size_t>(hash(place) >> shift_);
  for (; slots_[slot] != 0; slot = (slot + 1) & mask)
    if (equal(program.places[slots_[slot] - 1u], place)) return slots_[slot];
  if (program.places.size() >= UINT16_MAX) return 0;
  followers_.push_back(0);
  program.places.push_back(place);
  const Line line = slots_[slot] = static_cast<Line>(program.places.size());
  if (program.places.size() * 2 >= slots_.size()) {
    resize(slots_.size() * 2);
    for (std::size_t i = 1; i <= program.places.size(); ++i) insert(program, static_cast<Line>(i));
  }
  return line;
}

void PlaceTable::insert(const Program& program, Line line) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = static_cast<std::size_t>(hash(program.places[line - 1u]) >> shift_);
  while (slots_[slot] != 0) slot = (slot + 1) & mask;
  slots_[slot] = line;
}

}  // namespace cogent::ir
