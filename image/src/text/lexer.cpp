// The words, numbers, quoted texts and marks of a pipeline's text, one after the other.
#include "text/lexer.h"

#include <algorithm>

#include "text/numbers.h"

namespace cogent::image::text {
namespace {

constexpr std::string_view marks = "|(){}[];,=/+-";
constexpr std::string_view digits_of_bytes = "0123456789abcdef";

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t word_length(std::string_view text) {
  if (text.empty() || !is_letter(text[0])) return 0;
  const auto end = std::find_if_not(text.begin(), text.end(), [](char c) { return is_letter(c) || is_digit(c); });
  return static_cast<std::size_t>(end - text.begin());
}

}  // namespace

Token Lexer::take() {
  Token taken = std::move(token_);
  advance();
  return taken;
}

bool Lexer::take_mark(char mark) {
  const bool there = at_mark(mark);
  if (there) advance();
  return there;
}

void Lexer::expect_mark(char mark, std::string_view expected) {
  if (!take_mark(mark)) fail_expected(expected);
}

void Lexer::fail_expected(std::string_view what) const {
  constexpr std::size_t longest = 40;
  const bool end = token_.kind == TokenKind::End;
  const std::string found(token_.text.substr(0, longest));
  const std::string shown = token_.text.size() > longest ? found + "..." : found;
  throw TextError{"expected " + std::string(what) + (end ? ", but the text ends here" : ", not '" + shown + "'"),
                  token_.offset, std::max<std::size_t>(token_.length, 1)};
}

Token Lexer::take_raw() {
  const std::size_t start = at_, end = std::min(text_.find(')', start), text_.size());
  std::string_view content = text_.substr(start, end - start);
  while (!content.empty() && is_space(content.front())) content.remove_prefix(1);
  while (!content.empty() && is_space(content.back())) content.remove_suffix(1);
  Token raw{.kind = TokenKind::Quoted, .offset = static_cast<std::size_t>(content.data() - text_.data())};
  raw.length = content.size();
  raw.text = content;
  raw.content = content;
  at_ = end;
  token_ = raw;
  advance();
  return raw;
}

void Lexer::advance() {
  last_end_ = token_.offset + token_.length;
  while (at_ < text_.size() && is_space(text_[at_])) ++at_;
  token_ = Token{.offset = at_};
  if (at_ == text_.size()) return;
  if (text_[at_] == '"') {
    quoted();
  } else if (const std::size_t length = word_length(text_.substr(at_)); length > 0) {
    token_.kind = TokenKind::Word;
    at_ += length;
  } else {
    number_or_mark();
  }
  token_.length = at_ - token_.offset;
  token_.text = text_.substr(token_.offset, token_.length);
}

void Lexer::number_or_mark() {
  const std::string_view rest = text_.substr(at_);
  if (const auto number = scan_number(rest)) {
    token_.kind = TokenKind::Number;
    token_.number = number->value;
    if (!number->fits) throw TextError{"this number is too large or too small", at_, number->length};
    at_ += number->length;
    if (at_ < text_.size() && (is_letter(text_[at_]) || text_[at_] == '.'))
      throw TextError{"a number ends here; expected a space, ',' or a mark behind it", at_, 1};
  } else if (marks.find(rest[0]) != std::string_view::npos) {
    token_.kind = TokenKind::Mark;
    ++at_;
  } else {
    throw TextError{"this character means nothing here; expected a filter, a number, \"text\" or a mark", at_, 1};
  }
}

void Lexer::quoted() {
  const std::size_t start = at_++;
  token_.kind = TokenKind::Quoted;
  while (at_ < text_.size() && text_[at_] != '"') {
    const char c = text_[at_++];
    token_.content += c == '\\' ? escape() : c;
  }
  if (at_ >= text_.size()) throw TextError{"this quoted text has no end; expected '\"'", start, 1};
  ++at_;
}

char Lexer::escape() {
  const std::string_view rest = text_.substr(at_);
  if (rest.starts_with('x') && rest.size() >= 3) {
    const std::size_t high = digits_of_bytes.find(rest[1]), low = digits_of_bytes.find(rest[2]);
    if (high != std::string_view::npos && low != std::string_view::npos) {
      at_ += 3;
      return static_cast<char>(high * 16 + low);
    }
  }
  constexpr std::string_view names = "\"\\nt", characters = "\"\\\n\t";
  const std::size_t which = rest.empty() ? std::string_view::npos : names.find(rest[0]);
  if (which == std::string_view::npos)
    throw TextError{R"(expected \", \\, \n, \t or \x and two of 0-9a-f)", at_ - 1, 2};
  ++at_;
  return characters[which];
}

bool is_word(std::string_view text) { return !text.empty() && word_length(text) == text.size(); }

}  // namespace cogent::image::text
