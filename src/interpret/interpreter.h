// The reference interpreter: runs a program exactly as ir/program.h says, on real memory, element by element. It is the
// oracle for the optimiser and for machine code and shares with them only the meaning of operations (ir/semantics.h).
#pragma once
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "ir/fault_kind.h"
#include "ir/program.h"

namespace cogent::interpret {

/// Where and why a program stopped. The effects that come before the fault have happened, and no others.
struct Fault {
  ir::FaultKind kind = ir::FaultKind::None;
  ir::Line line = 0;  // of the statement
  // Index:
  ir::Id array = ir::none;
  int dimension = 0;
  std::int64_t index = 0, size = 0;  // the size is the dimension's extent
  bool was_proven = false;           // the access carries ir::proven_in_bounds: an error of the pass that set it
  bool was_unchecked = false;        // it carries ir::unchecked: machine code would have gone on
  // Requirement:
  std::string text;

  friend bool operator==(const Fault&, const Fault&) = default;
};

/// An operation that was executed although C++ itself would call it undefined.
struct Undefined {
  ir::Id node;
  ir::Line line;
  ir::Op op;
  ir::Type type;  // of the operands
  std::int64_t a, b;
};

struct Options {
  /// Statements executed plus rounds of loops begun, after which the run is given up.
  std::uint64_t step_limit = std::numeric_limits<std::uint64_t>::max();
  /// Receives the operations that are undefined in C++, each node once, the first `undefined_limit` of them.
  std::vector<Undefined>* undefined = nullptr;
  std::size_t undefined_limit = 16;
  /// The address of an element: each store to it writes its line to `watched_line`.
  const void* watched = nullptr;
  ir::Line* watched_line = nullptr;
  /// Given to the thunks of calls, with calls_left in it; null: none.
  ir::RunState* context = nullptr;
  /// How deep a program may call itself; one call more is a fault.
  std::int64_t calls_left = 1000;
};

struct Outcome {
  enum class End : std::uint8_t { Done, Fault, Limit, Ended };  // Ended: by a call
  End end = End::Done;
  Fault fault;

  friend bool operator==(const Outcome&, const Outcome&) = default;
};

/// Runs the program. `arguments` are slots as ir::Parameter describes them; slot 0 receives the canonical result.
/// The program must be well-formed (ir/verifier.h); a value used before it is made, and a callee without a thunk, throw
/// std::logic_error.
Outcome run(const ir::Program& program, std::uint64_t* arguments, const Options& options = {});

/// "Done", "index 7 of a0 (size 5) at line 3", ... for the messages of tests.
std::string describe(const Outcome& outcome);

}  // namespace cogent::interpret
