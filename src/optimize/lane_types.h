// Types of lanes by size and sign, and the statements that lanes execute.
#pragma once
#include "ir/program.h"

namespace cogent::optimize {

constexpr ir::Type type_of_size(int bytes, bool is_signed) {
  using enum ir::Type;
  switch (bytes) {
    case 1:
      return is_signed ? I8 : U8;
    case 2:
      return is_signed ? I16 : U16;
    case 4:
      return is_signed ? I32 : U32;
    default:
      return is_signed ? I64 : U64;
  }
}

/// How deeply conditions may be nested.
inline constexpr int most_conditions = 4;

/// Calls visit(id, statement, conditions) for each statement of a region in order, and for those in the branches of an
/// If behind it; `conditions` says within how many Ifs it is.
template <class Visit>
void for_each_in_lanes(const ir::Program& program, ir::Id region, Visit&& visit, int conditions = 0) {
  ir::for_each_statement(program, region, [&](ir::Id id, const ir::Statement& statement) {
    visit(id, statement, conditions);
    if (statement.what != ir::Do::If || conditions == most_conditions) return;
    for_each_in_lanes(program, statement.body, visit, conditions + 1);
    if (statement.other != ir::none) for_each_in_lanes(program, statement.other, visit, conditions + 1);
  });
}

constexpr std::uint8_t size_in_lanes(ir::Type type) { return static_cast<std::uint8_t>(ir::size_of(type)); }

}  // namespace cogent::optimize
