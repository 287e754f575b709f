// A specialisation as the cache keeps it: code for one set of static arguments, and a general version for calls that do
// not meet what the fast code assumes.
#pragma once
#include <cogent/detail/function_core.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <source_location>
#include <string>
#include <vector>

#include "jit/cache_entry.h"
#include "jit/compiled_code.h"
#include "jit/compiler.h"

namespace cogent::jit {

/// What a function is called and where it was made; shared with whatever may outlive the function.
struct FunctionIdentity {
  std::string name;
  std::source_location at;
};

class Specialized : public CacheEntry {
 public:
  /// Generates the code for a call.
  static std::unique_ptr<Specialized> generate(std::shared_ptr<const FunctionIdentity> identity,
                                               const detail::Call& call);

  /// Runs the code on the call's slots. Throws RunTimeError.
  void run(const detail::Call& call);

  /// The elements of the arrays whose sizes are part of the key, in the order of the signature.
  const std::vector<std::uint64_t>& sizes() const { return sizes_; }

 private:
  Specialized(std::shared_ptr<const FunctionIdentity> identity, std::unique_ptr<CompiledCode> code,
              std::unique_ptr<ir::Program> program, std::vector<std::uint64_t> sizes);

  void interpret(const detail::Call& call) const;
  void run_general(const detail::Call& call);
  const CompiledCode& general(const detail::Call& call);

  std::shared_ptr<const FunctionIdentity> identity_;
  std::unique_ptr<CompiledCode> code_;    // or, where no memory may be executed,
  std::unique_ptr<ir::Program> program_;  // what is interpreted instead
  std::vector<std::uint64_t> sizes_;
  std::mutex mutex_;  // for making the general version
  std::unique_ptr<CompiledCode> general_;
  std::atomic<const CompiledCode*> published_general_{nullptr};
};

/// Records and optimises the body of a call; throws GenerationError for what every call would do wrong.
void record_and_optimize(Compiler& compiler, const FunctionIdentity& identity, const detail::Staging& staging,
                         const CompileOptions& options);

}  // namespace cogent::jit
