// string_search: one character, a literal and a pattern with wild cards that stand at the end of a text.
#define main string_search_main
#include "../../examples/gallery/string_search.cpp"
#undef main
#include <cstring>
#include <regex>

#include "programs.h"

namespace bench {
namespace {

// Words of lower-case letters, then what is looked for.
std::string text_ending_with(std::string_view found, std::size_t size) {
  std::string text;
  for (const int letter : random_numbers<int>(size - found.size(), 0, 30))
    text += letter < 26 ? static_cast<char>('a' + letter) : ' ';
  return text.append(found);
}

struct Search {
  std::string text;
  std::string pattern;
  std::int64_t found = -1, expected = -1;
};

GalleryProgram bench_search(const char* name, Search& search) {
  GalleryProgram program{name, "\"" + search.pattern + "\" in 64 KiB"};
  const auto specialized = string_search.specialize(search.text, search.pattern);
  program.call = [=, &search] { search.found = specialized(search.text, search.pattern); };
  program.generate = [&](int number) {
    const auto part = std::string_view(search.text).substr(number);
    static_cast<void>(string_search.specialize(part, search.pattern));
  };
  program.add_naturals("string_search", &natural::string_search,
                       [&](auto f) { search.expected = f(search.text, search.pattern); });
  program.agrees = [&] { return search.found == search.expected && search.found >= 0; };
  return program;
}

}  // namespace

GalleryProgram bench_find_character() {
  static Search search{text_ending_with("!", 65536), "!"};
  GalleryProgram program = bench_search("find_character", search);
  program.rivals.push_back({"memchr",
                            [] {
                              const void* found = std::memchr(search.text.data(), '!', search.text.size());
                              search.expected = static_cast<const char*>(found) - search.text.data();
                            },
                            false});
  return program;
}

GalleryProgram bench_find_literal() {
  static Search search{text_ending_with("find me", 65536), "find me"};
  GalleryProgram program = bench_search("find_literal", search);
  program.rivals.push_back({"std::string_view::find",
                            [] {
                              const auto found = std::string_view(search.text).find(search.pattern);
                              search.expected = static_cast<std::int64_t>(found);
                            },
                            false});
  return program;
}

GalleryProgram bench_find_wildcards() {
  static Search search{text_ending_with("find 42.", 65536), "f??d ??."};
  static const std::regex expression("f..d ..\\.", std::regex::optimize);
  GalleryProgram program = bench_search("find_wildcards", search);
  program.rivals.push_back({"std::regex_search",
                            [] {
                              std::smatch match;
                              search.expected =
                                  std::regex_search(search.text, match, expression) ? match.position() : -1;
                            },
                            false});
  return program;
}

}  // namespace bench
