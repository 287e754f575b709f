// What a specialisation says that is called with other static arguments than it was made for.
#pragma once
#include <cogent/detail/function_core.h>

#include <span>

#include "jit/specialized.h"

namespace cogent::jit {

/// Throws GenerationError: the shapes of the call's arrays differ from `made_for`, which is as Specialized::sizes() has
/// them. `at` is where the specialisation is called.
[[noreturn]] void raise_other_sizes(const FunctionIdentity& identity, std::span<const std::uint64_t> made_for,
                                    const detail::Call& call, const std::source_location& at);

}  // namespace cogent::jit
