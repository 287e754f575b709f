// The words, numbers, quoted texts and marks of a pipeline's text, one after the other.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "text/text_error.h"

namespace cogent::image::text {

enum class TokenKind { Word, Number, Quoted, Mark, End };

struct Token {
  TokenKind kind = TokenKind::End;
  std::size_t offset = 0;
  std::size_t length = 0;
  std::string_view text = {};  ///< as it stands there
  double number = 0;
  std::string content = {};  ///< of a quoted text, escapes resolved
};

/// Reads a text token by token. Throws TextError for what is none: an unknown character, a number that no double can
/// hold, a quoted text without end.
class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) { advance(); }

  const Token& peek() const { return token_; }
  bool at_mark(char mark) const { return token_.kind == TokenKind::Mark && token_.text[0] == mark; }
  Token take();
  std::size_t last_end() const { return last_end_; }  ///< behind what was taken last
  /// Takes this mark, if it is next.
  bool take_mark(char mark);
  /// Takes this mark, or throws: "expected ')' or ','", from `expected`.
  void expect_mark(char mark, std::string_view expected);
  /// "expected WHAT, not 'gray'", at the next token.
  [[noreturn]] void fail_expected(std::string_view what) const;
  /// The mark '(' is next: takes it, and gives the characters up to ')' without spaces around them. ')' is next then.
  Token take_raw();

 private:
  void advance();
  void quoted();
  char escape();
  void number_or_mark();

  std::string_view text_;
  std::size_t at_ = 0;  // behind token_
  std::size_t last_end_ = 0;
  Token token_;
};

/// Whether a text is one word as the lexer reads it.
bool is_word(std::string_view text);

}  // namespace cogent::image::text
