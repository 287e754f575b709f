// Runs a program on random inputs with two executors and finds the first difference.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "interpret/interpreter.h"
#include "ir/program.h"

namespace cogent::testing {

/// One image of the memory that a program works on, and its values. Each run gets a copy of its own, which ends at an
/// unreadable page; between the arrays lie bytes that must stay as they are.
struct Inputs {
  struct Place {
    std::size_t offset;                    // in bytes
    std::int64_t size;                     // in elements of the array's type, those of a struct counted one by one
    std::vector<std::int64_t> sizes = {};  // what follows the address in the slots: of arrays of dynamic size
  };
  std::vector<std::byte> memory;
  std::vector<Place> arrays;         // those of the signature, in the order of Program::arrays
  std::vector<std::int64_t> values;  // canonical, per parameter; 0 for arrays
};

struct InputOptions {
  bool overlap = true;              // now and then arrays share memory
  std::int64_t most_elements = 70;  // of arrays of dynamic size
};

/// Random inputs that fit the program's signature: small, extreme and arbitrary values.
Inputs random_inputs(const ir::Program& program, std::uint64_t seed, const InputOptions& options = {});

/// Executes a program whose argument slots are filled; slot 0 receives the canonical result.
using Executor = std::function<interpret::Outcome(const ir::Program& program, std::uint64_t* arguments)>;

/// The reference; its step limit lets no test hang.
Executor interpreter(std::uint64_t step_limit = 5'000'000);

/// What a run leaves behind.
struct Aftermath {
  interpret::Outcome outcome;
  std::uint64_t result = 0;
  std::vector<std::byte> memory;
};
Aftermath run_on_copy(const ir::Program& program, const Inputs& inputs, const Executor& executor);

/// Empty if outcome, result and memory agree; else what differs first.
std::string find_difference(const ir::Program& program, const Inputs& inputs, const Aftermath& expected,
                            const Aftermath& actual);

/// A program and how it is executed, e.g. {"optimised", optimised_program, interpreter()}.
struct Contender {
  std::string name;
  const ir::Program& program;
  Executor execute;
};

/// Runs both on the same inputs. Empty if outcome, result and memory agree; else the first difference and the text of
/// both programs. (Where the step limit is reached, nothing is compared.)
std::string find_difference(const Inputs& inputs, const Contender& expected, const Contender& actual);

}  // namespace cogent::testing
