// Turns tokens into HTML.
#include "code_block.h"

#include <vector>

#include "code_tokens.h"
#include "html.h"

namespace walkthrough {
namespace {

std::string_view style_class(TokenKind kind) {
  switch (kind) {
    case TokenKind::Comment:
      return "comment";
    case TokenKind::String:
    case TokenKind::Number:
      return "literal";
    case TokenKind::Keyword:
      return "keyword";
    case TokenKind::Type:
      return "type";
    default:
      return "";
  }
}

std::string to_html(const Token& token) {
  std::string text = escaped(token.text);
  if (const std::string_view name = style_class(token.kind); !name.empty())
    text = "<span class=\"" + std::string(name) + "\">" + text + "</span>";
  return text;
}

std::string to_html(const std::vector<Token>& tokens) {
  std::string html = "<pre><code>";
  bool marking = false;
  for (const Token& token : tokens) {
    if (token.differs != marking) html += marking ? "</mark>" : "<mark>";
    marking = token.differs;
    html += to_html(token);
  }
  if (marking) html += "</mark>";
  return html + "</code></pre>\n";
}

}  // namespace

std::string code_block(std::string_view code) { return to_html(tokenize(code)); }

CodePair compared_code_blocks(std::string_view left, std::string_view right) {
  std::vector<Token> left_tokens = tokenize(left);
  std::vector<Token> right_tokens = tokenize(right);
  mark_differences(left_tokens, right_tokens);
  return {to_html(left_tokens), to_html(right_tokens)};
}

std::string numbered_code_block(const Excerpt& excerpt, int marked_line) {
  std::string html = "<pre class=\"numbered\"><code>";
  int line = excerpt.first_line;
  const auto begin_line = [&] {
    html += line == marked_line ? "<span class=\"line marked\">" : "<span class=\"line\">";
    html += "<span class=\"number\">" + std::to_string(line++) + "</span>";
  };
  begin_line();
  const std::vector<Token> tokens = tokenize(excerpt.text);
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {  // the last token ends the last line
    html += to_html(tokens[i]);
    if (tokens[i].kind != TokenKind::NewLine) continue;
    html += "</span>";
    begin_line();
  }
  return html + "\n</span></code></pre>\n";
}

}  // namespace walkthrough
