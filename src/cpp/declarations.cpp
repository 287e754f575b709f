// Declarations are recognised by what stands around a name: a type before it, and =, :, ( or { behind it.
#include "cpp/declarations.h"

#include <algorithm>

namespace cogent::cpp {
namespace {

bool is_any_of(const Token& token, std::initializer_list<std::string_view> texts) {
  return std::any_of(texts.begin(), texts.end(), [&](std::string_view text) { return token.is(text); });
}

/// Words that begin something else than a declaration of a variable.
bool begins_other(const Token& token) {
  return is_any_of(
      token, {"return", "else", "case", "goto", "new", "throw", "using", "typedef", "namespace", "operator", "delete",
              "class", "struct", "enum", "union", "co_return", "co_yield", "co_await", "do"});
}

bool is_type_word(const Token& token) {
  return is_any_of(token, {"auto", "bool", "char", "const", "double", "float", "int", "long", "short", "signed",
                           "unsigned", "void", "volatile"});
}

/// Whether the tokens before `name` are a type, and nothing else since the statement, or the parenthesis, began.
bool has_type_before(const Tokens& tokens, std::size_t name) {
  int angles = 0;
  bool any = false;
  for (std::size_t i = name; i-- > 1;) {
    const Token& token = tokens[i];
    if (is_any_of(token, {";", "{", "}"})) return any && angles == 0;
    if (token.is(">")) {
      ++angles;
    } else if (token.is("<")) {
      if (--angles < 0) return false;
    } else if (angles == 0) {
      if (is_any_of(token, {"(", ")", "]", ":"})) return any;
      if (begins_other(token)) return false;
      if (token.is_identifier())
        any = true;
      else if (!is_any_of(token, {"::", "&", "&&", "*"}))
        return false;
    }
  }
  return any && angles == 0;
}

/// Whether `name` stands in the parenthesis of a `for`, with no semicolon before it.
bool is_in_for(const Tokens& tokens, std::size_t name) {
  for (std::size_t i = name; i-- > 1;) {
    if (is_any_of(tokens[i], {";", "{", "}", ")"})) return false;
    if (tokens[i].is("(")) return tokens[i - 1].is("for");
  }
  return false;
}

}  // namespace

Declarations::Declarations(const Tokens& tokens) : tokens_(tokens) {
  for (std::size_t i = 2; i + 1 < tokens.size(); ++i) {
    if (!tokens[i].is_identifier() || is_type_word(tokens[i])) continue;
    if (!is_any_of(tokens[i + 1], {"=", "(", "{", ":"}) || !has_type_before(tokens, i)) continue;
    if (tokens[i + 1].is(":") && !is_in_for(tokens, i)) continue;
    add(i);
  }
  std::sort(all_.begin(), all_.end(), [](const Declaration& a, const Declaration& b) { return a.name < b.name; });
}

std::size_t Declarations::end_of_initialiser(std::size_t first) const {
  for (std::size_t i = first; i < tokens_.size(); ++i) {
    if (is_any_of(tokens_[i], {";", ")", "]", "}"})) return i;
    if (tokens_[i].is(",") && i + 2 < tokens_.size() && tokens_[i + 1].is_identifier() && tokens_[i + 2].is("="))
      return i;
    if (is_any_of(tokens_[i], {"(", "[", "{"})) i = closing_of(tokens_, i);
  }
  return tokens_.size();
}

void Declarations::add(std::size_t name) {
  for (std::size_t end = name; end < tokens_.size(); name = end + 1) {  // int a = 1, b = 2;
    end = end_of_initialiser(name + 1);
    all_.push_back({name, name, end, tokens_[name + 1].is(":")});
    if (end >= tokens_.size() || !tokens_[end].is(",")) return;
  }
}

std::optional<std::size_t> Declarations::find(std::uint32_t line, std::uint32_t column) const {
  if (column != 0) return around(token_at(tokens_, line, column));
  std::size_t token = token_at(tokens_, line, ~std::uint32_t{0});
  for (; token > 0 && tokens_[token].line == line; --token)
    if (const auto found = around(token)) return found;
  return std::nullopt;
}

std::optional<std::size_t> Declarations::around(std::size_t token) const {
  if (token == 0) return std::nullopt;
  auto after = std::upper_bound(all_.begin(), all_.end(), token, [](std::size_t place, const Declaration& declaration) {
    return place < declaration.name;
  });
  for (int tried = 0; after != all_.begin() && tried < 64; ++tried) {
    --after;
    if (token < after->end && tokens_[token].block == tokens_[after->name].block)
      return static_cast<std::size_t>(after - all_.begin());
  }
  return std::nullopt;
}

bool Declarations::calls(std::size_t number, std::string_view function) const {
  const Declaration& declaration = all_[number];
  for (std::size_t i = declaration.begin + 1; i + 1 < declaration.end; ++i)
    if (tokens_[i].is(function) && is_any_of(tokens_[i - 1], {".", "->"}) && is_any_of(tokens_[i + 1], {"(", "<"}))
      return true;
  return false;
}

// ---- parameters

namespace {

/// The name that the declaration in [begin, end) gives to a parameter.
std::string parameter_name(const Tokens& tokens, std::size_t begin, std::size_t end) {
  for (std::size_t i = begin; i < end; ++i) {
    if (tokens[i].is("=")) end = i;
    if (is_any_of(tokens[i], {"(", "{"})) i = closing_of(tokens, i);
  }
  while (end > begin && tokens[end - 1].is("]")) {  // of an array
    while (end > begin && !tokens[end - 1].is("[")) --end;
    if (end > begin) --end;
  }
  if (end < begin + 2) return {};
  const Token &last = tokens[end - 1], &before = tokens[end - 2];
  if (!last.is_identifier() || is_type_word(last) || before.is("::")) return {};
  const bool is_only_qualified = is_any_of(before, {"const", "volatile", "typename"}) && end == begin + 2;
  return is_only_qualified ? "" : std::string(last.text);
}

}  // namespace

std::vector<std::string> parameter_names(const Tokens& tokens, std::size_t parenthesis) {
  std::vector<std::string> names;
  const std::size_t end = closing_of(tokens, parenthesis);
  std::size_t begin = parenthesis + 1;
  int angles = 0;
  for (std::size_t i = begin; i <= end && i < tokens.size(); ++i) {
    if (i < end && is_any_of(tokens[i], {"(", "[", "{"})) {
      i = closing_of(tokens, i);
      continue;
    }
    if (tokens[i].is("<") && tokens[i - 1].is_identifier()) ++angles;
    if (tokens[i].is(">") && angles > 0) --angles;
    if (i != end && (angles > 0 || !tokens[i].is(","))) continue;
    if (i > begin) names.push_back(parameter_name(tokens, begin, i));
    begin = i + 1;
  }
  return names;
}

std::size_t parameters_of_lambda(const Tokens& tokens, std::size_t bracket) {
  std::size_t i = closing_of(tokens, bracket) + 1;
  if (i < tokens.size() && tokens[i].is("<")) {  // template parameters
    int angles = 0;
    for (; i < tokens.size(); ++i) {
      if (tokens[i].is("<")) ++angles;
      if (tokens[i].is(">") && --angles == 0) break;
    }
    ++i;
  }
  return i < tokens.size() && tokens[i].is("(") ? i : 0;
}

std::size_t parameters_of_function(const Tokens& tokens, std::string_view name) {
  for (std::size_t i = 1; i + 2 < tokens.size(); ++i) {
    if (!tokens[i].is_identifier() || tokens[i].text != name) continue;
    if (tokens[i + 1].is("=") && tokens[i + 2].is("[")) return parameters_of_lambda(tokens, i + 2);
    if (!tokens[i + 1].is("(") || is_any_of(tokens[i - 1], {".", "->", "return"})) continue;
    const std::size_t behind = closing_of(tokens, i + 1) + 1;
    if (behind < tokens.size() && is_any_of(tokens[behind], {"{", "->", "noexcept"})) return i + 1;
  }
  return 0;
}

}  // namespace cogent::cpp
