// A specialisation as the cache keeps it: code for one set of static arguments, and a general version for calls that do
// not meet what the fast code assumes.
#pragma once
#include <cogent/detail/function_core.h>

#include <atomic>
#include <memory>
#include <source_location>
#include <string>
#include <vector>

#include "debug/gdb_interface.h"
#include "interpret/interpreter.h"
#include "jit/cache_entry.h"
#include "jit/compiled_code.h"
#include "jit/compiler.h"
#include "jit/parallel_runs.h"
#include "stage/call_journal.h"
#include "stage/run_context.h"

namespace cogent::jit {

/// What a function is called and where it was made; shared with whatever may outlive the function.
struct FunctionIdentity {
  std::string name;
  std::source_location at;
};

/// One version of a function's code: machine code, or the program that is interpreted where there can be none.
class Version {
 public:
  /// Records, optimises and compiles the body of a call.
  Version(const FunctionIdentity& identity, const detail::Staging& staging, const CompileOptions& options);

  /// Runs it on the call's slots. False: it declined, and nothing was written. Throws RunTimeError.
  /// What a callee throws comes through.
  bool run(const FunctionIdentity& identity, std::uint64_t* slots, stage::CallReplay* replay) const;
  /// Whether running it executes nothing but its own code: no callee, no other thread.
  bool runs_alone() const { return !needs_context_; }

  /// The memory that it takes, code and all; what the allocator adds is estimated.
  std::size_t bytes() const;
  const std::vector<std::uint64_t>& sizes() const { return sizes_; }

 private:
  bool run_in_context(const FunctionIdentity& identity, std::uint64_t* slots, stage::CallReplay* replay) const;
  void interpret(const FunctionIdentity& identity, std::uint64_t* slots, stage::RunContext& context) const;

  std::unique_ptr<CompiledCode> code_;
  std::unique_ptr<debug::GdbRegistration> registration_;  // ends before the code does
  std::unique_ptr<ir::Program> program_;
  std::vector<std::shared_ptr<const void>> callees_;  // what the code calls; empty: it calls nothing
  std::vector<std::uint64_t> sizes_;
  RunnableCode runnable_;                   // of code_
  std::unique_ptr<ParallelCode> parallel_;  // null: the code has no parallel loops
  bool needs_context_ = false;
};

class Specialized : public CacheEntry {
 public:
  ~Specialized() override { delete general_.load(std::memory_order_acquire); }

  /// Generates the code for a call.
  static std::unique_ptr<Specialized> generate(std::shared_ptr<const FunctionIdentity> identity,
                                               const detail::Call& call);

  /// Runs the code on the call's slots. Throws RunTimeError, what a callee throws, and GenerationError when the call's
  /// static arguments are others and the difference would matter. With a replay no calls are made.
  void run(const detail::Call& call, stage::CallReplay* replay = nullptr) {
    if (!fast_->run(*identity_, call.slots, replay)) [[unlikely]]
      run_general(call, replay);
  }

  /// The same of what needs no guard while a handle keeps it. False: it must be run as all others, nothing has been
  /// done.
  bool run_alone(const detail::Call& call) const {
    return fast_->runs_alone() && fast_->run(*identity_, call.slots, nullptr);
  }

  /// A number in place of an address, for the function and the key: the same for code that is generated anew.
  const void* number() const;

  /// The elements of the arrays whose sizes are part of the key, in the order of the signature.
  const std::vector<std::uint64_t>& sizes() const { return fast_->sizes(); }
  const FunctionIdentity& identity() const { return *identity_; }

 private:
  Specialized(std::shared_ptr<const FunctionIdentity> identity, std::unique_ptr<Version> fast);
  void check_key(const detail::Call& call) const;
  void run_general(const detail::Call& call, stage::CallReplay* replay);
  const Version& general(const detail::Call& call);

  std::shared_ptr<const FunctionIdentity> identity_;
  std::unique_ptr<Version> fast_;
  std::atomic<const Version*> general_ = nullptr;  // owned
};

/// Interprets a program that may make calls. What a callee throws comes through.
interpret::Outcome interpret_with_calls(const ir::Program& program, std::uint64_t* slots, stage::RunContext& context,
                                        interpret::Options options);

/// Records and optimises the body of a call; throws GenerationError for what every call would do wrong.
void record_and_optimize(Compiler& compiler, const FunctionIdentity& identity, const detail::Staging& staging,
                         const CompileOptions& options);

}  // namespace cogent::jit
