// The sums of products that are places of elements of shaped arrays. Their indexes were checked before, dimension by
// dimension, and no array reaches as far as 64 bits do: so these sums do not wrap, whatever is known of their terms.
#pragma once
#include <vector>

#include "ir/program.h"

namespace cogent::cpp {

class Places {
 public:
  explicit Places(const ir::Program& program);
  /// Whether all that a node is used for is to be such a sum, or one of its products.
  bool has_part(ir::Id node) const { return parts_[node]; }

 private:
  std::vector<bool> parts_;
};

}  // namespace cogent::cpp
