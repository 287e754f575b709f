// The tokens of a text with one token of look-ahead, and what the parsers expect of them.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "ir/lexer.h"
#include "ir/program.h"

namespace cogent::ir {

class TokenStream {
 public:
  explicit TokenStream(std::string_view text) : lexer_(text), token_(lexer_.next()) {}

  const Token& peek() const { return token_; }
  Token take();

  /// Takes the token if it is the word or the symbol.
  bool accept_word(std::string_view word);
  bool accept_symbol(std::string_view symbol);
  /// Takes a token that must come here; throws ParseError.
  void expect_word(std::string_view word);
  void expect_symbol(std::string_view symbol);
  Token expect(Token::Kind kind, const char* what);
  void expect_end_of_line();
  void skip_empty_lines();

  [[noreturn]] void fail(const std::string& expected) const;
  [[noreturn]] static void fail_at(const Token& token, const std::string& message);

 private:
  Lexer lexer_;
  Token token_;
};

/// The type that a word names in the text.
std::optional<Type> type_named(std::string_view word);

/// The number in a word such as a12 or L3, where the text before it is `prefix`.
std::optional<std::uint64_t> numbered(const Token& token, std::string_view prefix);

}  // namespace cogent::ir
