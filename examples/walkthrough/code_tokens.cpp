// Splits C++ text into tokens and compares token sequences.
#include "code_tokens.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace walkthrough {
namespace {

constexpr std::array<std::string_view, 22> keywords = {
    "auto",  "break", "case",   "const",  "constexpr", "continue", "else",     "extern",
    "for",   "if",    "inline", "return", "namespace", "static",   "template", "static_cast",
    "using", "void",  "while",  "struct", "include",   "define"};
constexpr std::array<std::string_view, 21> types = {
    "bool",     "char",     "double",   "float",   "int",     "long",      "short",
    "unsigned", "int8_t",   "int16_t",  "int32_t", "int64_t", "uint8_t",   "In",
    "uint16_t", "uint32_t", "uint64_t", "Out",     "Value",   "DynamicIn", "GeneratedFunction"};

template <class Names>
bool is_among(std::string_view word, const Names& names) {
  return std::find(names.begin(), names.end(), word) != names.end();
}

bool in_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

std::size_t length_while(std::string_view text, bool (*accepts)(char)) {
  return std::find_if_not(text.begin(), text.end(), accepts) - text.begin();
}

// The token at the beginning of `rest`, which is not empty.
Token next_token(std::string_view rest) {
  const auto take = [&](TokenKind kind, std::size_t length) { return Token{kind, rest.substr(0, length)}; };
  if (rest[0] == '\n') return take(TokenKind::NewLine, 1);
  if (rest[0] == ' ') return take(TokenKind::Space, length_while(rest, [](char c) { return c == ' '; }));
  if (rest.starts_with("//")) return take(TokenKind::Comment, std::min(rest.find('\n'), rest.size()));
  if (rest[0] == '"') return take(TokenKind::String, std::min(rest.find('"', 1), rest.size() - 1) + 1);
  if (std::isdigit(static_cast<unsigned char>(rest[0])) != 0)
    return take(TokenKind::Number, length_while(rest, [](char c) { return in_word(c) || c == '.' || c == '\''; }));
  if (rest.starts_with("::")) return take(TokenKind::Sign, 2);
  if (!in_word(rest[0])) return take(TokenKind::Sign, 1);
  Token word = take(TokenKind::Word, length_while(rest, in_word));
  if (is_among(word.text, keywords)) word.kind = TokenKind::Keyword;
  if (is_among(word.text, types)) word.kind = TokenKind::Type;
  return word;
}

// Space between two tokens that differ belongs to the difference.
void mark_space_between(std::vector<Token>& tokens) {
  for (std::size_t i = 1; i + 1 < tokens.size(); ++i)
    if (tokens[i].kind == TokenKind::Space) tokens[i].differs = tokens[i - 1].differs && tokens[i + 1].differs;
}

std::vector<Token*> visible_tokens(std::vector<Token>& tokens) {
  std::vector<Token*> visible;
  for (Token& token : tokens)
    if (token.kind != TokenKind::Space && token.kind != TokenKind::NewLine) visible.push_back(&token);
  return visible;
}

}  // namespace

std::vector<Token> tokenize(std::string_view code) {
  std::vector<Token> tokens;
  while (!code.empty()) {
    tokens.push_back(next_token(code));
    code.remove_prefix(tokens.back().text.size());
  }
  return tokens;
}

void mark_differences(std::vector<Token>& a, std::vector<Token>& b) {
  const std::vector<Token*> left = visible_tokens(a);
  const std::vector<Token*> right = visible_tokens(b);
  // common[i][j]: the length of the longest common subsequence of what follows left[i] and right[j].
  std::vector<std::vector<int>> common(left.size() + 1, std::vector<int>(right.size() + 1));
  for (std::size_t i = left.size(); i-- > 0;)
    for (std::size_t j = right.size(); j-- > 0;)
      common[i][j] =
          left[i]->text == right[j]->text ? 1 + common[i + 1][j + 1] : std::max(common[i + 1][j], common[i][j + 1]);
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < left.size() || j < right.size()) {
    if (i < left.size() && j < right.size() && left[i]->text == right[j]->text) {
      ++i, ++j;
    } else if (j == right.size() || (i < left.size() && common[i + 1][j] >= common[i][j + 1])) {
      left[i++]->differs = true;
    } else {
      right[j++]->differs = true;
    }
  }
  mark_space_between(a);
  mark_space_between(b);
}

}  // namespace walkthrough
