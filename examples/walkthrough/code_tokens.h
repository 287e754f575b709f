// Splits C++ text into tokens, just well enough to colour it and to compare two texts.
#pragma once

#include <string_view>
#include <vector>

namespace walkthrough {

enum class TokenKind { Space, NewLine, Comment, String, Number, Keyword, Type, Word, Sign };

struct Token {
  TokenKind kind;
  std::string_view text;  // a view into the tokenised text
  bool differs = false;   // from the text it was compared with
};

std::vector<Token> tokenize(std::string_view code);

// Marks in both texts the tokens that do not belong to their longest common subsequence; space does not count.
void mark_differences(std::vector<Token>& a, std::vector<Token>& b);

}  // namespace walkthrough
