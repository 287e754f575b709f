// The way from a program to its outcome on the machine: selection, allocation, encoding, a call, the fault in words.
#include "support/machine_code.h"

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "ir/stencil.h"
#include "jit/compiled_code.h"
#include "optimize/pipeline.h"
#include "optimize/recognise_stencil.h"
#include "support/faults.h"
#include "x86/disassemble.h"
#include "x86/encoder.h"
#include "x86/linear_scan.h"
#include "x86/scalar.h"
#include "x86/stencil.h"

namespace cogent::testing {
namespace {

using interpret::Outcome;

std::int32_t run_in_parts(std::uint64_t* arguments, x86::ErrorRecord* error, void* context, const std::uint64_t* loop);

/// Kept from one program to the next.
class Compiler {
 public:
  x86::MachineCode compile(const ir::Program& program, x86::CpuLevel level) {
    machine_.clear(level);
    scalar_.run(program, machine_, {}, &run_in_parts);
    return encode();
  }
  /// The program that was optimised last, its loops vectorised.
  x86::MachineCode compile_optimized(const ir::Program& optimised, x86::CpuLevel level) {
    machine_.clear(level);
    const bool has_vectors = level != x86::CpuLevel::Baseline;
    scalar_.run(optimised, machine_, has_vectors ? pipeline_.find_lanes() : std::span<const ir::LaneLoop>(),
                &run_in_parts);
    return encode();
  }
  std::uint64_t run_memory_bytes() const { return machine_.run_memory_bytes; }
  const std::vector<x86::FaultSite>& sites() const { return machine_.fault_sites; }

  const ir::Program& optimize(const ir::Program& program, const optimize::PipelineOptions& options = {}) {
    return pipeline_.run(program, options);
  }
  const optimize::Fuel& fuel() { return pipeline_.fuel(); }
  /// Of the program that was optimised last. False: it is no stencil, or the level has no form for it.
  bool select_stencil(const ir::Program& optimised, x86::CpuLevel level) {
    if (level == x86::CpuLevel::Baseline) return false;
    if (!recogniser_.run(optimised, pipeline_.ranges(), pipeline_.forms(), stencil_)) return false;
    machine_.clear(level);
    return stencil_lowering_.run(optimised, stencil_, x86::MachineTraits{}, machine_, &run_in_parts);
  }
  x86::MachineCode encode() {
    const x86::Allocation& allocation = scan_.run(machine_);
    spills_ = allocation.spills;
    return encoder_.encode(machine_, allocation);
  }
  x86::SpillCounts spills() const { return spills_; }
  std::string describe(bool is_stencil, x86::CpuLevel level) const {
    if (level == x86::CpuLevel::Baseline) return "scalar\n";
    if (recogniser_.why_not() != nullptr)
      return "scalar because " + std::string(recogniser_.why_not()) + " (line " + std::to_string(recogniser_.line()) +
             ")\n";
    return is_stencil ? "stencil: " + stencil_lowering_.describe_plan() + "\n" : "scalar: no form for the stencil\n";
  }

 private:
  optimize::Pipeline pipeline_;
  optimize::StencilRecogniser recogniser_;
  ir::Stencil stencil_;
  x86::StencilLowering stencil_lowering_;
  x86::ScalarLowering scalar_;
  x86::MachineProgram machine_;
  x86::LinearScan scan_;
  x86::Encoder encoder_;
  x86::SpillCounts spills_;
};

struct alignas(64) Line {
  std::byte bytes[64];
};

/// Code with its sites.
struct SitedCode {
  jit::CompiledCode code;
  std::vector<x86::FaultSite> sites;
  std::uint64_t run_memory_bytes;

  x86::Status run(std::uint64_t* arguments, x86::ErrorRecord& error, const ir::Part* part) const;

