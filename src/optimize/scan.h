// One look over a program that tells the passes whether it holds anything for them.
#pragma once
#include <vector>

#include "ir/program.h"

namespace cogent::optimize {

using ir::Id;

/// What the passes look for. Linear, and cheap beside a copy of the program. Kept and reused per thread.
struct Scan {
  struct Division {  // of the index of a For, possibly converted, by a constant: also as a shift or a mask
    Id index;
    std::int64_t divisor;
  };

  struct Border {  // a comparison of the index of a For, plus an offset, with a constant; of a signed type
    Id comparison, index;
    std::int64_t offset, constant;
  };

  const ir::Program* program = nullptr;
  std::vector<Id> fors, ifs;  // statements
  std::vector<Division> divisions;
  std::vector<Border> borders;
  bool reads_variables = false;
  bool repeats_loads = false;  // two loads have the same array and index
  /// Per region, if there are States: how many places go to the state. Those within a loop of the state they stand in,
  /// and the entry into the first state, count as many.
  std::vector<std::uint8_t> gos_to;
  static constexpr std::uint8_t one_go = 1, many_gos = 2;

  void run(const ir::Program& program);
  void count_gos();
  void find_border(Id comparison);
  void find_repeated_loads();
  /// How often a For runs; 0 also when that is not known.
  std::uint64_t known_trips(const ir::Statement& loop) const;
};

/// How often a For with these bounds (of any program) runs; 0 also when they are not constants.
std::uint64_t known_trips(const ir::Program& program, Id first, Id last, Id step);

}  // namespace cogent::optimize
