// The way from a program to an outcome: selection, allocation, encoding, a call, the fault's description.
#include "unit/x86/scalar_executor.h"

#include <stdexcept>

#include "unit/x86/executable.h"
#include "x86/encoder.h"
#include "x86/linear_scan.h"
#include "x86/scalar.h"

namespace cogent::x86 {
namespace {

interpret::FaultKind kind_of(FaultKind kind) {
  switch (kind) {
    case FaultKind::Index:
      return interpret::FaultKind::Index;
    case FaultKind::DivisionByZero:
      return interpret::FaultKind::DivisionByZero;
    case FaultKind::ZeroStep:
      return interpret::FaultKind::ZeroStep;
    case FaultKind::Requirement:
      return interpret::FaultKind::Requirement;
    case FaultKind::Depth:
      return interpret::FaultKind::Depth;
  }
  throw std::logic_error("no such fault");
}

interpret::Fault describe_fault(const ir::Program& program, const MachineProgram& machine, const ErrorRecord& error,
                                const std::uint64_t* arguments) {
  const FaultSite& site = machine.fault_sites.at(error.site);
  const ir::Statement& statement = program.statements[site.statement];
  interpret::Fault fault;
  fault.kind = kind_of(site.kind);
  fault.line = statement.line;
  if (site.kind == FaultKind::Requirement) fault.text = program.texts[statement.b];
  if (site.kind != FaultKind::Index) return fault;
  fault.array = statement.what == ir::Do::Store ? statement.a : program.nodes[statement.a].a;
  fault.index = error.index;
  const ir::Array& array = program.arrays[fault.array];
  fault.size = array.size != ir::dynamic_size
                   ? array.size
                   : static_cast<std::int64_t>(arguments[program.parameters[array.parameter].slot + 1u]);
  return fault;
}

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
  const Status status = (*state_->code)(arguments, &error);
  if (status == Status::Declined) throw std::logic_error("the scalar lowering declines nothing");
  interpret::Outcome outcome;
  if (status == Status::Done) return outcome;
  outcome.end = interpret::Outcome::End::Fault;
  outcome.fault = describe_fault(state_->program, state_->machine, error, arguments);
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
