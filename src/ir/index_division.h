// Divisions of loop indexes by constants, in whichever way they are written: i / W and i % W, i >> k and i & m.
#pragma once
#include "ir/program.h"

namespace cogent::ir {

struct IndexDivision {
  Id index = none;  // none: the node is no such division
  Op op = Op::Divide;
  std::int64_t divisor = 0;
};

/// The division that the node is, as long as the index (possibly converted) is not negative.
inline IndexDivision division_of_index(const Program& program, const Node& node) {
  const bool divides = is_division(node.op), shifts = node.op == Op::ShiftRight, masks = node.op == Op::And;
  if ((!divides && !shifts && !masks) || !is_integer(node.type) || !program.is_constant(node.b)) return {};
  IndexDivision division{node.a, divides ? node.op : shifts ? Op::Divide : Op::Remainder, program.value(node.b)};
  if (shifts) {
    const std::int64_t count = division.divisor & (width_of(node.type) - 1);
    if (count >= width_of(node.type) - 1 || count > 61) return {};
    division.divisor = std::int64_t{1} << count;
  }
  if (masks) {
    if (division.divisor <= 0 || division.divisor == highest_of(Type::I64)) return {};
    if ((division.divisor & (division.divisor + 1)) != 0) return {};
    ++division.divisor;
    if (canonical(division.divisor, node.type) != division.divisor) return {};
  }
  while (program.nodes[division.index].op == Op::Convert) division.index = program.nodes[division.index].a;
  return program.nodes[division.index].op == Op::Index ? division : IndexDivision{};
}

}  // namespace cogent::ir
