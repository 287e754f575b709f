// Open addressing for nodes and places.
#include "ir/node_table.h"

#include <algorithm>
#include <bit>

namespace cogent::ir {
namespace {

constexpr std::size_t fewest_slots = 512, most_kept_slots = 4096;
constexpr std::size_t initial_places = 128;

// The top bits of the sum of products are the well-mixed ones.
std::uint64_t hash(const Node& node) {
  const std::uint64_t kind =
      std::uint64_t{node.c} << 16 | static_cast<std::uint64_t>(node.op) << 8 | static_cast<std::uint64_t>(node.type);
  return node.a * 0x9E3779B97F4A7C15u + node.b * 0xC2B2AE3D27D4EB4Fu + kind * 0x165667B19E3779F9u;
}

bool equal(const Node& x, const Node& y) {
  return x.a == y.a && x.b == y.b && x.c == y.c && x.op == y.op && x.type == y.type;
}

std::size_t hash(const Place& place) {
  std::uint64_t h = reinterpret_cast<std::uintptr_t>(place.file) + (std::uint64_t{place.line} << 12) + place.column;
  h *= 0x9E3779B97F4A7C15u;
  return static_cast<std::size_t>(h ^ h >> 32);
}

}  // namespace

void NodeTable::start() {
  resize(std::clamp(slots_.size(), fewest_slots, most_kept_slots));
  count_ = 0;
}

void NodeTable::resize(std::size_t size) {
  slots_.assign(size, none);
  shift_ = 64 - std::countr_zero(size);
}

Id NodeTable::intern(Program& program, const Node& node) {
  if (std::size_t{count_} * 2 >= slots_.size()) grow(program);
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = static_cast<std::size_t>(hash(node) >> shift_);
  for (; slots_[slot] != none; slot = (slot + 1) & mask)
    if (equal(program.nodes[slots_[slot]], node)) return slots_[slot];
  program.nodes.push_back(node);
  ++count_;
  return slots_[slot] = static_cast<Id>(program.nodes.size() - 1);
}

void NodeTable::insert(const Program& program, Id id) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = static_cast<std::size_t>(hash(program.nodes[id]) >> shift_);
  while (slots_[slot] != none) slot = (slot + 1) & mask;
  slots_[slot] = id;
}

void NodeTable::grow(const Program& program) {
  if (program.nodes.size() > operation_limit) throw ProgramTooLong("more than a million operations were recorded");
  resize(slots_.size() * 4);
  for (Id id = 0; id < program.nodes.size(); ++id)
    if (!is_pinned(program.nodes[id])) insert(program, id);
}

void PlaceTable::start() { slots_.assign(initial_places, 0); }

Line PlaceTable::find(Program& program, const Place& place) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash(place) & mask;
  for (; slots_[slot] != 0; slot = (slot + 1) & mask) {
    const Place& other = program.places[slots_[slot] - 1u];
    if (other.line == place.line && other.column == place.column && other.file == place.file) return slots_[slot];
  }
  if (program.places.size() >= UINT16_MAX) return 0;
  program.places.push_back(place);
  const Line line = slots_[slot] = static_cast<Line>(program.places.size());
  if (program.places.size() * 2 >= slots_.size()) {
    slots_.assign(slots_.size() * 2, 0);
    for (std::size_t i = 1; i <= program.places.size(); ++i) insert(program, static_cast<Line>(i));
  }
  return line;
}

void PlaceTable::insert(const Program& program, Line line) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash(program.places[line - 1u]) & mask;
  while (slots_[slot] != 0) slot = (slot + 1) & mask;
  slots_[slot] = line;
}

}  // namespace cogent::ir
