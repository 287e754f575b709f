// Cuts the text of a program into tokens, and knows their lines and columns.
#include "ir/lexer.h"

#include <charconv>

#include "ir/parse.h"

namespace cogent::ir {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hexadecimal(char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_word(char c) { return is_letter(c) || is_digit(c); }

std::uint64_t value_of(const Token& token, std::string_view digits, int base) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  if (error != std::errc() || end != digits.data() + digits.size())
    throw ParseError(token.line, token.column, "expected a number of at most 64 bits");
  return value;
}

}  // namespace

void Lexer::take(std::size_t count) {
  rest_.remove_prefix(count);
  column_ += static_cast<int>(count);
}

std::string Lexer::take_while(bool (*belongs)(char)) {
  std::size_t count = 0;
  while (count < rest_.size() && belongs(rest_[count])) ++count;
  std::string taken(rest_.substr(0, count));
  take(count);
  return taken;
}

void Lexer::skip_blanks() {
  while (!rest_.empty() && (rest_[0] == ' ' || rest_[0] == '\t' || rest_[0] == '\r')) take(1);
  if (!rest_.empty() && rest_[0] == ';') take(std::min(rest_.find('\n'), rest_.size()));
}

Token Lexer::next() {
  skip_blanks();
  Token token;
  token.line = line_;
  token.column = column_;
  if (rest_.empty()) return token;
  const char c = rest_[0];
  if (c == '\n') {
    token.kind = Token::Kind::Newline;
    take(1);
    ++line_;
    column_ = 1;
  } else if (c == '%' && rest_.size() > 1 && is_digit(rest_[1])) {
    token.kind = Token::Kind::Name;
    take(1);
    token.number = value_of(token, take_while(is_digit), 10);
  } else if (is_letter(c)) {
    token.kind = Token::Kind::Word;
    token.text = take_while(is_word);
  } else if (is_digit(c)) {
    read_number(token);
  } else if (c == '"') {
    read_string(token);
  } else {
    read_symbol(token);
  }
  return token;
}

void Lexer::read_number(Token& token) {
  token.kind = Token::Kind::Number;
  if (rest_.starts_with("0x")) {
    take(2);
    token.number = value_of(token, take_while(is_hexadecimal), 16);
    if (rest_.starts_with('_')) take(1);
  } else {
    token.number = value_of(token, take_while(is_digit), 10);
  }
  token.text = take_while(is_word);
}

void Lexer::read_string(Token& token) {
  token.kind = Token::Kind::String;
  for (take(1); !rest_.empty() && rest_[0] != '"' && rest_[0] != '\n'; take(1)) {
    const bool is_escape = rest_[0] == '\\' && rest_.size() > 1;
    if (is_escape) take(1);
    token.text += is_escape && rest_[0] == 'n' ? '\n' : rest_[0];
  }
  if (!rest_.starts_with('"')) throw ParseError(line_, column_, "expected '\"' at the end of the text");
  take(1);
}

void Lexer::read_symbol(Token& token) {
  token.kind = Token::Kind::Symbol;
  for (const std::string_view pair : {"->", "<<", ">>", "<=", "==", "!="})
    if (rest_.starts_with(pair)) token.text = pair;
  if (token.text.empty()) token.text = rest_.substr(0, 1);
  take(token.text.size());
}

std::string describe(const Token& token) {
  switch (token.kind) {
    case Token::Kind::End:
      return "the end of the text";
    case Token::Kind::Newline:
      return "the end of the line";
    case Token::Kind::Name:
      return "'%" + std::to_string(token.number) + "'";
    case Token::Kind::Number:
      return "'" + std::to_string(token.number) + token.text + "'";
    case Token::Kind::String:
      return "\"" + token.text + "\"";
    default:
      return "'" + token.text + "'";
  }
}

}  // namespace cogent::ir
