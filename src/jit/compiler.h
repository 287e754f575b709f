// The spine: from a body to machine code, by way of every stage. One Compiler serves one generation at a time and keeps
// its memory for the next.
#pragma once
#include <cogent/detail/function_core.h>

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ir/program.h"
#include "ir/stencil.h"
#include "optimize/pipeline.h"
#include "optimize/recognise_stencil.h"
#include "stage/recorder.h"
#include "x86/encoder.h"
#include "x86/linear_scan.h"
#include "x86/machine_program.h"
#include "x86/scalar.h"
#include "x86/stencil.h"

namespace cogent::jit {

enum class Lowering : std::uint8_t { Scalar, Stencil };

/// The stages that are timed for explain, in their order.
enum class Stage : std::uint8_t { Record, Optimize, Recognise, Select, Allocate, Encode };
inline constexpr int stage_count = 6;
const char* name_of(Stage stage);

struct CompileOptions {
  bool general = false;  // assume nothing about the arguments: no overlap check, no stencil
  bool explain = false;  // collect notes and times
  optimize::PassSet disabled = 0;
};

/// What the last compilation was like.
struct CompileReport {
  Lowering lowering = Lowering::Scalar;
  const char* not_stencil = nullptr;  // why not: the rest of a sentence that begins with "because"
  ir::Line not_stencil_line = 0;
  x86::SpillCounts spills;
  std::array<std::uint64_t, stage_count> nanoseconds{};
};

class Compiler {
 public:
  /// Records a body. Throws GenerationError for its mistakes; what the body throws comes through unchanged.
  const ir::Program& record(const detail::Staging& staging, std::string_view name);

  /// Optimises the recorded program. Throws GenerationError for what every call would do wrong.
  const ir::Program& optimize(const CompileOptions& options);

  /// Lowers the optimised program for this thread's CPU level. The result lives until the next call.
  x86::MachineCode lower(const CompileOptions& options);

  const ir::Program& recorded() const { return recorded_; }
  /// Operations on known values that were computed while recording.
  std::uint32_t folded() const { return recorder_.folded(); }
  const ir::Program& optimized() const { return *optimized_; }
  const optimize::Pipeline& pipeline() const { return pipeline_; }
  const x86::MachineProgram& machine() const { return machine_; }
  const x86::Allocation& allocation() const { return *allocation_; }
  const CompileReport& report() const { return report_; }
  /// How the stencil was lowered, in words; only after Lowering::Stencil.
  std::string describe_stencil() const { return stencil_lowering_.describe_plan(); }
  /// The loops that were found to be vectorisable, and how each was lowered; only after Lowering::Scalar.
  std::span<const ir::LaneLoop> lanes() const { return lanes_; }
  std::span<const x86::LanePlan> lane_plans() const { return scalar_lowering_.lane_plans(); }

 private:
  class Clock;

  void select(const CompileOptions& options);
  bool select_stencil(const CompileOptions& options);
  void check_recording() const;
  void check_parallel_loops() const;

  stage::Recorder recorder_;
  ir::Program recorded_;
  optimize::Pipeline pipeline_;
  const ir::Program* optimized_ = nullptr;
  optimize::StencilRecogniser recogniser_;
  ir::Stencil stencil_;
  x86::StencilLowering stencil_lowering_;
  std::span<const ir::LaneLoop> lanes_;
  x86::ScalarLowering scalar_lowering_;
  x86::MachineProgram machine_;
  x86::LinearScan linear_scan_;
  const x86::Allocation* allocation_ = nullptr;
  x86::Encoder encoder_;
  CompileReport report_;
};

/// Lends a compiler of this thread; another one while one is lent, for bodies that make and call other functions.
class CompilerLoan {
 public:
  CompilerLoan();
  ~CompilerLoan();
  CompilerLoan(const CompilerLoan&) = delete;
  CompilerLoan& operator=(const CompilerLoan&) = delete;

  Compiler& operator*() const { return *compiler_; }
  Compiler* operator->() const { return compiler_.get(); }

 private:
  std::unique_ptr<Compiler> compiler_;
  const int exceptions_;  // that were under way when the loan began
};

}  // namespace cogent::jit
