// A call: which kind, the callee's name, the arguments, the type of the result.
#include "ir/parse_calls.h"

#include <utility>

namespace cogent::ir {
namespace {

std::optional<CalleeKind> kind_of_call(TokenStream& in) {
  if (in.accept_word("print")) return CalleeKind::Print;
  if (in.accept_word("recurse")) return CalleeKind::Recurse;
  if (!in.accept_word("call")) return std::nullopt;
  return in.accept_word("generated") ? CalleeKind::Generated : CalleeKind::Function;
}

CalleeArgument take_access(TokenStream& in) {
  CalleeArgument argument{.type = Type::Void, .is_array = true};
  if (in.accept_word("out"))
    argument.access = Access::Out;
  else if (in.accept_word("inout"))
    argument.access = Access::InOut;
  else
    argument.is_array = in.accept_word("in");
  return argument;
}

/// An argument's node or array; what the callee takes is added to it.
Id parse_argument(Callee& callee, const Program& program, TokenStream& in, ValueParser& values) {
  CalleeArgument argument = take_access(in);
  const Id operand = argument.is_array ? values.array_at(in.take()) : values.value_of_any_type();
  argument.type = argument.is_array ? program.arrays[operand].type : values.type_of(operand);
  argument.passes_size = argument.is_array && in.accept_word("sized");
  callee.arguments.push_back(argument);
  return operand;
}

Type parse_result(TokenStream& in) {
  if (!in.accept_symbol("->")) return Type::Void;
  const auto type = type_named(in.peek().text);
  if (!type || *type == Type::Void) in.fail("the type of the call's result");
  in.take();
  return *type;
}

}  // namespace

std::optional<Statement> parse_call(Program& program, TokenStream& in, ValueParser& values) {
  const auto kind = kind_of_call(in);
  if (!kind) return std::nullopt;
  Callee callee{.kind = *kind, .name = {}, .arguments = {}, .data = {}};
  if (*kind != CalleeKind::Recurse) callee.name = in.expect(Token::Kind::String, "the callee's name in quotes").text;
  std::vector<Id> operands;
  in.expect_symbol("(");
  while (!in.accept_symbol(")")) {
    if (!operands.empty()) in.expect_symbol(",");
    operands.push_back(parse_argument(callee, program, in, values));
  }
  const Type type = callee.result = *kind == CalleeKind::Recurse ? program.result : parse_result(in);
  const Id number = static_cast<Id>(program.callees.size()), first = static_cast<Id>(program.operands.size());
  program.operands.insert(program.operands.end(), operands.begin(), operands.end());
  program.callees.push_back(std::move(callee));
  const Id result = type == Type::Void ? none : values.make_pinned(Op::CallResult, type, number, 0);
  return Statement{.what = Do::Call, .a = result, .b = number, .c = first, .d = static_cast<Id>(operands.size())};
}

}  // namespace cogent::ir
