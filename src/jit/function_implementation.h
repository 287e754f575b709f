// What a FunctionCore holds.
#pragma once
#include <cogent/detail/function_core.h>

#include <atomic>

#include "jit/code_cache.h"
#include "jit/faults.h"
#include "jit/specialized.h"

namespace cogent::detail {

struct [[gnu::visibility("hidden")]] FunctionCore::Implementation {
  Implementation(std::string name, const std::source_location& at)
      : identity(std::make_shared<const jit::FunctionIdentity>(jit::FunctionIdentity{std::move(name), at})) {}

  /// The specialisation for a call, generated if need be; usable until the guard is left.
  jit::Specialized& find(const Call& call, const jit::Reclaimer::Guard& guard);

  std::shared_ptr<const jit::FunctionIdentity> identity;
  jit::CodeCache<jit::Specialized> cache;
  std::atomic<std::uint64_t> generations = 0;
};

}  // namespace cogent::detail
