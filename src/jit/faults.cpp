// The words of run-time errors, the same whichever way the function was run.
#include "jit/faults.h"

#include "cpp/names.h"

namespace cogent::jit {
namespace {

struct Description {
  ir::FaultKind kind;
  SourcePosition position;
  std::string array;
  int dimension = 0, rank = 1;
  std::int64_t index = 0, size = 0;
  std::string text;
};

std::string index_message(const Description& fault) {
  const std::string index = "index " + std::to_string(fault.index) + " is outside of ";
  if (fault.dimension == fault.rank)
    return index + "an array within the elements of " + fault.array + ", which has " + std::to_string(fault.size) +
           " elements";
  if (fault.rank == 1) return index + fault.array + ", which has " + std::to_string(fault.size) + " elements";
  return index + "dimension " + std::to_string(fault.dimension) + " of " + fault.array + ", whose extent is " +
         std::to_string(fault.size);
}

std::string message(const FunctionIdentity& identity, const Description& fault) {
  switch (fault.kind) {
    case ir::FaultKind::Index:
      return index_message(fault) + " (in " + identity.name + ")";
    case ir::FaultKind::DivisionByZero:
      return "division by zero (in " + identity.name + ")";
    case ir::FaultKind::ZeroStep:
      return "the step of a loop is 0, so it would never end (in " + identity.name + ")";
    case ir::FaultKind::Depth:
      return fault.text;
    default:
      return fault.text + " (required in " + identity.name + ")";
  }
}

[[noreturn]] void raise(const FunctionIdentity& identity, const Description& fault) {
  throw RunTimeError(message(identity, fault), fault.position, fault.array, fault.index, fault.size, fault.dimension);
}

}  // namespace

std::string parameter_name(const FunctionIdentity& identity, std::uint16_t position) {
  ir::Program signature;  // names are found for programs: one with this parameter alone
  signature.clear();
  signature.name = identity.name;
  signature.parameters.push_back({.is_array = false, .type = ir::Type::I32, .position = position, .slot = 1});
  cpp::SourceFiles files;
  const cpp::Wishes wishes =
      cpp::find_names(signature, {identity.at.file_name(), identity.at.line(), identity.at.column()}, files);
  return wishes.parameters[0].empty() ? "argument " + std::to_string(position + 1) : wishes.parameters[0];
}

std::string array_name(const FunctionIdentity& identity, const ArrayOrigin& origin) {
  if (origin.storage == ir::Storage::Argument) return parameter_name(identity, origin.position);
  cpp::SourceFiles files;
  const std::string name = cpp::find_declared_name(origin.place, files);
  return !name.empty() ? name : origin.storage == ir::Storage::Table ? "a code.table" : "a code.scratch";
}

std::string array_name(const FunctionIdentity& identity, const ir::Program& program, ir::Id array) {
  return array_name(identity, origin_of(program, array));
}

void raise_fault(const FunctionIdentity& identity, const FaultSite& site, const x86::ErrorRecord& record,
                 const std::uint64_t* slots, stage::DepthLimit depth) {
  Description fault{.kind = site.kind, .position = {}, .array = {}, .text = site.text};
  if (site.file != nullptr) fault.position = {site.file, site.line};
  if (site.kind == ir::FaultKind::Depth) fault.text = stage::describe_depth(depth);
  if (site.kind == ir::FaultKind::Index) {
    fault.array = array_name(identity, site.origin);
    fault.dimension = site.dimension;
    fault.rank = site.rank;
    fault.index = record.index;
    fault.size = record.has_size != 0  ? record.size
                 : site.size_slot != 0 ? static_cast<std::int64_t>(slots[site.size_slot])
                                       : site.size;
  }
  raise(identity, fault);
}

void raise_fault(const FunctionIdentity& identity, const stage::PlainFault& fault, const ArrayOrigin& array) {
  Description described{.kind = fault.kind,
                        .position = {fault.at.file_name(), fault.at.line()},
                        .array = {},
                        .dimension = fault.dimension,
                        .rank = fault.rank,
                        .index = fault.index,
                        .size = fault.size,
                        .text = fault.message};
  if (fault.kind == ir::FaultKind::Index) described.array = array_name(identity, array);
  raise(identity, described);
}

void raise_fault(const FunctionIdentity& identity, const ir::Program& program, const interpret::Fault& fault) {
  Description described{.kind = fault.kind,
                        .position = stage::position_of(program, fault.line),
                        .array = {},
                        .dimension = fault.dimension,
                        .index = fault.index,
                        .size = fault.size,
                        .text = fault.text};
  if (fault.kind == ir::FaultKind::Index) {
    described.array = array_name(identity, program, fault.array);
    described.rank = program.arrays[fault.array].rank;
  }
  raise(identity, described);
}

void raise_provable(const FunctionIdentity& identity, const ir::Program& program,
                    const optimize::ProvableFault& fault) {
  std::string text;
  if (fault.kind == ir::FaultKind::DivisionByZero) text = "every call divides by zero here";
  if (fault.kind == ir::FaultKind::ZeroStep) text = "the step of this loop is 0 in every call, so it would never end";
  if (fault.kind == ir::FaultKind::Index) {
    const std::string array = array_name(identity, program, fault.array);
    const std::int64_t reached = fault.highest >= fault.size ? fault.highest : fault.lowest;
    const int rank = program.arrays[fault.array].rank;
    const bool has_dimensions = rank > 1 && fault.dimension < rank;
    text = (fault.dimension == rank ? "an array within the elements of " : "") + array + " has " +
           std::to_string(fault.size) + " elements" +
           (has_dimensions ? " in dimension " + std::to_string(fault.dimension) : "") + ", the index reaches " +
           std::to_string(reached);
  }
  throw GenerationError(text + " (in " + identity.name + ")", stage::position_of(program, fault.line));
}

}  // namespace cogent::jit
