// A small limit for all that is cached, so that tests evict.
#pragma once
#include <cstddef>

#include "jit/code_budget.h"

namespace cogent::testing {

/// While it lives, the caches of the process may hold so many bytes.
class CodeLimit {
 public:
  explicit CodeLimit(std::size_t bytes) { jit::CodeBudget::process().set_limit(bytes); }
  ~CodeLimit() { jit::CodeBudget::process().set_limit(jit::CodeBudget::default_limit); }
  CodeLimit(const CodeLimit&) = delete;
  CodeLimit& operator=(const CodeLimit&) = delete;
};

}  // namespace cogent::testing
