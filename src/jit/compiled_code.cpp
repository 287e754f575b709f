// Publishes code and describes the places at which it can fail.
#include "jit/compiled_code.h"

#include <utility>

namespace cogent::jit {
namespace {

void describe_access(const ir::Program& program, const ir::Statement& statement, FaultSite& site) {
  const bool is_load = statement.what == ir::Do::Let, is_check = statement.what == ir::Do::Check;
  site.array = is_load ? program.nodes[statement.a].a : statement.a;
  const ir::Array& array = program.arrays[site.array];
  site.origin = origin_of(program, site.array);
  site.rank = array.rank;
  site.size = array.size;
  if (is_check) site.dimension = static_cast<int>(statement.d);
  const bool is_within = is_check && statement.d == array.rank;  // of an array within the elements
  if (array.size == ir::dynamic_size && !is_within)
    site.size_slot = static_cast<std::uint16_t>(program.parameters[array.parameter].slot + 1 + site.dimension);
  else if (is_check)
    site.size = program.value(statement.c);
}

FaultSite describe_site(const ir::Program& program, const x86::FaultSite& site) {
  const ir::Statement& statement = program.statements[site.statement];
  FaultSite result{.kind = site.kind, .origin = {}, .text = {}};
  if (statement.line != 0) {
    const ir::Place& place = program.places[statement.line - 1u];
    result.file = place.file;
    result.line = place.line;
  }
  if (site.kind == ir::FaultKind::Requirement) result.text = program.texts[statement.b];
  if (site.kind == ir::FaultKind::Index) describe_access(program, statement, result);
  return result;
}

}  // namespace

ArrayOrigin origin_of(const ir::Program& program, ir::Id id) {
  const ir::Array& array = program.arrays[program.memory_of(id)];
  if (array.storage == ir::Storage::Argument) return {.position = program.parameters[array.parameter].position};
  ArrayOrigin origin{.storage = array.storage};
  if (array.line != 0) origin.place = program.places[array.line - 1u];
  return origin;
}

std::vector<FaultSite> describe_sites(const ir::Program& program, std::span<const x86::FaultSite> sites) {
  std::vector<FaultSite> result;
  result.reserve(sites.size());
  for (const x86::FaultSite& site : sites) result.push_back(describe_site(program, site));
  return result;
}

CompiledCode::CompiledCode(std::span<const std::uint8_t> bytes, std::vector<FaultSite> sites)
    : block_(ExecutableMemory::process().publish(bytes)),
      entry_(reinterpret_cast<x86::Entry>(const_cast<void*>(block_.entry))),
      sites_(std::move(sites)) {}

CompiledCode::~CompiledCode() { ExecutableMemory::process().release(block_); }

}  // namespace cogent::jit
