// A piece of C++ expression text together with what C++ thinks of it: how tightly it binds and which type it has.
#pragma once
#include <string>
#include <string_view>

#include "analysis/ranges.h"
#include "ir/program.h"

namespace cogent::cpp {

/// The precedence levels of C++'s operators, the loosest first.
enum class Level : std::uint8_t {
  Conditional,
  LogicalOr,
  LogicalAnd,
  BitOr,
  BitXor,
  BitAnd,
  Equality,
  Relational,
  Shift,
  Additive,
  Multiplicative,
  Unary,
  Primary,
};

/// The value of the expression is always exactly the value of the node it was printed for; its C++ type may be another
/// than the node's: narrower where C++ converts by itself, int where C++ promotes.
struct Fragment {
  std::string text;
  Level level = Level::Primary;
  ir::Type type = ir::Type::I32;
  analysis::Range range = {0, 0};
  std::uint32_t operators = 0;  // how many it contains
  std::uint32_t nesting = 0;    // parentheses within parentheses
  bool is_literal = false;
  // Of a binary operation, or a cast of one: its sign and where in the text its operands stand.
  std::string_view sign = {};
  std::size_t left_begin = 0, left_end = 0, right_begin = 0, right_end = 0;
  bool is_cast = false;
  ir::Type cast_from = ir::Type::Void;  // of a cast: the C++ type before
  std::int64_t mask = 0;                // of x & mask and x | mask, with a literal mask
};

/// How a type is spelled in printed text: I32 is "int".
const char* spelling(ir::Type type);

/// The type that C++ promotes a type to before it computes, and the type that two operands are brought to.
ir::Type promoted(ir::Type type);
ir::Type common_type(ir::Type a, ir::Type b);

bool fits(const Fragment& value, ir::Type type);

/// Infinities and NaNs are spelled by their bits and need <bit>.
Fragment literal(std::int64_t canonical, ir::Type type);
bool is_spelled_by_bits(std::int64_t canonical, ir::Type type);
Fragment named(std::string name, ir::Type type, const analysis::Range& range);
/// static_cast<type>(value); `range` is that of the result.
Fragment cast(Fragment value, ir::Type type);
Fragment cast(Fragment value, ir::Type type, const analysis::Range& range);
/// a `sign` b, with parentheses where precedence needs them or where compilers ask for them.
Fragment infix(Fragment a, std::string_view sign, Fragment b, Level level, ir::Type type, const analysis::Range& range);
/// `target` = value, said shorter where it is a binary operation on the target itself: target += ..., ++target.
std::string assignment(const std::string& target, ir::Type type, const Fragment& value);
Fragment prefix(char sign, Fragment a, ir::Type type, const analysis::Range& range);
/// name(a, b, ...) with `count` arguments.
Fragment call(std::string name, Fragment* arguments, int count, ir::Type type, const analysis::Range& range);
Fragment subscript(const std::string& array, Fragment index, ir::Type type);
Fragment conditional(Fragment condition, Fragment a, Fragment b, ir::Type type, const analysis::Range& range);

}  // namespace cogent::cpp
