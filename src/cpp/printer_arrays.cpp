// Arrays: their elements, the checks of indexes, and the declarations of tables and scratch arrays.
#include <utility>

#include "cpp/printer.h"

namespace cogent::cpp {

using ir::Array;
using ir::Node;
using ir::none;
using ir::Op;
using ir::Storage;
using ir::Type;

namespace {

constexpr std::int64_t largest_in_frame = 16384;

// A bool in a vector could not be referred to.
bool is_vector(const Array& scratch) {
  return scratch.size * scratch.step() > largest_in_frame && scratch.type != Type::Bool;
}

}  // namespace

// ---- proofs

bool Printer::is_proven(Id array, Id index, const ir::Statement& statement) const {
  if (!ir::needs_check(statement)) return true;
  const analysis::Range& range = setting_.ranges[index];
  const std::int64_t size = program_.arrays[array].size;
  if (size != ir::dynamic_size) return range.low >= 0 && range.high < size;
  const Node& node = program_.nodes[index];  // the loop over all of an array
  if (node.op != Op::Index || range.low < 0) return false;
  const ir::Statement& loop = program_.statements[setting_.structure.maker(index)];
  const Node& last = program_.nodes[loop.c];
  return last.op == Op::Size && last.a == array && last.b == 0 && setting_.ranges[loop.d].low > 0;
}

bool Printer::is_proven(const ir::Statement& check) const {
  if (!ir::needs_check(check)) return true;
  const analysis::Range &range = setting_.ranges[check.b], &extent = setting_.ranges[check.c];
  if (range.low >= 0 && range.high < extent.low) return true;
  const Node& node = program_.nodes[check.b];  // the loop over all of a dimension
  if (node.op != Op::Index || range.low < 0) return false;
  const ir::Statement& loop = program_.statements[setting_.structure.maker(check.b)];
  return loop.c == check.c && setting_.ranges[loop.d].low > 0;
}

void Printer::check(Id id) {
  const ir::Statement& statement = program_.statements[id];
  if (is_proven(statement)) {
    if (!plan_.declared_before(id).empty()) announce(id);
    return;
  }
  announce(id);
  const std::string index = expression(statement.b).text, extent = expression(statement.c).text;
  lines_.add(prelude_.use(Helper::Within) + "(" + index + "," + soft_space + extent + "," + soft_space +
             std::to_string(setting_.where(id)) + ");");
  barrier();
}

// What is declared before a nested statement is computed before the checks within it.
Outcome Printer::outcome(Id node) const {
  const bool is_nested = plan_.is_named(node) && here_ != none && ir::has_regions(program_.statements[here_].what);
  const bool is_checked = setting_.places.has_part(node) && !is_nested;
  return {setting_.ranges[node], setting_.ranges.may_wrap(node) && !is_checked};
}

// ---- elements

Fragment Printer::memory_of(Id array) {
  const Array& what = program_.arrays[array];
  if (what.storage == Storage::Argument) {
    plan_.note_parameter_used(what.parameter);
    return named(plan_.array(array), what.type, {});
  }
  return named(plan_.array(array) + ".data()", what.type, {});
}

Fragment Printer::element(Id array, Fragment index, bool is_proven, Id statement) {
  const Array& what = program_.arrays[array];
  const Fragment memory = memory_of(array);
  if (what.memory != none) return part(array, std::move(index));
  if (is_proven) return subscript(plan_.array(array), std::move(index), what.type);
  if (what.size == ir::dynamic_size) plan_.note_size_used(array, 0);
  Fragment arguments[4] = {
      memory,
      what.size == ir::dynamic_size ? named(plan_.size_of(array, 0), Type::I64, {}) : literal(what.size, Type::I64),
      std::move(index), literal(setting_.where(statement), Type::I32)};
  return call(prelude_.use(Helper::At), arguments, 4, what.type, analysis::range_of(what.type));
}

// The distance in bytes of a field from the beginning of the structs. A constant one is worked out, which also keeps
// an index far outside, whose check has faulted before, from overflowing.
Fragment Printer::bytes_to(const Array& field, Fragment index) {
  const analysis::Range any = analysis::range_of(Type::I64);
  if (index.is_literal) {
    const auto elements = static_cast<std::uint64_t>(index.range.low), step = static_cast<std::uint64_t>(field.step());
    return literal(static_cast<std::int64_t>(elements * step + field.offset), Type::I64);
  }
  Fragment bytes =
      infix(std::move(index), "*", literal(field.step(), Type::I64), Level::Multiplicative, Type::I64, any);
  if (field.offset == 0) return bytes;
  return infix(std::move(bytes), "+", literal(field.offset, Type::I64), Level::Additive, Type::I64, any);
}

Fragment Printer::part(Id field, Fragment index) {
  const Array& what = program_.arrays[field];
  Fragment arguments[2] = {memory_of(field), bytes_to(what, std::move(index))};
  return call(prelude_.use(Helper::Part) + "<" + spelling(what.type) + ">", arguments, 2, what.type,
              analysis::range_of(what.type));
}

// ---- declarations

void Printer::declare_local_arrays() {
  for (Id id = 0; id < program_.arrays.size(); ++id) {
    const Array& array = program_.arrays[id];
    if (array.memory != none) continue;
    if (array.storage == Storage::Table) declare_table(id);
    if (array.storage == Storage::Scratch) declare_scratch(id);
  }
}

void Printer::declare_table(Id id) {
  const Array& table = program_.arrays[id];
  const auto bytes = static_cast<std::size_t>(ir::size_of(table.type));
  prelude_.use_header("array");
  std::string text = "[[maybe_unused]] static constexpr std::array<" + std::string(spelling(table.type)) + ", " +
                     std::to_string(table.size) + "> " + plan_.array(id) + " = {";
  for (std::size_t i = 0; i < static_cast<std::size_t>(table.size); ++i) {
    std::int64_t element = 0;
    std::memcpy(&element, program_.table_bytes.data() + table.first_byte + i * bytes, bytes);
    if (i > 0) text += std::string(",") + soft_space;
    const std::int64_t value = ir::canonical(element, table.type);
    if (is_spelled_by_bits(value, table.type)) prelude_.use_header("bit");
    text += literal(value, table.type).text;
  }
  lines_.add(text + "};");
}

void Printer::declare_scratch(Id id) {
  const Array& scratch = program_.arrays[id];
  const std::string type = spelling(scratch.type), name = plan_.array(id);
  const std::string size = std::to_string(scratch.size * scratch.step() / ir::size_of(scratch.type));
  const std::string alignment = scratch.element_bytes != 0 ? "alignas(16) " : "";
  if (is_vector(scratch)) {
    prelude_.use_header("vector");
    lines_.add("[[maybe_unused]] std::vector<" + type + "> " + name + "(" + size + ");");
  } else {
    prelude_.use_header("array");
    lines_.add("[[maybe_unused]] " + alignment + "std::array<" + type + ", " + size + "> " + name + ";");
  }
}

}  // namespace cogent::cpp
