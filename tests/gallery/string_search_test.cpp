// string_search, generated, finds what the plain function finds, and what the library finds.
#define main string_search_main
#include "../../examples/gallery/string_search.cpp"
#undef main
#include <gtest/gtest.h>

#include <regex>
#include <string>

#include "random_numbers.h"

namespace gallery_test {
namespace {

// Letters from a to c.
std::string random_text(int size, int seed) {
  std::string text;
  for (const int letter : random_numbers<int>(size, 'a', 'c', seed)) text += static_cast<char>(letter);
  return text;
}

std::int64_t find_by_regex(const std::string& text, std::string pattern) {
  for (char& letter : pattern)
    if (letter == '?') letter = '.';
  std::smatch match;
  return std::regex_search(text, match, std::regex(pattern)) ? match.position() : -1;
}

}  // namespace

TEST(StringSearch, EveryPatternIsFoundWhereItStands) {
  for (const std::string_view pattern :
       {"a", "?", "ab", "abc", "cab", "a?c", "?b?", "c??a", "bbbb", "d", "a?????????c"})
    for (int size = 0; size <= 24; size += 4) {
      const std::string text = random_text(size, size);
      const std::int64_t expected = find_by_regex(text, std::string(pattern));
      EXPECT_EQ(natural::string_search(text, pattern), expected) << pattern << " in " << text;
      EXPECT_EQ(string_search(text, pattern), expected) << pattern << " in " << text;
      EXPECT_EQ(string_search.run_checked(text, pattern), expected) << pattern << " in " << text;
    }
}

}  // namespace gallery_test
