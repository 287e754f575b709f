// One thunk for each name; the data is the signature.
#include "support/callees.h"

#include <bit>
#include <cstring>

namespace cogent::testing {
namespace {

using ir::Callee;
using ir::Type;

/// A number for a canonical value; one for all NaNs.
std::uint64_t number_of(std::uint64_t value, Type type) {
  if (type == Type::F32 && (value & 0x7fffffff) > 0x7f800000) return 1;
  if (type == Type::F64 && (value & 0x7fffffffffffffff) > 0x7ff0000000000000) return 1;
  return value;
}

std::uint64_t mixed(std::uint64_t a, std::uint64_t b) { return (std::rotl(a, 23) ^ b) * 0x9E3779B97F4A7C15u; }

/// The canonical value of the type that a number stands for.
std::uint64_t value_of(std::uint64_t number, Type type) {
  const double quarter = static_cast<double>(number % 4096) / 4;
  if (type == Type::F32) return std::bit_cast<std::uint32_t>(static_cast<float>(quarter));
  if (type == Type::F64) return std::bit_cast<std::uint64_t>(quarter);
  return static_cast<std::uint64_t>(ir::canonical(static_cast<std::int64_t>(number >> 7), type));
}

std::uint64_t mix_array(std::uint64_t number, const ir::CalleeArgument& argument, std::uint64_t address,
                        std::uint64_t size) {
  const std::size_t width = static_cast<std::size_t>(ir::size_of(argument.type));
  auto* elements = reinterpret_cast<std::byte*>(address);
  for (std::uint64_t i = 0; i < size; i += 1 + size / 4) {
    std::int64_t element = 0;
    std::memcpy(&element, elements + i * width, width);
    number = mixed(number, number_of(static_cast<std::uint64_t>(ir::canonical(element, argument.type)), argument.type));
  }
  if (size == 0 || !argument.is_written()) return number;
  const std::uint64_t written = value_of(number, argument.type);
  std::memcpy(elements + number % size * width, &written, width);
  return number;
}

std::uint64_t mix_arguments(const Callee& callee, std::uint64_t* slots) {
  std::uint64_t number = 77;
  const std::uint64_t* next = slots + 1;
  for (const ir::CalleeArgument& argument : callee.arguments) {
    const std::uint64_t slot = *next++;
    if (!argument.is_array)
      number = mixed(number, number_of(slot, argument.type));
    else if (argument.passes_size)
      number = mix_array(number, argument, slot, *next++);
  }
  slots[0] = value_of(number, callee.result);
  return number;
}

std::int32_t mix(const void* data, std::uint64_t* slots, void*) {
  mix_arguments(*static_cast<const Callee*>(data), slots);
  return 0;
}

std::int32_t mix_or_end(const void* data, std::uint64_t* slots, void*) {
  constexpr std::int32_t threw = 3;
  return mix_arguments(*static_cast<const Callee*>(data), slots) >> 13 & 15 ? 0 : threw;
}

void bind(Callee& callee) {
  if (callee.name == "mix")
    callee.thunk = mix;
  else if (callee.name == "mix_or_end")
    callee.thunk = mix_or_end;
  else
    return;
  callee.data = std::make_shared<const Callee>(callee);
}

}  // namespace

Callee make_callee(const char* name, Type result, std::vector<ir::CalleeArgument> arguments) {
  Callee callee{
      .kind = ir::CalleeKind::Function, .result = result, .name = name, .arguments = std::move(arguments), .data = {}};
  bind(callee);
  return callee;
}

void bind_callees(ir::Program& program) {
  for (Callee& callee : program.callees)
    if (callee.kind == ir::CalleeKind::Function && callee.thunk == nullptr) bind(callee);
}

}  // namespace cogent::testing
