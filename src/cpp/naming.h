// Unique identifiers: what a thing should be called, changed as little as C++'s scopes and reserved words demand.
#pragma once
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "cpp/structure.h"

namespace cogent::cpp {

/// The names that things should have, by number; empty where none is known. Found by cpp/names.h.
struct CalleeWish {
  std::string name;
  Id same_as = ir::none;  // the first callee that is the same function
  ir::Line called = 0;    // where it is called first
};
struct Wishes {
  std::vector<std::string> parameters, variables, nodes;
  std::vector<CalleeWish> callees;
  std::string own;                  // what the text calls the function that it defines
  std::vector<std::string> arrays;  // of tables and scratch arrays
};

/// `text` made an identifier: other characters become underscores; a word that C++, its headers or the helpers of
/// printed text reserve gets an underscore behind it. "" stays "".
std::string make_identifier(std::string_view text);

/// Hands out names. Two things share a name only if neither's scope contains the other's.
class Scopes {
 public:
  explicit Scopes(const Structure& structure) : structure_(structure) {}

  /// `wish`, or `wish`_1, `wish`_2, ...
  std::string unique(const std::string& wish, Id region);

 private:
  bool is_free(const std::string& name, Id region) const;

  const Structure& structure_;
  std::unordered_map<std::string, std::vector<Id>> taken_;
  std::unordered_map<std::string, int> last_suffix_;  // per wish and region
};

}  // namespace cogent::cpp
