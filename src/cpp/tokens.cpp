// A small tokenizer, and the blocks that tokens stand in.
#include "cpp/tokens.h"

#include <algorithm>
#include <cctype>
#include <string>
#include <tuple>

namespace cogent::cpp {
namespace {

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

class Tokenizer {
 public:
  explicit Tokenizer(std::string_view text) : text_(text) {}

  Tokens run() {
    tokens_.push_back({Token::Kind::Sign, {}, 0, 0});
    while (at_ < text_.size()) step();
    return std::move(tokens_);
  }

 private:
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  bool at(std::string_view expected) const { return text_.substr(at_, expected.size()) == expected; }

  void skip(std::size_t count) {
    for (; count > 0 && at_ < text_.size(); --count, ++at_) {
      ++column_;
      if (text_[at_] != '\n') continue;
      ++line_;
      column_ = 1;
      is_line_fresh_ = true;
    }
  }
  void skip_to(std::size_t place) { skip(place == text_.npos ? text_.size() - at_ : place - at_); }

  void add(Token::Kind kind, std::size_t length) {
    tokens_.push_back({kind, text_.substr(at_, length), line_, column_});
    is_line_fresh_ = false;
    skip(length);
  }

  void step() {
    const char c = peek();
    if (at("\\\n")) return skip(2);
    if (std::isspace(static_cast<unsigned char>(c)) != 0) return skip(1);
    if (at("//")) return skip_line();
    if (at("/*")) {
      const std::size_t end = text_.find("*/", at_ + 2);
      return skip_to(end == text_.npos ? end : end + 2);
    }
    if (c == '#' && is_line_fresh_) return skip_line();
    if (std::isdigit(static_cast<unsigned char>(c)) != 0) return number();
    if (c == '"') return quoted(Token::Kind::String, '"');
    if (c == '\'') return quoted(Token::Kind::Character, '\'');
    if (is_word(c)) return word();
    for (const std::string_view sign : {"<=>", "...", "::", "->", "&&", "||", "==", "!=", "<=", ">=",
                                        "+=",  "-=",  "*=", "/=", "%=", "&=", "|=", "^=", "++", "--"})
      if (at(sign)) return add(Token::Kind::Sign, sign.size());
    add(Token::Kind::Sign, 1);
  }

  void skip_line() {  // a backslash continues it
    while (at_ < text_.size() && peek() != '\n') skip(at("\\\n") ? 2 : 1);
  }

  void number() {
    std::size_t length = 1;
    while (is_word(peek(length)) || peek(length) == '.' || (peek(length) == '\'' && is_word(peek(length + 1))))
      ++length;
    add(Token::Kind::Number, length);
  }

  void word() {
    std::size_t length = 1;
    while (is_word(peek(length))) ++length;
    const std::string_view prefix = text_.substr(at_, length);
    const char next = peek(length);
    if (next == '"' && (prefix == "R" || prefix == "u8R" || prefix == "uR" || prefix == "UR" || prefix == "LR")) {
      skip(length);
      return raw_string();
    }
    if ((next == '"' || next == '\'') && (prefix == "u8" || prefix == "u" || prefix == "U" || prefix == "L"))
      return skip(length);
    add(Token::Kind::Identifier, length);
  }

  void raw_string() {  // "delimiter( ... )delimiter"
    const std::size_t opening = text_.find('(', at_);
    if (opening == text_.npos) return skip_to(opening);
    const std::string end = ")" + std::string(text_.substr(at_ + 1, opening - at_ - 1)) + "\"";
    const std::size_t closing = text_.find(end, opening);
    tokens_.push_back({Token::Kind::String,
                       text_.substr(opening + 1, closing == text_.npos ? closing : closing - opening - 1), line_,
                       column_});
    is_line_fresh_ = false;
    skip_to(closing == text_.npos ? closing : closing + end.size());
  }

  void quoted(Token::Kind kind, char quote) {
    std::size_t length = 1;
    while (at_ + length < text_.size() && peek(length) != quote && peek(length) != '\n')
      length += peek(length) == '\\' ? 2 : 1;
    length = std::min(length, text_.size() - at_);
    tokens_.push_back({kind, text_.substr(at_ + 1, length - 1), line_, column_});
    is_line_fresh_ = false;
    skip(length + 1);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1, column_ = 1;
  bool is_line_fresh_ = true;  // no token stands on the line yet
  Tokens tokens_;
};

/// A brace behind these opens the body of a function, lambda or statement; other braces hold values.
bool opens_block(const Tokens& tokens, std::size_t brace) {
  const Token& before = tokens[brace - 1];
  return !before.is_identifier() && before.kind != Token::Kind::Number
             ? !(before.is("=") || before.is(",") || before.is("(") || before.is(">") || before.is("["))
             : before.is("else") || before.is("do") || before.is("try") || before.is("mutable") ||
                   before.is("noexcept") || before.is("const") || before.is("override");
}

void find_blocks(Tokens& tokens) {
  std::vector<std::uint32_t> open = {0};  // block or, of braces that hold values, that of the text around
  for (std::size_t i = 1; i < tokens.size(); ++i) {
    if (tokens[i].is("}") && open.size() > 1) open.pop_back();
    tokens[i].block = open.back();
    if (tokens[i].is("{")) open.push_back(opens_block(tokens, i) ? static_cast<std::uint32_t>(i) : open.back());
  }
}

}  // namespace

Tokens tokenize(std::string_view text) {
  Tokens tokens = Tokenizer(text).run();
  find_blocks(tokens);
  return tokens;
}

std::size_t token_at(const Tokens& tokens, std::uint32_t line, std::uint32_t column) {
  const auto after = std::upper_bound(tokens.begin(), tokens.end(), std::tuple(line, column),
                                      [](const std::tuple<std::uint32_t, std::uint32_t>& place, const Token& token) {
                                        return place < std::tuple(token.line, token.column);
                                      });
  return static_cast<std::size_t>(after - tokens.begin()) - 1;
}

std::size_t closing_of(const Tokens& tokens, std::size_t opening) {
  int depth = 0;
  for (std::size_t i = opening; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    if (token.is("(") || token.is("[") || token.is("{")) ++depth;
    if (token.is(")") || token.is("]") || token.is("}")) --depth;
    if (depth == 0) return i;
  }
  return tokens.size();
}

}  // namespace cogent::cpp
