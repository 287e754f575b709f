// Generates a specialisation, runs it, and falls back to its general version.
#include "jit/specialized.h"

#include <cogent/error.h>

#include <algorithm>
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

}  // namespace

void record_and_optimize(Compiler& compiler, const FunctionIdentity& identity, const detail::Staging& staging,
                         const CompileOptions& options) {
  compiler.record(staging, identity.name);
  const ir::Program& program = compiler.optimize(options);
  if (const auto& fault = compiler.pipeline().fault()) raise_provable(identity, program, *fault);
}

// ---- one version

Version::Version(const FunctionIdentity& identity, const detail::Staging& staging, const CompileOptions& options) {
  const CompilerLoan compiler;
  record_and_optimize(*compiler, identity, staging, options);
  sizes_ = static_sizes(compiler->recorded());
  const auto keep_program = [&] { program_ = std::make_unique<ir::Program>(compiler->optimized()); };
  try {
    const x86::MachineCode code = compiler->lower(options);
    code_ = std::make_unique<CompiledCode>(code.bytes,
                                           describe_sites(compiler->optimized(), compiler->machine().fault_sites));
  } catch (const ExecutableMemoryError&) {
    keep_program();
  } catch (const x86::EncodingError&) {  // more values live at once than a frame can hold
    keep_program();
  }
}

bool Version::run(const FunctionIdentity& identity, std::uint64_t* slots) const {
  if (code_ == nullptr) {
    interpret(identity, slots);
    return true;
  }
  x86::ErrorRecord error;
  const x86::Status status = code_->run(slots, error);
  if (status == x86::Status::Fault) raise_fault(identity, code_->site(error.site), error, slots);
  return status == x86::Status::Done;
}

void Version::interpret(const FunctionIdentity& identity, std::uint64_t* slots) const {
  const interpret::Outcome outcome = interpret::run(*program_, slots);
  if (outcome.end == interpret::Outcome::End::Fault) raise_fault(identity, *program_, outcome.fault);
}

// ---- a specialisation

Specialized::Specialized(std::shared_ptr<const FunctionIdentity> identity, std::unique_ptr<Version> fast)
    : CacheEntry(sizeof(Specialized) + fast->size()), identity_(std::move(identity)), fast_(std::move(fast)) {}

std::unique_ptr<Specialized> Specialized::generate(std::shared_ptr<const FunctionIdentity> identity,
                                                   const detail::Call& call) {
  if (wants_rule_checked()) stage::check_rule(call.staging, identity->name);
  auto fast = std::make_unique<Version>(*identity, call.staging, CompileOptions{});
  return std::unique_ptr<Specialized>(new Specialized(std::move(identity), std::move(fast)));
}

// The general version is recorded from the call at hand. A handle's call may have other static arguments, and code made
// for those must not get among this key's.
void Specialized::check_key(const detail::Call& call) const {
  detail::Key words;
  words.append(key().front());
  call.staging.append_key(call.staging.arguments, words);
  if (!std::ranges::equal(words.words(), key()))
    throw GenerationError("a specialisation was called with other plain arguments than it was made for", {});
}

void Specialized::run_general(const detail::Call& call) {
  check_key(call);
  {
    const std::lock_guard lock(mutex_);
    if (general_ == nullptr)
      general_ = std::make_unique<Version>(*identity_, call.staging, CompileOptions{.general = true});
  }
  general_->run(*identity_, call.slots);
}

}  // namespace cogent::jit
