// Runs one program in every way and compares what is left behind.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "optimize/pipeline.h"
#include "support/execution.h"
#include "support/machine_code.h"

namespace cogent::fuzz {

/// What a program is run on, and how it is optimised.
struct Setup {
  std::vector<testing::Inputs> inputs;
  optimize::PipelineOptions optimization = {};
  x86::CpuLevel level = x86::CpuLevel::Baseline;  // of the machine code of the program as written
  bool last_parts_first = false;       // of parallel loops, on inputs that do not overlap, where nothing faults
  std::uint64_t step_limit = 100'000;  // of the interpreter; what goes further is not compared
};

/// One way does not do what the interpreter does.
struct Mismatch {
  std::string way;         // "optimised machine code for avx2"
  std::string difference;  // in words
  std::size_t input = 0;   // of Setup::inputs
};

/// Kept from one program to the next.
class Contest {
 public:
  /// The first way that differs from the interpreter of the program as written: the optimised program (well-formed at
  /// all, then interpreted), machine code of the program as written at one CPU level and of the optimised one at every
  /// level.
  std::optional<Mismatch> run(const ir::Program& program, const Setup& setup);

  /// How the last program ended on each input.
  const std::vector<testing::Aftermath>& expected() const { return expected_; }
  /// Rewrites that the optimisation of the last program made, and the last one that its fuel allowed.
  std::uint32_t rewrites() const { return compiler_.rewrites(); }
  optimize::Fuel::Rewrite last_rewrite() const { return compiler_.last_rewrite(); }

 private:
  using Compile = std::function<testing::Executor()>;
  bool compare(const std::string& way, const Compile& compile);
  void run_all();

  testing::MachineCompiler compiler_;
  const ir::Program* program_ = nullptr;
  const Setup* setup_ = nullptr;
  std::vector<testing::Aftermath> expected_;
  std::optional<Mismatch> mismatch_;
};

}  // namespace cogent::fuzz
