// Signatures are made up call by call. What calls itself counts one of its parameters down.
#include "support/random_calls.h"

#include "support/callees.h"

namespace cogent::testing {

using ir::Id;
using ir::Op;
using ir::Type;

void RandomCalls::add_call() { random_.one_in(3) && can_recurse() ? recurse() : call_function(); }

// ---- functions

ir::CalleeArgument RandomCalls::array_argument(Id array, bool passes_size) {
  const ir::Array& what = b_.program().arrays[array];
  const auto access = what.is_writable() ? static_cast<ir::Access>(random_.bits() % 3) : ir::Access::In;
  return {what.type, true, passes_size, access};
}

void RandomCalls::call_function() {
  std::vector<ir::CalleeArgument> arguments;
  std::vector<Id> operands;
  for (std::int64_t left = random_.between(0, 5); left > 0; --left) {
    const Id array = static_cast<Id>(random_.bits() % b_.program().arrays.size());
    if (random_.one_in(3) && b_.program().arrays[array].is_argument() && !b_.program().arrays[array].is_shaped) {
      arguments.push_back(array_argument(array, !random_.one_in(4)));
      operands.push_back(array);
    } else {
      const Type type = values_.any_type();
      operands.push_back(values_.value(type));
      arguments.push_back({type});
    }
  }
  const Type result = random_.one_in(4) ? Type::Void : values_.any_type();
  const char* name = random_.one_in(6) ? "mix_or_end" : "mix";
  const Id made = b_.call(make_callee(name, result, std::move(arguments)), operands);
  if (made != ir::none) values_.remember(made);
}

// ---- recursion

bool RandomCalls::can_recurse() const {
  for (const ir::Array& array : b_.program().arrays)
    if (!array.is_argument() || array.is_shaped) return false;
  return true;
}

void RandomCalls::recurse() {
  std::vector<Id> counters;
  for (Id id = 0; id < b_.program().nodes.size(); ++id)
    if (const ir::Node& node = b_.program().nodes[id]; node.op == Op::Parameter && ir::is_integer(node.type))
      counters.push_back(id);
  if (faults_ && random_.one_in(30)) return call_itself(ir::none, ir::none);
  if (counters.empty()) return;
  const Id counter = random_.pick(counters);
  const Type type = b_.program().nodes[counter].type;
  const Id left = b_.binary(Op::And, counter, values_.constant(3, type));
  b_.open_if(b_.binary(Op::NotEqual, left, values_.constant(0, type)));
  const RandomValues::Scope scope = values_.scope();
  call_itself(counter, b_.binary(Op::Subtract, left, values_.constant(1, type)));
  values_.return_to(scope);
  b_.close();
}

// With `left` instead of the parameter `counter`.
void RandomCalls::call_itself(Id counter, Id left) {
  const std::size_t parameters = b_.program().parameters.size();
  std::vector<ir::CalleeArgument> arguments;
  std::vector<Id> operands;
  for (Id id = 0; id < parameters; ++id) {
    const ir::Parameter parameter = b_.program().parameters[id];
    if (parameter.is_array) {
      const Id array = array_like(parameter.array);
      const bool passes_size = b_.program().arrays[array].size == ir::dynamic_size;
      arguments.push_back({parameter.type, true, passes_size, b_.program().arrays[array].access});
      operands.push_back(array);
    } else {
      const bool counts = counter != ir::none && b_.program().nodes[counter].a == id;
      operands.push_back(counts ? left : values_.value(parameter.type));
      arguments.push_back({parameter.type});
    }
  }
  ir::Callee callee{.kind = ir::CalleeKind::Recurse,
                    .result = b_.program().result,
                    .name = {},
                    .arguments = std::move(arguments),
                    .data = {}};
  const Id made = b_.call(std::move(callee), operands);
  if (made != ir::none) values_.remember(made);
}

// The array, or another one of unknown size that may take its place.
Id RandomCalls::array_like(Id array) {
  const auto& arrays = b_.program().arrays;
  const Id other = static_cast<Id>(random_.bits() % arrays.size());
  const bool fits = arrays[array].size == ir::dynamic_size && arrays[other].size == ir::dynamic_size &&
                    arrays[other].type == arrays[array].type && arrays[other].access == arrays[array].access;
  return fits ? other : array;
}

}  // namespace cogent::testing
