// Fuel: how many rewrites an optimisation may still make, so that a failure can be bisected to one of them.
#pragma once
#include <cstdint>
#include <limits>

#include "ir/program.h"

namespace cogent::optimize {

class Fuel {
 public:
  static constexpr std::uint32_t unlimited = std::numeric_limits<std::uint32_t>::max();

  /// A rewrite, by the pass that made it and the line of what it rewrote.
  struct Rewrite {
    const char* pass = nullptr;
    ir::Line line = 0;
  };

  void fill(std::uint32_t units) {
    given_ = left_ = units;
    last_ = {};
  }
  /// Runs `rewrite`, which says whether it has changed anything, if there is a unit left for it; so says this too.
  /// Rewrites that it makes within itself come after it.
  template <class Try>
  bool spend(const char* pass, ir::Line line, Try&& rewrite) {
    if (left_ == 0) return false;
    const std::uint32_t left = --left_;
    if (!rewrite()) {
      ++left_;
      return false;
    }
    if (left == 0) last_ = {pass, line};
    return true;
  }

  std::uint32_t spent() const { return given_ - left_; }
  /// What took the last unit; no pass if some are left.
  const Rewrite& last() const { return last_; }

 private:
  std::uint32_t given_ = unlimited, left_ = unlimited;
  Rewrite last_;
};

}  // namespace cogent::optimize
