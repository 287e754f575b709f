// Declarations in C++ text: `auto base = ...`, `for (auto i : ...)`, and the parameter lists of functions and lambdas.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "cpp/tokens.h"

namespace cogent::cpp {

struct Declaration {
  std::size_t name;        // the token
  std::size_t begin, end;  // the tokens of the name and its initialiser, `end` not included
  bool is_loop;            // for (auto name : initialiser)
};

class Declarations {
 public:
  explicit Declarations(const Tokens& tokens);

  /// The innermost declaration whose initialiser contains the place (but not within the body of a lambda in it).
  /// Column 0: any column of that line.
  std::optional<std::size_t> find(std::uint32_t line, std::uint32_t column) const;

  const Declaration& operator[](std::size_t number) const { return all_[number]; }
  std::size_t size() const { return all_.size(); }
  std::string name(std::size_t number) const { return std::string(tokens_[all_[number].name].text); }
  /// Whether the initialiser calls a member function of this name.
  bool calls(std::size_t number, std::string_view function) const;

 private:
  void add(std::size_t name);
  std::optional<std::size_t> around(std::size_t token) const;
  std::size_t end_of_initialiser(std::size_t first) const;

  const Tokens& tokens_;
  std::vector<Declaration> all_;  // by name token
};

/// The names in the parameter list that opens at `parenthesis`; "" for a parameter without one.
std::vector<std::string> parameter_names(const Tokens& tokens, std::size_t parenthesis);

/// The parenthesis that opens the parameter list of the lambda whose [ stands at `bracket`; 0 if it has none.
std::size_t parameters_of_lambda(const Tokens& tokens, std::size_t bracket);

/// The same of the function, or of the variable holding a lambda, with this name; 0 if the text defines none.
std::size_t parameters_of_function(const Tokens& tokens, std::string_view name);

}  // namespace cogent::cpp
