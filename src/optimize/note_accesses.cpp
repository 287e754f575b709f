// Sentences about accesses.
#include "optimize/note_accesses.h"

#include <algorithm>

namespace cogent::optimize {

using ir::Do;
using ir::none;
using ir::Op;
using ir::Statement;

namespace {

using Obstacle = HoistableChecks::Obstacle;

const char* reason(Obstacle obstacle) {
  switch (obstacle) {
    case Obstacle::NoLoop:
      return "because it is in no loop of code.range";
    case Obstacle::Value:
      return "because its index depends on what is computed or read in the loop";
    case Obstacle::TooFar:
      return "because some iterations of the loop would lie outside of the array";
    default:
      return "because its index is too complicated to be bounded before the loop";
  }
}

std::string fate(const Statement& access, const HoistableChecks::Access* check, bool is_hoisted,
                 const ir::Program& program) {
  if ((access.flags & ir::proven_in_bounds) != 0) return "proven in bounds";
  if ((access.flags & ir::unchecked) != 0) return "not checked, as code.unchecked demands";
  if (check == nullptr) return "checked each time";
  if (check->loop == none || !is_hoisted) return std::string("checked each time, ") + reason(check->obstacle);
  const ir::Line line = program.statements[check->loop].line;
  const std::string at = line == 0 ? "" : " of line " + std::to_string(program.places[line - 1u].line);
  return "checked once, before the loop" + at;
}

enum class Kind : std::uint8_t { Read, Write, Index };

/// Accesses of one line to one array, or checks of its indexes, that share their fate.
struct Group {
  ir::Line line;
  Id array;
  Kind kind;
  std::string fate;
  int count = 0;

  bool is_like(const Group& other) const {
    return line == other.line && array == other.array && kind == other.kind && fate == other.fate;
  }
};

std::string sentence(const Group& group) {
  constexpr const char* names[] = {"read", "write", "index"};
  constexpr const char* plurals[] = {"reads", "writes", "indexes"};
  constexpr const char* words[] = {" of {} ", " to {} ", " into {} "};
  const auto kind = static_cast<std::size_t>(group.kind);
  if (group.count == 1) return std::string("the ") + names[kind] + words[kind] + "is " + group.fate;
  return std::to_string(group.count) + " " + plurals[kind] + words[kind] + "are " + group.fate;
}

// None: no access that is checked by itself.
Id accessed_array(const ir::Program& program, const Statement& statement, Kind& kind) {
  Id array = statement.a;
  if (statement.what == Do::Let && program.nodes[statement.a].op == Op::Load) {
    kind = Kind::Read;
    array = program.nodes[statement.a].a;
  } else if (statement.what == Do::Store) {
    kind = Kind::Write;
  } else if (statement.what == Do::Check) {
    kind = Kind::Index;
    return array;
  } else {
    return ir::none;
  }
  return program.arrays[array].is_shaped ? ir::none : array;
}

}  // namespace

void note_accesses(const ir::Program& program, const HoistableChecks& checks, bool is_hoisted,
                   std::vector<Note>& notes) {
  std::vector<Group> groups;
  std::vector<const HoistableChecks::Access*> considered(program.statements.size());
  for (const HoistableChecks::Access& access : checks.accesses()) considered[access.statement] = &access;
  for (Id region = 0; region < program.regions.size(); ++region) {
    if (region != 0 && program.regions[region].owner == none) continue;
    ir::for_each_statement(program, region, [&](Id id, const Statement& statement) {
      Kind kind = Kind::Read;
      const Id array = accessed_array(program, statement, kind);
      if (array == ir::none) return;
      const Group group{statement.line, array, kind, fate(statement, considered[id], is_hoisted, program)};
      auto same = std::find_if(groups.begin(), groups.end(), [&](const Group& other) { return other.is_like(group); });
      if (same == groups.end()) same = groups.insert(groups.end(), group);
      ++same->count;
    });
  }
  for (const Group& group : groups) notes.push_back({group.line, sentence(group), group.array});
}

}  // namespace cogent::optimize
