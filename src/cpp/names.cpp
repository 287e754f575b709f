// Matches the places of a program's nodes and variables to the declarations around them.
#include "cpp/names.h"

#include <cstdlib>
#include <optional>
#include <set>

#include "ir/walk.h"

namespace cogent::cpp {

using ir::Id;
using ir::Node;
using ir::Op;

namespace {

// ---- the signature

/// The parenthesis that opens the parameter list of what stands behind `"name",`: a lambda or the name of a function.
std::size_t parameters_behind(const Tokens& tokens, std::size_t comma) {
  std::size_t i = comma + 1;
  while (i < tokens.size() && (tokens[i].is("+") || tokens[i].is("&"))) ++i;
  if (i < tokens.size() && tokens[i].is("[")) return parameters_of_lambda(tokens, i);
  std::string_view function;
  for (; i < tokens.size() && (tokens[i].is_identifier() || tokens[i].is("::")); ++i)
    if (tokens[i].is_identifier()) function = tokens[i].text;
  return function.empty() ? 0 : parameters_of_function(tokens, function);
}

/// Looks for `"name", body` near the line. Compilers disagree on whether the line is the first or the last one of the
/// construction.
std::size_t find_parameters(const Tokens& tokens, const std::string& name, std::uint32_t line) {
  std::size_t best = 0;
  long best_distance = 0;
  for (std::size_t i = 1; i + 1 < tokens.size(); ++i) {
    if (tokens[i].kind != Token::Kind::String || tokens[i].text != name || !tokens[i + 1].is(",")) continue;
    const std::size_t found = parameters_behind(tokens, i + 1);
    const long distance = std::labs(static_cast<long>(tokens[i].line) - static_cast<long>(line));
    if (found == 0 || (best != 0 && distance >= best_distance)) continue;
    best = found;
    best_distance = distance;
  }
  return best;
}

void name_parameters(const ir::Program& program, const Origin& origin, SourceFiles& files, Wishes& wishes) {
  wishes.parameters.assign(program.parameters.size(), {});
  if (origin.file.empty()) return;
  const Tokens& tokens = files.read(origin.file).tokens;
  const std::size_t parenthesis = find_parameters(tokens, program.name, origin.line);
  if (parenthesis == 0) return;
  const std::vector<std::string> names = parameter_names(tokens, parenthesis);
  for (std::size_t i = 0; i < program.parameters.size(); ++i) {
    const std::size_t position = program.parameters[i].position + std::size_t{1};  // behind the code block
    wishes.parameters[i] = position < names.size() ? names[position] : "result";   // a struct has memory of its own
  }
}

void name_local_arrays(const ir::Program& program, SourceFiles& files, Wishes& wishes) {
  wishes.arrays.assign(program.arrays.size(), {});
  for (Id id = 0; id < program.arrays.size(); ++id) {
    const ir::Array& array = program.arrays[id];
    if (array.storage == ir::Storage::Argument || array.memory != ir::none || array.line == 0) continue;
    wishes.arrays[id] = find_declared_name(program.places[array.line - 1u], files);
  }
}

// ---- the body

/// The declarations in whose initialisers the program's places lie.
class Places {
 public:
  struct Found {
    const SourceFile* file;
    std::size_t declaration;
    auto operator<=>(const Found&) const = default;
  };

  Places(const ir::Program& program, SourceFiles& files) {
    for (const ir::Place& place : program.places) {
      found_.emplace_back();
      if (place.file == nullptr) continue;
      const SourceFile& file = files.read(place.file);
      if (const auto declaration = file.declarations.find(place.line, place.column))
        found_.back() = Found{&file, *declaration};
    }
  }

  std::optional<Found> at(ir::Line line) const { return line == 0 ? std::nullopt : found_[line - 1u]; }

 private:
  std::vector<std::optional<Found>> found_;
};

std::string name_of(const Places::Found& found) {
  const std::string name = found.file->declarations.name(found.declaration);
  return name == "_" ? "" : name;
}

/// auto _ = code.when(c) does not name the condition.
bool declares_value(const Places::Found& found) {
  const Declarations& declarations = found.file->declarations;
  if (declarations[found.declaration].is_loop) return false;
  for (const std::string_view function :
       {"variable", "table", "scratch", "when", "otherwise_when", "otherwise", "range", "loop", "loop_while", "unroll",
        "cases", "states", "go", "breaks", "continues"})
    if (declarations.calls(found.declaration, function)) return false;
  return true;
}

class BodyNames {
 public:
  BodyNames(const ir::Program& program, SourceFiles& files, Wishes& wishes)
      : program_(program), places_(program, files), wishes_(wishes) {}

  void run() {
    wishes_.variables.assign(program_.variables.size(), {});
    wishes_.nodes.assign(program_.nodes.size(), {});
    name_variables();
    find_inner();
    for (Id id = 0; id < program_.nodes.size(); ++id) name_node(id);
  }

 private:
  void name_variables() {
    for (std::size_t i = 0; i < program_.variables.size(); ++i) {
      const auto found = places_.at(program_.variables[i].line);
      if (!found || found->file->declarations[found->declaration].is_loop) continue;
      claimed_.insert(*found);
      wishes_.variables[i] = name_of(*found);
    }
  }

  /// An operand that was computed within the same declaration is not what the declaration names.
  void find_inner() {
    inner_.assign(program_.nodes.size(), false);
    for (const Node& node : program_.nodes) {
      const auto found = places_.at(node.line);
      if (!found) continue;
      for (int i = 0; i < ir::operand_count(node); ++i) {
        const Id operand = ir::operand(node, i);
        if (places_.at(program_.nodes[operand].line) == found) inner_[operand] = true;
      }
    }
    for (const ir::Statement& statement : program_.statements)
      if (statement.what == ir::Do::Call && statement.a != ir::none) find_inner_arguments(statement);
  }

  void find_inner_arguments(const ir::Statement& call) {
    const auto found = places_.at(call.line);
    ir::for_each_used_node(program_, call, [&](Id argument) {
      if (found && places_.at(program_.nodes[argument].line) == found) inner_[argument] = true;
    });
  }

  void name_node(Id id) {
    const Node& node = program_.nodes[id];
    const auto found = places_.at(node.line);
    if (!found) return;
    const bool is_loop = found->file->declarations[found->declaration].is_loop;
    if (node.op == Op::Index) {
      if (is_loop) wishes_.nodes[id] = name_of(*found);
      return;
    }
    const bool is_value =
        node.op != Op::Constant && node.op != Op::Parameter && node.op != Op::Size && node.op != Op::Get;
    if (is_value && !inner_[id] && claimed_.count(*found) == 0 && declares_value(*found))
      wishes_.nodes[id] = name_of(*found);
  }

  const ir::Program& program_;
  Places places_;
  Wishes& wishes_;
  std::set<Places::Found> claimed_;  // by a variable
  std::vector<bool> inner_;
};

}  // namespace

Wishes find_names(const ir::Program& program, const Origin& origin, SourceFiles& files) {
  Wishes wishes;
  name_parameters(program, origin, files, wishes);
  BodyNames(program, files, wishes).run();
  name_local_arrays(program, files, wishes);
  return wishes;
}

std::string find_declared_name(const ir::Place& place, SourceFiles& files) {
  if (place.file == nullptr) return {};
  const Declarations& declarations = files.read(place.file).declarations;
  const auto declaration = declarations.find(place.line, place.column);
  return declaration ? declarations.name(*declaration) : "";
}

}  // namespace cogent::cpp
