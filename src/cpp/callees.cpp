// A C++ function is called what stands behind `call(` on the line of its call.
#include "cpp/callees.h"

#include <algorithm>

#include "cpp/fragment.h"
#include "cpp/layout.h"

namespace cogent::cpp {

using ir::Callee;
using ir::CalleeKind;

namespace {

/// The name of the function that `call(` at a token calls; "" for a lambda.
std::string called_name(const Tokens& tokens, std::size_t parenthesis) {
  std::string name;
  std::size_t i = parenthesis + 1;
  while (i < tokens.size() && (tokens[i].is("+") || tokens[i].is("&"))) ++i;
  for (; i < tokens.size() && (tokens[i].is_identifier() || tokens[i].is("::")); ++i) name += tokens[i].text;
  const bool is_whole = i < tokens.size() && (tokens[i].is(",") || tokens[i].is(")"));
  return is_whole ? name : "";
}

std::string name_on_line(const SourceFile& file, std::uint32_t line) {
  const Tokens& tokens = file.tokens;
  std::string found;
  for (std::size_t i = 1; i + 1 < tokens.size(); ++i) {
    if (tokens[i].line != line || !tokens[i].is("call") || !tokens[i + 1].is("(")) continue;
    if (!found.empty()) return {};  // which of them?
    found = called_name(tokens, i + 1);
  }
  return found;
}

bool has_same_signature(const Callee& a, const Callee& b) {
  return a.result == b.result &&
         std::ranges::equal(a.arguments, b.arguments, [](const ir::CalleeArgument& x, const ir::CalleeArgument& y) {
           return x.type == y.type && x.is_array == y.is_array && x.passes_size == y.passes_size &&
                  x.access == y.access;
         });
}

std::string parameter(const ir::CalleeArgument& argument) {
  std::string text = spelling(argument.type);
  if (!argument.is_array) return text;
  text = (argument.access == ir::Access::In ? "const " : "") + text + "*";
  return argument.passes_size ? text + "," + soft_space + "int64_t" : text;
}

std::string declaration(const Callee& callee, const std::string& name) {
  std::string text = callee.kind == CalleeKind::Generated ? "extern \"C\" " : "";
  text += std::string(spelling(callee.result)) + " " + name + "(";
  for (std::size_t i = 0; i < callee.arguments.size(); ++i)
    text += (i == 0 ? std::string() : std::string(",") + soft_space) + parameter(callee.arguments[i]);
  return text + ");";
}

std::string place_text(const ir::Program& program, ir::Line line) {
  if (line == 0) return {};
  const ir::Place& place = program.places[line - 1u];
  if (place.file == nullptr) return ", called in line " + std::to_string(place.line);
  const std::string_view path = place.file;
  return ", called at " + std::string(path.substr(path.rfind('/') + 1)) + ":" + std::to_string(place.line);
}

/// What stands behind a declared name.
std::string explanation(const ir::Program& program, const CalleeWish& wish, const Callee& callee,
                        const std::string& name) {
  std::string text = name + ": ";
  if (callee.kind == CalleeKind::Function)
    text += name == wish.name ? "a C++ function" : "the C++ function " + wish.name;
  else if (callee.name == program.name)
    text += "this function for other static arguments, or another generated function of its name";
  else
    text += "the generated function \"" + callee.name + "\"";
  return text + place_text(program, wish.called) + ".";
}

}  // namespace

void find_callee_names(const ir::Program& program, const std::string& own_name, SourceFiles& files, Wishes& wishes) {
  wishes.own = own_name;
  wishes.callees.resize(program.callees.size());
  for (const ir::Statement& statement : program.statements) {
    if (statement.what != ir::Do::Call) continue;
    const Callee& callee = program.callees[statement.b];
    if (wishes.callees[statement.b].called == 0) wishes.callees[statement.b].called = statement.line;
    std::string& name = wishes.callees[statement.b].name;
    name = callee.kind == CalleeKind::Recurse ? own_name : make_identifier(callee.name);
    if (callee.kind != CalleeKind::Function || statement.line == 0) continue;
    const ir::Place& place = program.places[statement.line - 1u];
    if (place.file == nullptr) continue;
    if (const std::string found = name_on_line(files.read(place.file), place.line); !found.empty())
      name = make_identifier(found);
  }
  for (ir::Id id = 0; id < program.callees.size(); ++id) {
    CalleeWish& wish = wishes.callees[id];
    const Callee& callee = program.callees[id];
    wish.same_as = id;
    for (ir::Id other = 0; other < id; ++other) {
      const Callee& earlier = program.callees[other];
      if (earlier.kind == callee.kind && wishes.callees[other].name == wish.name &&
          earlier.identity == callee.identity && has_same_signature(earlier, callee)) {
        wish.same_as = wishes.callees[other].same_as;
        break;
      }
    }
  }
}

std::string declare_callees(const ir::Program& program, const Wishes& wishes, const std::vector<std::string>& names) {
  Lines lines;
  for (ir::Id id = 0; id < program.callees.size(); ++id) {
    const Callee& callee = program.callees[id];
    const bool is_declared = callee.kind == CalleeKind::Function || callee.kind == CalleeKind::Generated;
    if (!is_declared || wishes.callees[id].same_as != id || names[id].empty()) continue;
    if (lines.text().empty())
      lines.comment("Defined elsewhere; generated functions as their own get_source prints them.");
    lines.comment(explanation(program, wishes.callees[id], callee, names[id]));
    lines.add(declaration(callee, names[id]));
  }
  return lines.text();
}

}  // namespace cogent::cpp
