// Publishes code and describes the places at which it can fail.
#include "jit/compiled_code.h"

#include <utility>

namespace cogent::jit {
namespace {

ir::Id accessed_array(const ir::Program& program, const ir::Statement& statement) {
  return statement.what == ir::Do::Store ? statement.a : program.nodes[statement.a].a;
}

FaultSite describe_site(const ir::Program& program, const x86::FaultSite& site) {
  const ir::Statement& statement = program.statements[site.statement];
  FaultSite result{.kind = site.kind, .text = {}};
  if (statement.line != 0) {
    const ir::Place& place = program.places[statement.line - 1u];
    result.file = place.file;
    result.line = place.line;
  }
  if (site.kind == x86::FaultKind::Requirement) result.text = program.texts[statement.b];
  if (site.kind == x86::FaultKind::Index) {
    result.array = accessed_array(program, statement);
    const ir::Array& array = program.arrays[result.array];
    const ir::Parameter& parameter = program.parameters[array.parameter];
    result.position = parameter.position;
    result.size = array.size;
    if (array.size == ir::dynamic_size) result.size_slot = static_cast<std::uint16_t>(parameter.slot + 1);
  }
  return result;
}

}  // namespace

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
