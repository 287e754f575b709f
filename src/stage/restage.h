// Re-staging: records a body in several ways whose recordings must agree if it keeps the rule that C++'s own control
// flow and variables act once, while generating.
#pragma once
#include <cogent/detail/function_core.h>

#include <string_view>

namespace cogent::stage {

/// Throws GenerationError with the user's line when the body breaks the rule where that can be noticed: a plain
/// variable that carries a change out of a generated branch or round a generated loop; a C++ else, break, continue or
/// return that belongs to one. The body runs once per nesting depth of its branches, and each loop's body twice:
/// exponential in the depth of loops.
void check_rule(const detail::Staging& staging, std::string_view name);

}  // namespace cogent::stage
