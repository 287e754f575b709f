// The words of mistakes that recordings and plain runs find alike.
#pragma once
#include <cstdint>
#include <string>

namespace cogent::stage {

inline constexpr const char* continues_in_states =
    "code.continues() does not say which state follows; write  if (code.go(state)) continue;";

inline std::string describe_missing_state(std::int64_t state, int count) {
  return "there is no state " + std::to_string(state) + ": code.states has " +
         (count > 0 ? "the states 0 to " + std::to_string(count - 1) : "no states");
}

inline std::string describe_open_end(std::int64_t state) {
  return "state " + std::to_string(state) +
         " can end here without saying which state follows; write  if (code.go(state)) continue;  if (code.leave()) "
         "break;  or  code.returns(...)";
}

inline std::string describe_missing_loop(const std::string& name) {
  return "no loop around this has the name \"" + name + "\"; write  code.range(...).named(\"" + name + "\")";
}

}  // namespace cogent::stage
