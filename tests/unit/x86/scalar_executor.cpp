// The way from a program to an outcome: selection, allocation, encoding, a call, the fault's description.
#include "unit/x86/scalar_executor.h"

#include <cstddef>
#include <stdexcept>
#include <vector>

#include "support/faults.h"
#include "unit/x86/executable.h"
#include "x86/encoder.h"
#include "x86/linear_scan.h"
#include "x86/scalar.h"

namespace cogent::x86 {
namespace {

/// What the entry convention aligns a run's memory to.
struct alignas(64) Line {
  std::byte bytes[64];
};

}  // namespace

struct CompiledProgram::State {
  const ir::Program& program;
  MachineProgram machine;
  std::unique_ptr<Executable> code;
};

CompiledProgram::CompiledProgram(const ir::Program& program, CpuLevel level, RegisterFile file)
    : state_(new State{program, {}, nullptr}) {
  static ScalarLowering lowering;
  static LinearScan scan;
  static Encoder encoder;
  state_->machine.clear(level);
  lowering.run(program, state_->machine);
  const Allocation& allocation = scan.run(state_->machine, file);
  state_->code = std::make_unique<Executable>(encoder.encode(state_->machine, allocation).bytes);
}

CompiledProgram::~CompiledProgram() = default;

interpret::Outcome CompiledProgram::operator()(std::uint64_t* arguments) const {
  ErrorRecord error;
  std::vector<Line> scratch(state_->machine.run_memory_bytes / sizeof(Line) + 1);
  ir::RunState state{.memory = scratch.data()};
  const Status status = (*state_->code)(arguments, &error, &state);
  if (status == Status::Declined) throw std::logic_error("the scalar lowering declines nothing");
  interpret::Outcome outcome;
  if (status == Status::Done) return outcome;
  outcome.end = interpret::Outcome::End::Fault;
  const FaultSite& site = state_->machine.fault_sites.at(error.site);
  outcome.fault = testing::fault_at(state_->program, site.statement, site.kind, error.index, arguments);
  return outcome;
}

testing::Executor scalar_executor(CpuLevel level) {
  return scalar_executor(level, frame::allocatable_to_scalars(level));
}

testing::Executor scalar_executor(CpuLevel level, RegisterFile file) {
  return [level, file](const ir::Program& program, std::uint64_t* arguments) {
    return CompiledProgram(program, level, file)(arguments);
  };
}

}  // namespace cogent::x86
