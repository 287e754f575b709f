// What scratch arrays hold: they are filled where they are made, and nobody but the program stores to them.
#include <algorithm>

#include "analysis/ranges.h"

namespace cogent::analysis {

using ir::Array;
using ir::Node;
using ir::Op;
using ir::Statement;

// An element of the array itself.
bool Ranges::is_copy(Id value, Id array) const {
  while (program_->nodes[value].op == Op::Convert && ir::is_integer(program_->nodes[value].type) && !may_wrap(value))
    value = program_->nodes[value].a;
  const Node& node = program_->nodes[value];
  return node.op == Op::Load && node.a == array;
}

// The second time, what is stored to one array is known of others that it is computed from.
void Ranges::learn_contents() {
  const auto calls = [](const Statement& statement) { return statement.what == ir::Do::Call; };
  if (std::ranges::none_of(program_->arrays, [](const Array& a) { return a.storage == ir::Storage::Scratch; })) return;
  if (std::ranges::any_of(program_->statements, calls)) return;
  std::vector<bool> is_known;
  is_known.reserve(program_->arrays.size());
  for (const Array& array : program_->arrays)
    is_known.push_back(array.storage == ir::Storage::Scratch && array.memory == ir::none && ir::is_integer(array.type));
  for (const Array& array : program_->arrays)  // its fields are stored to as well
    if (array.memory != ir::none) is_known[array.memory] = false;
  constexpr int rounds = 2;
  for (int round = 0; round < rounds; ++round) {
    states_.assign(program_->nodes.size(), unknown);
    if (ranges_.size() < states_.size()) ranges_.resize(states_.size());
    std::vector<Range> contents;
    for (Id id = 0; id < program_->arrays.size(); ++id) {
      const Range all = range_of(program_->arrays[id].type);
      contents.push_back(is_known[id]                                         ? Range{0, 0}
                         : program_->arrays[id].storage == ir::Storage::Table ? table_range(id)
                                                                              : all);
    }
    for (const Statement& store : program_->statements) {
      if (store.what != ir::Do::Store || !is_known[store.a] || is_copy(store.c, store.a)) continue;
      const Range& stored = (*this)[store.c];
      Range& content = contents[store.a];
      content = {std::min(content.low, stored.low), std::max(content.high, stored.high)};
    }
    contents_ = contents;
  }
  states_.assign(program_->nodes.size(), unknown);
}

}  // namespace cogent::analysis
