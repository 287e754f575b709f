// Calls: of C++ functions and generated functions that the text declares, of the function itself, and prints.
#include "cpp/print_statement.h"
#include "cpp/printer.h"

namespace cogent::cpp {

using ir::none;

void Printer::print_call(Id id) {
  const ir::Statement& statement = program_.statements[id];
  const ir::Callee& callee = program_.callees[statement.b];
  announce(id);
  std::vector<std::string> arguments;
  for (std::size_t i = 0; i < statement.d; ++i) {
    const Id argument = program_.arguments(statement)[i];
    if (callee.arguments[i].is_array)
      add_array(argument, callee.arguments[i].passes_size, arguments);
    else
      arguments.push_back(argument_text(argument));
  }
  const std::string result = declaration_of_result(statement.a);
  if (callee.kind == ir::CalleeKind::Print)
    lines_.add(result + print_statement(callee, arguments, prelude_) + ";");
  else
    lines_.add(result + call_text(plan_.use_callee(statement.b), arguments) + ";");
  barrier();
  ++epoch_;
}

/// Of exactly the node's type.
std::string Printer::argument_text(Id node) {
  Fragment value = expression(node);
  const ir::Type type = program_.nodes[node].type;
  return value.type == type || value.is_literal ? value.text : cast(std::move(value), type).text;
}

void Printer::add_array(Id array, bool passes_size, std::vector<std::string>& arguments) {
  arguments.push_back(memory_of(array).text);
  if (!passes_size) return;
  const std::int64_t size = program_.arrays[array].size;
  if (size == ir::dynamic_size) plan_.note_size_used(array, 0);
  arguments.push_back(size == ir::dynamic_size ? plan_.size_of(array, 0) : std::to_string(size));
}

/// What stands before a call: the name that its result gets.
std::string Printer::declaration_of_result(Id result) {
  if (result == none) return {};
  if (!plan_.is_named(result)) plan_.demand_name(result);
  if (plan_.is_unused(result)) return {};
  return std::string("const ") + spelling(program_.nodes[result].type) + " " + plan_.name(result) + " = ";
}

std::string Printer::call_text(const std::string& name, const std::vector<std::string>& arguments) {
  std::string text = name + "(";
  for (std::size_t i = 0; i < arguments.size(); ++i)
    text += (i == 0 ? std::string() : std::string(",") + soft_space) + arguments[i];
  return text + ")";
}

}  // namespace cogent::cpp
