// A variable belongs to the parallel loop in which it is declared, a scratch array to that in which all its accesses
// lie.
#include "ir/parallel_loops.h"

#include "ir/walk.h"

namespace cogent::ir {
namespace {

bool is_parallel_body(const Program& program, Id region) {
  const Id owner = program.regions[region].owner;
  if (owner == none || program.statements[owner].what != Do::For) return false;
  return (program.statements[owner].flags & parallel) != 0;
}

}  // namespace

const char* describe(ParallelMisuse kind) {
  switch (kind) {
    case ParallelMisuse::Assigns:
      return "assigns a variable that is made outside of it";
    case ParallelMisuse::Leaves:
      return "is left early";
    case ParallelMisuse::Returns:
      return "returns from the function";
    case ParallelMisuse::Prints:
      return "prints";
    default:
      return "lets a function write to an array that other iterations may access";
  }
}

// ---- scopes

/// Visits all accesses to memory.
struct ParallelScopes::ArrayHomes {
  ParallelScopes& scopes;
  const Program& program;

  void enter(Id region) { scopes.enter(region); }
  void leave(Id region) { scopes.leave(region); }
  void statement(Id id) {
    const Statement& statement = program.statements[id];
    if (statement.what == Do::Store) touch(statement.a);
    if (statement.what == Do::Let && program.nodes[statement.a].op == Op::Load) touch(program.nodes[statement.a].a);
    if (statement.what != Do::Call) return;
    const Callee& callee = program.callees[statement.b];
    for (std::size_t i = 0; i < statement.d; ++i)
      if (callee.arguments[i].is_array) touch(program.arguments(statement)[i]);
  }
  // The home becomes the innermost body that is around both.
  void touch(Id array) {
    Id& home = scopes.arrays_[program.memory_of(array)];
    Id here = scopes.innermost();
    if (home == unseen) home = here;
    const auto depth = [&](Id body) { return body == none ? 0 : program.regions[body].depth; };
    while (home != here) {
      Id& deeper = depth(home) > depth(here) ? home : here;
      deeper = scopes.around(deeper);
    }
  }
};

ParallelScopes::ParallelScopes(const Program& program)
    : program_(program), variables_(program.variables.size(), unseen), arrays_(program.arrays.size(), unseen) {
  walk(program, ArrayHomes{*this, program});
}

// The parallel body around another one; none: there is none.
Id ParallelScopes::around(Id body) const {
  Id region = program_.regions[body].parent;
  while (region != none && !is_parallel_body(program_, region)) region = program_.regions[region].parent;
  return region;
}

void ParallelScopes::enter(Id region) {
  if (is_parallel_body(program_, region)) bodies_.push_back(region);
}

void ParallelScopes::leave(Id region) {
  if (innermost() == region) bodies_.pop_back();
}

void ParallelScopes::statement(const Statement& statement) {
  if (statement.what == Do::Set && variables_[statement.a] == unseen) variables_[statement.a] = innermost();
}

bool ParallelScopes::is_own(Id array, Id body) const {
  const Id memory = program_.memory_of(array);
  if (program_.arrays[memory].storage != Storage::Scratch || arrays_[memory] == unseen) return false;
  Id home = arrays_[memory];
  while (home != none && home != body) home = program_.regions[home].parent;
  return home != none;
}

// ---- misuse

namespace {

class MisuseSearch {
 public:
  explicit MisuseSearch(const Program& program) : program_(program), scopes_(program) {}

  void enter(Id region) { scopes_.enter(region); }
  void leave(Id region) { scopes_.leave(region); }
  void statement(Id id) {
    const Statement& statement = program_.statements[id];
    scopes_.statement(statement);
    if (!found_ && scopes_.innermost() != none) look_at(statement);
  }
  const std::optional<FoundMisuse>& found() const { return found_; }

 private:
  void look_at(const Statement& statement) {
    switch (statement.what) {
      case Do::Set:
        return expect(scopes_.home_of_variable(statement.a) == scopes_.innermost(), ParallelMisuse::Assigns, statement);
      case Do::Break:
        return expect(is_within(statement.a), ParallelMisuse::Leaves, statement);
      case Do::Continue:
        return expect(is_within(statement.a) || statement.a == scopes_.innermost(), ParallelMisuse::Leaves, statement);
      case Do::Go:
        return expect(is_within(statement.a != none ? statement.a : program_.operands[statement.c]),
                      ParallelMisuse::Leaves, statement);
      case Do::Return:
        return expect(false, ParallelMisuse::Returns, statement);
      case Do::Call:
        return look_at_call(statement);
      default:
        return;
    }
  }

  void look_at_call(const Statement& statement) {
    const Callee& callee = program_.callees[statement.b];
    expect(callee.kind != CalleeKind::Print, ParallelMisuse::Prints, statement);
    for (std::size_t i = 0; i < statement.d; ++i)
      if (callee.arguments[i].is_written())
        expect(scopes_.is_own(program_.arguments(statement)[i], scopes_.innermost()), ParallelMisuse::LetsWrite,
               statement);
  }

  // Of an open region: whether the parallel loop is around it.
  bool is_within(Id region) const {
    return program_.regions[region].depth > program_.regions[scopes_.innermost()].depth;
  }

  void expect(bool holds, ParallelMisuse kind, const Statement& statement) {
    if (!holds && !found_) found_ = FoundMisuse{kind, statement.line};
  }

  const Program& program_;
  ParallelScopes scopes_;
  std::optional<FoundMisuse> found_;
};

}  // namespace

std::optional<FoundMisuse> find_parallel_misuse(const Program& program) {
  MisuseSearch search(program);
  walk(program, search);
  return search.found();
}

}  // namespace cogent::ir
