// Generates a specialisation, runs it, and falls back to its general version.
#include "jit/specialized.h"

#include <cogent/error.h>

#include <cstdlib>
#include <utility>

#include "interpret/interpreter.h"
#include "jit/faults.h"
#include "jit/reclaim.h"
#include "stage/restage.h"

namespace cogent::jit {
namespace {

std::vector<std::uint64_t> static_sizes(const ir::Program& program) {
  std::vector<std::uint64_t> sizes;
  for (const ir::Array& array : program.arrays)
    if (array.size != ir::dynamic_size) sizes.push_back(static_cast<std::uint64_t>(array.size));
  return sizes;
}

bool wants_rule_checked() {
  static const bool wanted = [] {
    const char* value = std::getenv("COGENT_CHECK");
    return value != nullptr && std::string_view(value) == "1";
  }();
  return wanted;
}

std::unique_ptr<CompiledCode> compile(Compiler& compiler, const CompileOptions& options) {
  const x86::MachineCode code = compiler.lower(options);
  return std::make_unique<CompiledCode>(code.bytes,
                                        describe_sites(compiler.optimized(), compiler.machine().fault_sites));
}

}  // namespace

void record_and_optimize(Compiler& compiler, const FunctionIdentity& identity, const detail::Staging& staging,
                         const CompileOptions& options) {
  compiler.record(staging, identity.name);
  const ir::Program& program = compiler.optimize(options);
  if (const auto& fault = compiler.pipeline().fault()) raise_provable(identity, program, *fault);
}

Specialized::Specialized(std::shared_ptr<const FunctionIdentity> identity, std::unique_ptr<CompiledCode> code,
                         std::unique_ptr<ir::Program> program, std::vector<std::uint64_t> sizes)
    : CacheEntry(sizeof(Specialized) + (code ? code->size() : 0)),
      identity_(std::move(identity)),
      code_(std::move(code)),
      program_(std::move(program)),
      sizes_(std::move(sizes)) {}

std::unique_ptr<Specialized> Specialized::generate(std::shared_ptr<const FunctionIdentity> identity,
                                                   const detail::Call& call) {
  const CompilerLoan compiler;
  if (wants_rule_checked()) {
    compiler->record(call.staging, identity->name);  // mistakes that need no comparing come first
    stage::check_rule(call.staging, identity->name);
  }
  record_and_optimize(*compiler, *identity, call.staging, {});
  std::unique_ptr<CompiledCode> code;
  std::unique_ptr<ir::Program> program;
  try {
    code = compile(*compiler, {});
  } catch (const ExecutableMemoryError&) {
    program = std::make_unique<ir::Program>(compiler->optimized());
  }
  std::vector<std::uint64_t> sizes = static_sizes(compiler->recorded());
  return std::unique_ptr<Specialized>(
      new Specialized(std::move(identity), std::move(code), std::move(program), std::move(sizes)));
}

void Specialized::run(const detail::Call& call) {
  if (code_ == nullptr) return interpret(call);
  x86::ErrorRecord error;
  const x86::Status status = code_->run(call.slots, error);
  if (status == x86::Status::Done) [[likely]]
    return;
  if (status == x86::Status::Fault) raise_fault(*identity_, code_->site(error.site), error, call.slots);
  run_general(call);
}

void Specialized::interpret(const detail::Call& call) const {
  const interpret::Outcome outcome = interpret::run(*program_, call.slots);
  if (outcome.end == interpret::Outcome::End::Fault) raise_fault(*identity_, *program_, outcome.fault);
}

const CompiledCode& Specialized::general(const detail::Call& call) {
  if (const CompiledCode* code = published_general_.load(std::memory_order_acquire)) return *code;
  const std::lock_guard lock(mutex_);
  if (general_ == nullptr) {
    const CompilerLoan compiler;
    const CompileOptions options{.general = true};
    record_and_optimize(*compiler, *identity_, call.staging, options);
    general_ = compile(*compiler, options);
    published_general_.store(general_.get(), std::memory_order_release);
  }
  return *general_;
}

void Specialized::run_general(const detail::Call& call) {
  const CompiledCode& code = general(call);
  x86::ErrorRecord error;
  if (code.run(call.slots, error) == x86::Status::Fault)
    raise_fault(*identity_, code.site(error.site), error, call.slots);
}

}  // namespace cogent::jit
