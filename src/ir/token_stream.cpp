// Expectations and the messages that say what was found instead.
#include "ir/token_stream.h"

#include <charconv>

#include "ir/parse.h"
#include "ir/text.h"

namespace cogent::ir {

Token TokenStream::take() {
  Token taken = std::move(token_);
  token_ = lexer_.next();
  return taken;
}

bool TokenStream::accept_word(std::string_view word) {
  const bool found = token_.is_word(word);
  if (found) take();
  return found;
}

bool TokenStream::accept_symbol(std::string_view symbol) {
  const bool found = token_.is_symbol(symbol);
  if (found) take();
  return found;
}

void TokenStream::expect_word(std::string_view word) {
  if (!accept_word(word)) fail("'" + std::string(word) + "'");
}

void TokenStream::expect_symbol(std::string_view symbol) {
  if (!accept_symbol(symbol)) fail("'" + std::string(symbol) + "'");
}

Token TokenStream::expect(Token::Kind kind, const char* what) {
  if (token_.kind != kind) fail(what);
  return take();
}

void TokenStream::expect_end_of_line() {
  if (token_.kind == Token::Kind::End) return;
  expect(Token::Kind::Newline, "the end of the line");
}

void TokenStream::skip_empty_lines() {
  while (token_.kind == Token::Kind::Newline) take();
}

void TokenStream::fail(const std::string& expected) const {
  fail_at(token_, "expected " + expected + ", found " + describe(token_));
}

void TokenStream::fail_at(const Token& token, const std::string& message) {
  throw ParseError(token.line, token.column, message);
}

std::optional<Type> type_named(std::string_view word) {
  for (int i = 0; i < type_count; ++i)
    if (word == short_name(static_cast<Type>(i))) return static_cast<Type>(i);
  return std::nullopt;
}

std::optional<std::uint64_t> numbered(const Token& token, std::string_view prefix) {
  if (token.kind != Token::Kind::Word || !token.text.starts_with(prefix)) return std::nullopt;
  const std::string_view digits = std::string_view(token.text).substr(prefix.size());
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (digits.empty() || error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return number;
}

}  // namespace cogent::ir
