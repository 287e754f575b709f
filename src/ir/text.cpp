// Prints a program. What is named and where is decided by ir/text_layout.h.
#include "ir/text.h"

#include <algorithm>

#include "ir/function_names.h"
#include "ir/mathematics.h"
#include "ir/text_layout.h"
#include "ir/text_notation.h"
#include "ir/walk.h"

namespace cogent::ir {
namespace {

class Printer {
 public:
  Printer(const Program& program, TextOptions options)
      : p_(program),
        options_(options),
        layout_(program),
        names_(program.nodes.size()),
        variables_(program.variables.size()),
        labels_(program.regions.size()) {}

  std::string print();

  // Called by ir::walk:
  void enter(Id) {}
  void leave(Id region);
  void statement(Id id);

 private:
  void print_header();
  void print_parameter(const Parameter& parameter);
  void print_shape(const Array& array);
  void print_other_arrays();
  void print_other_array(const Array& array);
  void print_table(const Array& table);
  void print_size(const Node& size);
  void print_places();

  void print_statement(const Statement& statement);
  void print_set(const Statement& set);
  void print_for(const Statement& loop);
  void print_let(const Statement& let);
  void print_call(const Statement& call);
  void print_access(Id array, Id index);
  void print_region_head(Id region);
  void print_go(const Statement& go);
  void begin_line();
  void end_line(Line line);
  std::string label(Id region);
  std::string variable(Id id);
  void name(Id node);

  void print_value(Id id, Binding around, bool typed);
  void print_operation(Id id);
  void print_binary(const Node& node);
  void print_arguments(const std::string& function, const Node& node, int first_alike);
  void print_constant(Id id, bool typed);

