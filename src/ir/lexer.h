// Cuts the text of a program into tokens.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace cogent::ir {

struct Token {
  enum class Kind : std::uint8_t {
    End,
    Newline,
    Word,    // for, a0, i32, ...
    Name,    // %12: number
    Number,  // 12, 12u8, 0x3f800000_f32: number and, if it says its type, the type's name in text
    String,  // text: without quotes and escapes
    Symbol,  // text
  };
  Kind kind = Kind::End;
  std::string text;
  std::uint64_t number = 0;
  int line = 1, column = 1;

  bool is(Kind other, std::string_view expected) const { return kind == other && text == expected; }
  bool is_word(std::string_view expected) const { return is(Kind::Word, expected); }
  bool is_symbol(std::string_view expected) const { return is(Kind::Symbol, expected); }
};

class Lexer {
 public:
  explicit Lexer(std::string_view text) : rest_(text) {}
  /// The next token; throws ParseError (ir/parse.h).
  Token next();

 private:
  void skip_blanks();
  void take(std::size_t count);
  std::string take_while(bool (*belongs)(char));
  void read_number(Token& token);
  void read_string(Token& token);
  void read_symbol(Token& token);

  std::string_view rest_;
  int line_ = 1, column_ = 1;
};

/// How a message calls the token.
std::string describe(const Token& token);

}  // namespace cogent::ir