  Outcome run(const ir::Program& program, std::uint64_t* arguments) const {
    x86::ErrorRecord error;
    const x86::Status status = run(arguments, error, nullptr);
    if (status == x86::Status::Declined) throw std::logic_error("the scalar lowering declines nothing");
    Outcome outcome;
    if (status == x86::Status::Done) return outcome;
    outcome.end = status == x86::Status::Exception ? Outcome::End::Ended : Outcome::End::Fault;
    if (outcome.end == Outcome::End::Ended) return outcome;
    const x86::FaultSite& site = sites.at(error.site);
    outcome.fault = fault_at(program, site.statement, site.kind, error.index, arguments);
    if (error.has_size != 0 && outcome.fault.kind == ir::FaultKind::Index) outcome.fault.size = error.size;
    return outcome;
  }
};

/// What runs of it get as their context.
struct Context {
  ir::RunState state;
  const SitedCode* code;
};

// Code that reads a register which it has not written finds nothing that happens to be right.
[[gnu::always_inline]] inline void spoil_registers() {
  asm volatile(
      "movabs $0x5a5a5a5a5a5a5a5a, %%rbx\n\tmov %%rbx, %%r12\n\tmov %%rbx, %%r13\n\tmov %%rbx, %%r14\n\tmov %%rbx, "
      "%%r15" ::
          : "rbx", "r12", "r13", "r14", "r15");
}

x86::Status SitedCode::run(std::uint64_t* arguments, x86::ErrorRecord& error, const ir::Part* part) const {
  std::vector<Line> memory(run_memory_bytes / sizeof(Line) + 1);
  Context context{{.memory = memory.data(), .part = part}, this};
  spoil_registers();
  return code.run(arguments, error, &context, interpret::Options().calls_left);
}

constinit thread_local bool last_parts_first = false;

// Parts of 1, 2, 4, ... rounds: in the order of the rounds, as long as none fails, or the other way round.
std::int32_t run_in_parts(std::uint64_t* arguments, x86::ErrorRecord* error, void* context, const std::uint64_t* loop) {
  std::vector<ir::Part> parts;
  const std::uint64_t rounds = loop[1];
  for (std::uint64_t first = 0, count = 1; first < rounds; first += count, count *= 2)
    parts.push_back({loop[0], first, std::min(rounds, first + count), loop + 2});
  if (last_parts_first) std::ranges::reverse(parts);
  for (const ir::Part& part : parts) {
    const x86::Status status = static_cast<const Context*>(context)->code->run(arguments, *error, &part);
    if (status != x86::Status::Done) return static_cast<std::int32_t>(status);
  }
  return 0;
}

std::shared_ptr<const SitedCode> sited_code(const Compiler& compiler, const x86::MachineCode& bytes) {
  return std::shared_ptr<const SitedCode>(
      new SitedCode{{bytes.bytes, {}}, compiler.sites(), compiler.run_memory_bytes()});
}

}  // namespace

std::vector<x86::CpuLevel> cpu_levels() {
  std::vector<x86::CpuLevel> levels;
  for (const x86::CpuLevel level : {x86::CpuLevel::Baseline, x86::CpuLevel::Avx2, x86::CpuLevel::Avx512})
    if (level <= x86::detected_cpu_level()) levels.push_back(level);
  return levels;
}

struct MachineCompiler::Parts {
  Compiler compiler;
  const ir::Program* optimised = nullptr;
};

MachineCompiler::MachineCompiler() : parts_(std::make_unique<Parts>()) {}
MachineCompiler::~MachineCompiler() = default;

const ir::Program& MachineCompiler::optimize(const ir::Program& program, const optimize::PipelineOptions& options) {
  parts_->optimised = &parts_->compiler.optimize(program, options);
  return *parts_->optimised;
}

std::uint32_t MachineCompiler::rewrites() const { return parts_->compiler.fuel().spent(); }
optimize::Fuel::Rewrite MachineCompiler::last_rewrite() const { return parts_->compiler.fuel().last(); }

x86::SpillCounts MachineCompiler::spills() const { return parts_->compiler.spills(); }

Executor MachineCompiler::scalar(const ir::Program& program, x86::CpuLevel level) {
  return [code = sited_code(parts_->compiler, parts_->compiler.compile(program, level))](
             const ir::Program& executed, std::uint64_t* arguments) { return code->run(executed, arguments); };
}

Executor MachineCompiler::best(x86::CpuLevel level) {
  const ir::Program& optimised = *parts_->optimised;
  Compiler& compiler = parts_->compiler;
  if (!compiler.select_stencil(optimised, level)) {
    return [&optimised, code = sited_code(compiler, compiler.compile_optimized(optimised, level))](
               const ir::Program&, std::uint64_t* arguments) { return code->run(optimised, arguments); };
  }
  const auto code = sited_code(compiler, compiler.encode());
  return [&optimised, &compiler, code, level](const ir::Program&, std::uint64_t* arguments) {
    x86::ErrorRecord error;
    const x86::Status status = code->run(arguments, error, nullptr);
    if (status == x86::Status::Done) return Outcome();
    if (status == x86::Status::Fault) throw std::logic_error("a stencil cannot fault");
    return sited_code(compiler, compiler.compile_optimized(optimised, level))->run(optimised, arguments);
  };
}

Executor machine_code(x86::CpuLevel level) {
  const auto compiler = std::make_shared<MachineCompiler>();
  return [compiler, level](const ir::Program& program, std::uint64_t* arguments) {
    return compiler->scalar(program, level)(program, arguments);
  };
}

Executor best_machine_code(x86::CpuLevel level, optimize::PassSet disabled) {
  const auto compiler = std::make_shared<MachineCompiler>();
  return [compiler, level, disabled](const ir::Program& program, std::uint64_t* arguments) {
    compiler->optimize(program, {.disabled = disabled});
    return compiler->best(level)(program, arguments);
  };
}

Executor last_parts_first_of(Executor executor, bool are_to) {
  return [executor = std::move(executor), are_to](const ir::Program& program, std::uint64_t* arguments) {
    last_parts_first = are_to;
    Outcome outcome = executor(program, arguments);
    last_parts_first = false;
    return outcome;
  };
}

std::string describe_lowering(const ir::Program& program, x86::CpuLevel level) {
  Compiler compiler;
  const bool is_stencil = compiler.select_stencil(compiler.optimize(program), level);
  return compiler.describe(is_stencil, level);
}

std::string assembly_of(const ir::Program& program, x86::CpuLevel level) {
  Compiler compiler;
  return x86::disassemble(compiler.compile(program, level),
                          [](std::uint16_t line) { return line == 0 ? "" : "line " + std::to_string(line); });
}

}  // namespace cogent::testing