  const Program& p_;
  const TextOptions options_;
  TextLayout layout_;
  std::vector<std::uint32_t> names_;      // per node; 0: not named yet
  std::vector<std::uint32_t> variables_;  // per variable
  std::vector<std::uint32_t> labels_;     // per region
  std::uint32_t last_name_ = 0, last_variable_ = 0, last_label_ = 0;
  int depth_ = 1;
  std::string text_;
};

std::string Printer::print() {
  print_header();
  print_other_arrays();
  walk(p_, *this);
  if (options_.lines) print_places();
  return std::move(text_);
}

// ---- signature and places

void Printer::print_header() {
  text_ += "program " + quoted(p_.name) + "(";
  std::size_t next = 0;
  for (std::uint16_t position = 0; position < p_.signature_length; ++position) {
    if (position > 0) text_ += ", ";
    if (next < p_.parameters.size() && p_.parameters[next].position == position)
      print_parameter(p_.parameters[next++]);
    else
      text_ += "static";
  }
  text_ += std::string(") -> ") + short_name(p_.result) + " {\n";
}

void Printer::print_parameter(const Parameter& parameter) {
  if (!parameter.is_array) {
    text_ += short_name(parameter.type);
    text_ += " p" + std::to_string(&parameter - p_.parameters.data());
    return;
  }
  const Array& array = p_.arrays[parameter.array];
  text_ += word_of(array.access);
  text_ += short_name(array.type);
  print_shape(array);
  text_ += " a" + std::to_string(parameter.array);
}

void Printer::print_shape(const Array& array) {
  const auto list = [&](const std::int64_t* numbers) {
    text_ += '[';
    for (int i = 0; i < array.rank; ++i) {
      if (i > 0) text_ += ", ";
      text_ += array.size == dynamic_size ? "?" : std::to_string(numbers[i]);
    }
    text_ += ']';
  };
  const bool has_extents = array.is_shaped && array.size != dynamic_size;
  list(has_extents ? array.extents : &array.size);
  if (has_extents) {
    text_ += " strides ";
    list(array.strides);
  }
  if (array.element_bytes != 0) text_ += " of " + std::to_string(array.element_bytes) + " bytes";
}

void Printer::print_other_arrays() {
  for (Id id = 0; id < p_.arrays.size(); ++id) {
    const Array& array = p_.arrays[id];
    if (array.is_argument()) continue;
    text_ += "  array a" + std::to_string(id) + " = ";
    print_other_array(array);
    end_line(array.memory == none ? array.line : Line{0});
  }
}

void Printer::print_other_array(const Array& array) {
  if (array.memory != none) {
    text_ += std::string("field ") + short_name(array.type) + " at " + std::to_string(array.offset) + " of a" +
             std::to_string(array.memory);
    if (array.element_bytes != p_.arrays[array.memory].element_bytes)
      text_ += " of " + std::to_string(array.element_bytes) + " bytes";
    return;
  }
  const bool is_table = array.storage == Storage::Table;
  text_ += (is_table ? "table " : "scratch ") + std::string(short_name(array.type));
  print_shape(array);
  if (is_table) print_table(array);
}

void Printer::print_table(const Array& table) {
  text_ += " {";
  const auto bytes = static_cast<std::size_t>(size_of(table.type));
  for (std::size_t i = 0; i < static_cast<std::size_t>(table.size); ++i) {
    std::uint64_t element = 0;
    std::memcpy(&element, p_.table_bytes.data() + table.first_byte + i * bytes, bytes);
    const std::int64_t value = canonical(static_cast<std::int64_t>(element), table.type);
    if (i > 0) text_ += ' ';
    text_ += is_float(table.type) || table.type == Type::U64 ? std::to_string(element) : std::to_string(value);
  }
  text_ += '}';
}

void Printer::print_places() {
  for (std::size_t i = 0; i < p_.places.size(); ++i) {
    const Place& place = p_.places[i];
    text_ += "place " + std::to_string(i + 1) + " " + quoted(place.file) + " " + std::to_string(place.line) + " " +
             std::to_string(place.column) + "\n";
  }
}

// ---- statements

void Printer::begin_line() {
  constexpr int deepest_indent = 32;  // programs may be nested by the thousands
  text_.append(2 * static_cast<std::size_t>(std::min(depth_, deepest_indent)), ' ');
}

void Printer::end_line(Line line) {
  if (options_.lines && line != 0) text_ += " @" + std::to_string(line);
  text_ += '\n';
}

void Printer::name(Id node) {
  names_[node] = ++last_name_;
  text_ += "%" + std::to_string(last_name_) + " = ";
}

std::string Printer::label(Id region) {
  region = labelled_region(p_, region);
  if (labels_[region] == 0) labels_[region] = ++last_label_;
  return "L" + std::to_string(labels_[region]);
}

std::string Printer::variable(Id id) {
  if (variables_[id] == 0) variables_[id] = ++last_variable_;
  return "v" + std::to_string(variables_[id] - 1);
}

void Printer::statement(Id id) {
  const Statement& statement = p_.statements[id];
  for (const Id node : layout_.named_before(id)) {
    begin_line();
    name(node);
    print_operation(node);
    end_line(p_.nodes[node].line);
  }
  begin_line();
  if (statement.body != none && layout_.is_target(statement.body)) text_ += label(statement.body) + ": ";
  print_statement(statement);
  if ((statement.flags & proven_in_bounds) && statement.what != Do::Cases) text_ += " proven";
  if (statement.flags & unchecked) text_ += " unchecked";
  end_line(statement.line);
  if (statement.body != none) ++depth_;
}

void Printer::leave(Id region) {
  --depth_;
  begin_line();
  const Id next = p_.regions[region].owner == none ? none : next_region(p_, region);
  text_ += '}';
  if (next != none) {
    print_region_head(next);
    ++depth_;
  }
  text_ += '\n';
}

/// What chooses a region, and its brace.
void Printer::print_region_head(Id region) {
  const Statement& owner = p_.statements[p_.regions[region].owner];
  if (region == owner.other) {
    text_ += " else";
  } else if (owner.what == Do::States) {
    text_ += " " + std::to_string(p_.regions[region].choice);
  } else {
    text_ += " at ";
    print_constant(p_.regions[region].choice, false);
  }
  text_ += " {";
}

void Printer::print_statement(const Statement& statement) {
  switch (statement.what) {
    case Do::Let:
      return print_let(statement);
    case Do::Set:
      return print_set(statement);
    case Do::Store:
      print_access(statement.a, statement.b);
      text_ += " = ";
      return print_value(statement.c, weakest, false);
    case Do::For:
      return print_for(statement);
    case Do::Loop:
      text_ += "loop {";
      return;
    case Do::Block:
      text_ += "block {";
      return;
    case Do::If:
      text_ += "if ";
      print_value(statement.a, weakest, false);
      text_ += " {";
      return;
    case Do::Break:
      text_ += "break " + label(statement.a);
      return;
    case Do::Continue:
      text_ += "continue " + label(statement.a);
      return;
    case Do::Return:
      text_ += statement.a == none ? "return" : "return ";
      if (statement.a != none) print_value(statement.a, weakest, false);
      return;
    case Do::Require:
      text_ += "require ";
      print_value(statement.a, weakest, false);
      text_ += ", " + quoted(p_.texts[statement.b]);
      return;
    case Do::Check:
      text_ += "check a" + std::to_string(statement.a) + " dimension " + std::to_string(statement.d) + ": ";
      print_value(statement.b, weakest, false);
      text_ += " within ";
      return print_value(statement.c, weakest, false);
    case Do::Comment:
      text_ += "comment " + quoted(p_.texts[statement.b]);
      return;
    case Do::Cases:
      text_ += "cases ";
      print_value(statement.a, weakest, true);
      if (statement.flags & proven_in_bounds) text_ += " proven";
      return print_region_head(statement.body);
    case Do::States:
      text_ += "states";
      return print_region_head(statement.body);
    case Do::Go:
      return print_go(statement);
    case Do::Call:
      return print_call(statement);
  }
}

void Printer::print_call(const Statement& call) {
  const Callee& callee = p_.callees[call.b];
  constexpr const char* words[] = {"call ", "print ", "recurse", "call generated "};
  if (call.a != none) {
    text_ += "let ";
    name(call.a);
  }
  text_ += words[static_cast<int>(callee.kind)];
  if (callee.kind != CalleeKind::Recurse) text_ += quoted(callee.name);
  text_ += '(';
  const std::span<const Id> arguments = p_.arguments(call);
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (i > 0) text_ += ", ";
    const CalleeArgument& argument = callee.arguments[i];
    if (!argument.is_array) {
      print_value(arguments[i], weakest, true);
    } else {
      text_ += word_of(argument.access) + ("a" + std::to_string(arguments[i]));
      if (argument.passes_size) text_ += " sized";
    }
  }
  text_ += ')';
  const bool says_result = callee.result != Type::Void && callee.kind != CalleeKind::Recurse;
  if (says_result) text_ += std::string(" -> ") + short_name(callee.result);
}

void Printer::print_let(const Statement& let) {
  const Node& node = p_.nodes[let.a];
  text_ += "let ";
  name(let.a);
  if (node.op == Op::Get)
    text_ += variable(node.a);
  else if (node.op == Op::Load)
    print_access(node.a, node.b);
  else
    print_operation(let.a);
}

void Printer::print_access(Id array, Id index) {
  text_ += "a" + std::to_string(array) + "[";
  print_value(index, weakest, false);
  text_ += "]";
}

void Printer::print_set(const Statement& set) {
  const bool declares = variables_[set.a] == 0;
  text_ += variable(set.a) + (declares ? " = var " : " = ");
  print_value(set.b, weakest, declares);
}

void Printer::print_for(const Statement& loop) {
  text_ += "for ";
  name(loop.a);
  print_value(loop.b, weakest, true);
  text_ += " to ";
  print_value(loop.c, weakest, false);
  text_ += " step ";
  print_value(loop.d, weakest, false);
  text_ += (loop.flags & parallel) != 0 ? " parallel {" : " {";
}

void Printer::print_go(const Statement& statement) {
  const auto number = [&](Id region) { return std::to_string(p_.regions[region].choice); };
  if (statement.a != none) {
    text_ += "go " + label(statement.a) + " " + number(statement.a);
    return;
  }
  const Id* states = &p_.operands[statement.c];
  text_ += "go " + label(states[0]) + " by ";
  print_value(statement.b, weakest, false);
  const char* separator = ": ";
  for (Id value = 0; value < byte_values; ++value) {
    if (value + 1 < byte_values && states[value + 1] == states[value]) continue;
    text_ += separator + number(states[value]) + " to " + std::to_string(value);
    separator = ", ";
  }
}

// ---- values

/// Recursive, but no deeper than TextLayout::deepest_expression. `typed`: a constant says its type.
void Printer::print_value(Id id, Binding around, bool typed) {
  const Node& node = p_.nodes[id];
  if (node.op == Op::Constant) return print_constant(id, typed);
  if (node.op == Op::Parameter) {
    text_ += "p" + std::to_string(node.a);
  } else if (node.op == Op::Size) {
    print_size(node);
  } else if (names_[id] != 0) {
    text_ += "%" + std::to_string(names_[id]);
  } else if (is_pinned(node)) {
    text_ += "%?" + std::to_string(id);
  } else if (binding_of(node.op) < around) {
    text_ += '(';
    print_operation(id);
    text_ += ')';
  } else {
    print_operation(id);
  }
}

void Printer::print_size(const Node& size) {
  const std::string array = "a" + std::to_string(size.a);
  const int rank = p_.arrays[size.a].rank, number = static_cast<int>(size.b);
  if (rank == 1)
    text_ += "size(" + array + ")";
  else if (number < rank)
    text_ += "extent(" + array + ", " + std::to_string(number) + ")";
  else
    text_ += "stride(" + array + ", " + std::to_string(number - rank) + ")";
}

void Printer::print_operation(Id id) {
  const Node& node = p_.nodes[id];
  switch (node.op) {
    case Op::Select:
      return print_arguments("select", node, 1);
    case Op::Convert:
      return print_arguments(short_name(node.type), node, 0);
    case Op::Bits:
      return print_arguments(std::string(bits_prefix) + short_name(node.type), node, 0);
    case Op::Mathematics:
      return print_arguments(mathematical_functions()[node.c].name, node, 0);
    default: {
      const char* function = function_name(node.op);
      return function != nullptr ? print_arguments(function, node, 0) : print_binary(node);
    }
  }
}

/// A constant operand takes its type from the other operand, unless that is a constant too: then the left one says it.
void Printer::print_binary(const Node& node) {
  const Binding binding = binding_of(node.op);
  print_value(node.a, binding == weakest ? sum : binding, p_.is_constant(node.b));
  text_ += symbol_of(node.op);
  print_value(node.b, static_cast<Binding>(binding + 1), false);
}

/// From the operand `first_alike` on, all have one type, which a constant there says if the next does not.
void Printer::print_arguments(const std::string& function, const Node& node, int first_alike) {
  text_ += function + '(';
  const int count = operand_count(node);
  for (int i = 0; i < count; ++i) {
    if (i > 0) text_ += ", ";
    const bool next_says = i + 1 < count && !p_.is_constant(operand(node, i + 1));
    print_value(operand(node, i), weakest, i == first_alike && !next_says);
  }
  text_ += ')';
}

void Printer::print_constant(Id id, bool typed) {
  const Type type = p_.nodes[id].type;
  const std::int64_t value = p_.value(id);
  if (type == Type::Bool) {
    text_ += value != 0 ? "true" : "false";
    return;
  }
  if (is_float(type)) {
    text_ += hexadecimal(static_cast<std::uint64_t>(value), 2 * size_of(type)) + "_" + short_name(type);
    return;
  }
  text_ += type == Type::U64 ? std::to_string(static_cast<std::uint64_t>(value)) : std::to_string(value);
  if (typed) text_ += short_name(type);
}

}  // namespace

std::string print(const Program& program, TextOptions options) { return Printer(program, options).print(); }

std::uint64_t hash(const Program& program) {
  std::uint64_t h = 0xCBF29CE484222325u;  // FNV-1a
  for (const char c : print(program)) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
  return h;
}

const char* short_name(Type type) {
  constexpr const char* names[type_count] = {"void", "bool", "i8",  "u8",  "i16", "u16",
                                             "i32",  "u32",  "i64", "u64", "f32", "f64"};
  return names[static_cast<int>(type)];
}

}  // namespace cogent::ir
