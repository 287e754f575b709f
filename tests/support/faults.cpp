// The statement names the array, the signature and the slots its size.
#include "support/faults.h"

namespace cogent::testing {

using ir::Do;
using ir::FaultKind;

namespace {

bool is_load(const ir::Program& program, const ir::Statement& statement) {
  return statement.what == Do::Let && program.nodes[statement.a].op == ir::Op::Load;
}

std::int64_t extent_of(const ir::Program& program, const ir::Array& array, int dimension,
                       const std::uint64_t* arguments) {
  if (array.size == ir::dynamic_size)
    return static_cast<std::int64_t>(arguments[program.parameters[array.parameter].slot + 1 + dimension]);
  return array.is_shaped ? array.extents[dimension] : array.size;
}

}  // namespace

interpret::Fault fault_at(const ir::Program& program, ir::Id id, FaultKind kind, std::int64_t index,
                          const std::uint64_t* arguments) {
  const ir::Statement& statement = program.statements.at(id);
  interpret::Fault fault{.kind = kind, .line = statement.line, .text = {}};
  if (kind == FaultKind::Requirement) fault.text = program.texts[statement.b];
  if (kind != FaultKind::Index) return fault;
  fault.array = is_load(program, statement) ? program.nodes[statement.a].a : statement.a;
  fault.dimension = statement.what == Do::Check ? static_cast<int>(statement.d) : 0;
  fault.index = index;
  const ir::Array& array = program.arrays[fault.array];
  const bool is_within = fault.dimension == array.rank;  // of an array within the elements
  fault.size = is_within ? program.value(statement.c) : extent_of(program, array, fault.dimension, arguments);
  return fault;
}

FaultKind kind_of_fault(const ir::Program& program, const ir::Statement& statement) {
  if (statement.what == Do::Store || statement.what == Do::Check || is_load(program, statement))
    return FaultKind::Index;
  if (statement.what == Do::For) return FaultKind::ZeroStep;
  return statement.what == Do::Require ? FaultKind::Requirement : FaultKind::DivisionByZero;
}

}  // namespace cogent::testing
