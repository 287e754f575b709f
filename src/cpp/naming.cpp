// Which words are reserved, and which names are taken in which regions.
#include "cpp/naming.h"

#include <algorithm>
#include <cctype>
#include <unordered_set>

#include "cpp/prelude.h"

namespace cogent::cpp {
namespace {

const std::unordered_set<std::string_view>& reserved_words() {
  static const std::unordered_set<std::string_view> words = {
      // keywords
      "alignas", "alignof", "and", "and_eq", "asm", "auto", "bitand", "bitor", "bool", "break", "case", "catch", "char",
      "char8_t", "char16_t", "char32_t", "class", "compl", "concept", "const", "consteval", "constexpr", "constinit",
      "const_cast", "continue", "co_await", "co_return", "co_yield", "decltype", "default", "delete", "do", "double",
      "dynamic_cast", "else", "enum", "explicit", "export", "extern", "false", "float", "for", "friend", "goto", "if",
      "inline", "int", "long", "mutable", "namespace", "new", "noexcept", "not", "not_eq", "nullptr", "operator", "or",
      "or_eq", "private", "protected", "public", "register", "reinterpret_cast", "requires", "return", "short",
      "signed", "sizeof", "static", "static_assert", "static_cast", "struct", "switch", "template", "this",
      "thread_local", "throw", "true", "try", "typedef", "typeid", "typename", "union", "unsigned", "using", "virtual",
      "void", "volatile", "wchar_t", "while", "xor", "xor_eq",
      // types and macros of the headers that printed text includes, and names that C's library has taken
      "std", "int8_t", "int16_t", "int32_t", "int64_t", "uint8_t", "uint16_t", "uint32_t", "uint64_t", "INT32_MIN",
      "INT64_MIN", "NULL", "EOF", "assert", "errno", "unix", "linux", "main", "abs", "labs", "div", "exit", "abort",
      "exp", "log", "pow", "sqrt", "sin", "cos", "tan", "floor", "ceil", "round", "trunc", "rand", "free", "malloc"};
  return words;
}

bool is_reserved(std::string_view name) {
  if (reserved_words().count(name) != 0) return true;
  for (int i = 0; i < helper_count; ++i)
    if (name == name_of(static_cast<Helper>(i))) return true;
  return name.find("__") != name.npos ||
         (name.size() > 1 && name[0] == '_' && std::isupper(static_cast<unsigned char>(name[1])) != 0);
}

}  // namespace

std::string make_identifier(std::string_view text) {
  std::string name;
  for (const char c : text) {
    const bool is_good = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
    if (is_good || (!name.empty() && name.back() != '_')) name += is_good ? c : '_';
  }
  if (name.empty()) return text.empty() ? "" : "x";
  if (std::isdigit(static_cast<unsigned char>(name[0])) != 0) name.insert(0, "x");
  if (name[0] == '_' && is_reserved(name)) name.insert(0, "x");
  for (std::size_t at; (at = name.find("__")) != std::string::npos;) name.erase(at, 1);
  if (is_reserved(name)) name += '_';
  return name;
}

bool Scopes::is_free(const std::string& name, Id region) const {
  const auto found = taken_.find(name);
  if (found == taken_.end()) return true;
  return std::none_of(found->second.begin(), found->second.end(), [&](Id other) {
    return structure_.contains(other, region) || structure_.contains(region, other);
  });
}

std::string Scopes::unique(const std::string& wish, Id region) {
  std::string name = wish;
  int& suffix = last_suffix_[wish + '@' + std::to_string(region)];
  if (suffix > 0) name = wish + '_' + std::to_string(suffix);
  while (!is_free(name, region)) name = wish + '_' + std::to_string(++suffix);
  taken_[name].push_back(region);
  return name;
}

}  // namespace cogent::cpp
