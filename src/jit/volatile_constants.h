// Notices static arguments that are not constant at all: each call brings another value, so each call generates code.
#pragma once
#include <cogent/detail/function_core.h>

#include <string>
#include <vector>

#include "jit/specialized.h"

namespace cogent::jit {

/// So many specialisations of a function are looked at before anything is said.
inline constexpr std::size_t fewest_specialisations = 16;

/// A static parameter that has another value in nearly every one of a function's specialisations.
struct VolatileConstant {
  std::uint16_t position;  // in the signature
  detail::KeyKind kind;
  detail::ScalarType type;  // of a number
  std::size_t values;       // different ones
};

/// Looks at the keys that are shaped like the call's. Linear in their number, apart from sorting.
std::vector<VolatileConstant> find_volatile_constants(const detail::Call& call,
                                                      const std::vector<std::vector<std::uint64_t>>& keys);

/// One sentence, which names what to write instead.
std::string describe(const FunctionIdentity& identity, const VolatileConstant& constant);

/// Whether to warn after the generation of this number: where the environment sets COGENT_WARN=1, after 16, 32, 64, ...
bool is_time_to_warn(std::uint64_t generations);
/// Writes what is found to the standard error output.
void warn_of_volatile_constants(const FunctionIdentity& identity, const detail::Call& call,
                                const std::vector<std::vector<std::uint64_t>>& keys);

}  // namespace cogent::jit
