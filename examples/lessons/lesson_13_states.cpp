// Lesson 13: code that jumps from state to state: a matcher for a pattern that is known.
#include <cogent/cogent.h>

#include <cstdio>
#include <string>
#include <string_view>

using namespace cogent;

// Where the automaton goes from `state` (as many characters of the pattern matched) when it reads `byte`: plain C++.
int next_state(std::string_view pattern, int state, int byte) {
  std::string seen(pattern.substr(0, static_cast<std::size_t>(state)));
  seen.push_back(static_cast<char>(byte));
  int length = static_cast<int>(seen.size() < pattern.size() ? seen.size() : pattern.size());
  while (!seen.ends_with(pattern.substr(0, static_cast<std::size_t>(length)))) --length;
  return length;
}

// Counts how often the pattern occurs. Each state is a piece of code of its own; which one comes next is decided by
// the byte alone, without a table of states in memory.
GeneratedFunction count("count", [](GeneratedCodeBlock& code, DynamicIn<std::uint8_t> text, std::string_view pattern) {
  const int length = static_cast<int>(pattern.size());
  auto found = code.variable(0);
  auto position = code.variable<std::int64_t>(0);
  for (int state : code.states(length + 1, 0)) {
    if (state == length) ++found;  // a plain if: only the last state counts
    if (auto _ = code.when(position == text.size())) {
      if (code.leave()) break;
    }
    auto byte = text[position];
    ++position;
    if (code.go(byte, [&](int b) { return next_state(pattern, state, b); })) continue;
  }
  return found;
});

int main() {
  const std::string_view text = "ababab and abab: abababab";
  const std::span bytes(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
  std::printf("%d times abab, %d times b\n", count(bytes, "abab"), count.run_checked(bytes, "b"));
  std::printf("%s", count.get_source(bytes, "ab").c_str());
}
