// Runs the stages one after the other.
#include "jit/compiler.h"

#include <cogent/error.h>

#include <chrono>
#include <exception>

#include "analysis/independence.h"
#include "ir/dominance.h"
#include "ir/parallel_loops.h"
#include "jit/parallel_runs.h"
#include "jit/present_level.h"

namespace cogent::jit {
namespace {

const char* region_name(ir::Do owner) {
  switch (owner) {
    case ir::Do::If:
      return "a code.when(...) block";
    case ir::Do::Block:
      return "an iteration of code.unroll(...)";
    case ir::Do::Cases:
      return "a body of code.cases(...)";
    case ir::Do::States:
      return "a state of code.states(...)";
    default:
      return "a loop of the generated function";
  }
}

[[noreturn]] void raise_dominance(const ir::Program& program, const ir::DominanceError& error) {
  const SourcePosition made = stage::position_of(program, error.made);
  const bool is_variable = error.use_of == ir::none;
  throw GenerationError(
      std::string(is_variable ? "a code.variable(...) that is made inside " : "a value that is computed inside ") +
          region_name(error.made_kind) + " (line " + std::to_string(made.line) +
          ") is used outside of it, where it may not have been computed; keep it in a code.variable(...) that is "
          "made before the block",
      stage::position_of(program, error.use));
}

/// Ends a recording however the body is left.
struct StopRecording {
  stage::Recorder& recorder;
  ~StopRecording() { recorder.stop(); }
};

}  // namespace

const char* name_of(Stage stage) {
  constexpr const char* names[stage_count] = {"record", "optimize", "recognise", "select", "allocate", "encode"};
  return names[static_cast<int>(stage)];
}

/// Adds the time of a scope to a stage, when times are wanted.
class Compiler::Clock {
  using Time = std::chrono::steady_clock;

 public:
  Clock(CompileReport& report, Stage stage, bool wanted)
      : nanoseconds_(report.nanoseconds[static_cast<std::size_t>(stage)]), wanted_(wanted) {
    if (wanted_) begin_ = Time::now();
  }
  ~Clock() {
    if (wanted_) nanoseconds_ = static_cast<std::uint64_t>((Time::now() - begin_).count());
  }
  Clock(const Clock&) = delete;
  Clock& operator=(const Clock&) = delete;

 private:
  std::uint64_t& nanoseconds_;
  const bool wanted_;
  Time::time_point begin_;
};

// ---- recording

const ir::Program& Compiler::record(const detail::Staging& staging, std::string_view name) {
  const Clock clock(report_, Stage::Record, true);
  recorder_.start(recorded_, name, static_cast<ir::Type>(staging.result), {});
  {
    const StopRecording stop{recorder_};
    try {
      staging.run(staging.arguments, recorder_.session());
    } catch (const ir::ProgramTooLong& error) {
      throw GenerationError(
          std::string(error.what()) + "; is a plain for running over all elements where code.range(...) was meant?",
          stage::position_of(recorded_, recorder_.builder().line()));
    }
  }
  check_recording();
  return recorded_;
}

void Compiler::check_recording() const {
  recorder_.raise_mistakes();
  if (recorder_.builder().goes_on_behind_a_region())
    if (const auto error = ir::find_dominance_error(recorded_)) raise_dominance(recorded_, *error);
  if (recorder_.has_parallel_loops()) check_parallel_loops();
}

void Compiler::check_parallel_loops() const {
  if (const auto misuse = ir::find_parallel_misuse(recorded_))
    throw GenerationError(std::string("a loop that is .parallel() ") + ir::describe(misuse->kind) +
                              "; its iterations are executed in any order, and at once",
                          stage::position_of(recorded_, misuse->line));
  if (const auto conflict = analysis::find_conflict(recorded_))
    throw GenerationError(
        "the iterations of a loop that is .parallel() must not store to elements that other iterations access, and for "
        "this store that is not proven; store where the loop's index says, such as destination[i] or destination(i, "
        "x), "
        "or leave out .parallel()",
        stage::position_of(recorded_, conflict->line));
}

// ---- optimising and lowering

const ir::Program& Compiler::optimize(const CompileOptions& options) {
  const Clock clock(report_, Stage::Optimize, options.explain);
  optimized_ = &pipeline_.run(recorded_, {.disabled = options.disabled, .collect_notes = options.explain});
  return *optimized_;
}

bool Compiler::select_stencil(const CompileOptions& options) {
  const x86::CpuLevel level = present_level();
  report_.not_stencil = nullptr;
  report_.not_stencil_line = 0;
  if (options.general) return false;
  if (level == x86::CpuLevel::Baseline) {
    report_.not_stencil = "this CPU level has no lowering for stencils";
    return false;
  }
  if (pipeline_.hoisted() != 0) {
    report_.not_stencil = "some indexes are only known to lie within their arrays once it runs";
    return false;
  }
  {
    const Clock clock(report_, Stage::Recognise, options.explain);
    if (!recogniser_.run(*optimized_, pipeline_.ranges(), pipeline_.forms(), stencil_)) {
      report_.not_stencil = recogniser_.why_not();
      report_.not_stencil_line = recogniser_.line();
      return false;
    }
  }
  const Clock clock(report_, Stage::Select, options.explain);
  machine_.clear(level);
  if (stencil_lowering_.run(*optimized_, stencil_, machine_, &run_parts)) return true;
  report_.not_stencil = x86::describe(stencil_lowering_.result());
  report_.not_stencil_line = stencil_.line;
  return false;
}

void Compiler::select(const CompileOptions& options) {
  report_.lowering = Lowering::Stencil;
  if (select_stencil(options)) return;
  const Clock clock(report_, Stage::Select, options.explain);
  report_.lowering = Lowering::Scalar;
  machine_.clear(present_level());
  lanes_ = {};
  if (present_level() != x86::CpuLevel::Baseline) lanes_ = pipeline_.find_lanes();
  scalar_lowering_.run(*optimized_, machine_, lanes_, &run_parts);
}

x86::MachineCode Compiler::lower(const CompileOptions& options) {
  report_.spills = {};
  select(options);
  {
    const Clock clock(report_, Stage::Allocate, options.explain);
    allocation_ = &linear_scan_.run(machine_);
    report_.spills = allocation_->spills;
  }
  const Clock clock(report_, Stage::Encode, options.explain);
  return encoder_.encode(machine_, *allocation_);
}

// ---- loans

namespace {

thread_local std::vector<std::unique_ptr<Compiler>> idle_compilers;
constinit thread_local std::size_t lent_compilers = 0;

}  // namespace

CompilerLoan::CompilerLoan() : exceptions_(std::uncaught_exceptions()) {
  idle_compilers.reserve(lent_compilers + 1);  // giving it back needs no memory
  if (idle_compilers.empty()) {
    compiler_ = std::make_unique<Compiler>();
  } else {
    compiler_ = std::move(idle_compilers.back());
    idle_compilers.pop_back();
  }
  ++lent_compilers;
}

// One that an exception has left may have stopped anywhere in the midst of a stage: it is not used again.
CompilerLoan::~CompilerLoan() {
  --lent_compilers;
  if (std::uncaught_exceptions() == exceptions_) idle_compilers.push_back(std::move(compiler_));
}

}  // namespace cogent::jit
