// Looking for a known pattern, in which ? stands for any character: what is compared with is part of the code.
#include <cogent/cogent.h>

#include <cstdint>
#include <cstdio>
#include <string_view>

namespace natural {

std::int64_t string_search(std::string_view text, std::string_view pattern) {
  for (std::int64_t i = 0; i < std::ssize(text) - std::ssize(pattern) + 1; ++i) {
    bool matches = true;
    for (int k = 0; k < std::ssize(pattern); ++k)
      if (pattern[k] != '?') {
        if (text[i + k] != pattern[k]) {
          matches = false;
          break;
        }
      }
    if (matches) return i;
  }
  return -1;
}

}  // namespace natural

using namespace cogent;

GeneratedFunction string_search("string_search", [](GeneratedCodeBlock& code, In<char> text, std::string_view pattern) {
  for (auto i : code.range(std::ssize(text) - std::ssize(pattern) + 1).named("positions")) {
    for (int k : code.unroll(std::ssize(pattern)))
      if (pattern[k] != '?') {
        if (auto _ = code.when(text[i + k] != pattern[k])) {
          if (code.continues("positions")) break;
        }
      }
    if (code.left()) continue;
    code.returns(i);
  }
  return Value<std::int64_t>(-1L);
});

int main() {
  constexpr std::string_view text = "the code that was made for this text";
  std::printf("%d\n%d\n%d\n\n%s", static_cast<int>(string_search(text, "w")),
              static_cast<int>(string_search(text, "made")), static_cast<int>(string_search(text, "t???s")),
              string_search.get_source(text, "t???s").c_str());
  return 0;
}
