// Each variable has a version, new with every change; a value knows which versions of variables hold it.
#include "cpp/contents.h"

#include <algorithm>

namespace cogent::cpp {

void Contents::set(Id variable, Id node) {
  State& state = variables_[variable];
  changes_.push_back({variable, state});
  state = {++last_version_, ir::none};
  if (node != ir::none) also(variable, node);
}

void Contents::also(Id variable, Id node) {
  State& state = variables_[variable];
  if (state.version == 0) state.version = ++last_version_;
  state.node = node;
  std::vector<Holder>& holders = holders_[node];
  std::erase_if(holders, [&](const Holder& holder) { return holder.variable == variable; });
  holders.push_back({variable, state.version});
}

Id Contents::holder(Id node) const {
  const auto found = holders_.find(node);
  if (found == holders_.end()) return ir::none;
  for (const Holder& holder : found->second)
    if (variables_[holder.variable].version == holder.version) return holder.variable;
  return ir::none;
}

bool Contents::holds(Id variable, Id node) const {
  const auto found = holders_.find(node);
  if (found == holders_.end()) return false;
  return std::any_of(found->second.begin(), found->second.end(), [&](const Holder& holder) {
    return holder.variable == variable && variables_[variable].version == holder.version;
  });
}

void Contents::rewind(std::size_t mark) {
  for (std::size_t i = changes_.size(); i-- > mark;) variables_[changes_[i].variable] = changes_[i].before;
}

void Contents::forget_since(std::size_t mark) {
  for (std::size_t i = mark; i < changes_.size(); ++i) variables_[changes_[i].variable] = {++last_version_, ir::none};
}

}  // namespace cogent::cpp
