// Where code.print writes to, and how deep generated functions may call each other.
#pragma once
#include <cstdint>
#include <functional>
#include <string_view>

#include <cogent/detail/export.h>

namespace cogent {

/// Receives each printed text, from whichever thread prints; calls come one at a time. It may call set_print_output;
/// what it prints itself goes to stdout.
using PrintOutput = std::function<void(std::string_view text)>;

/// Sends what code.print prints, in all threads, to `output` (empty: to stdout, the usual). Gives what it was before.
COGENT_EXPORT PrintOutput set_print_output(PrintOutput output);

/// Generated functions may call themselves and each other within each other up to this depth, 10000 unless it is set,
/// at least 1, in all threads; also no deeper than the stack has room. One call more is a RunTimeError. Gives what it
/// was before.
COGENT_EXPORT std::int64_t set_recursion_limit(std::int64_t depth);

}  // namespace cogent
