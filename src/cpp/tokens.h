// C++ text as tokens: enough to find declarations, without preprocessing.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

namespace cogent::cpp {

struct Token {
  enum class Kind : std::uint8_t { Identifier, Number, String, Character, Sign };
  Kind kind;
  std::string_view text;  // of a string literal: what stands between the quotes
  std::uint32_t line, column;
  std::uint32_t block = 0;  // the opening brace of the innermost block around it, 0: none (see find_blocks)

  bool is(std::string_view expected) const { return text == expected && kind != Kind::String; }
  bool is_identifier() const { return kind == Kind::Identifier; }
};

using Tokens = std::vector<Token>;

/// Comments, directives and continued lines are passed over; `::`, `->`, `&&` and the assignment and comparison signs
/// are one token each, all other signs one character. Never fails: what is not closed ends with the text.
/// The result begins with an empty token, so that 0 can stand for none.
Tokens tokenize(std::string_view text);

/// The last token at or before a place; 0: there is none.
std::size_t token_at(const Tokens& tokens, std::uint32_t line, std::uint32_t column);

/// The token that closes the bracket at `opening` ( [ or {; the number of tokens if none does.
std::size_t closing_of(const Tokens& tokens, std::size_t opening);

}  // namespace cogent::cpp
