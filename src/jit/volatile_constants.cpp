// Compares the keys of a function's specialisations, parameter by parameter.
#include "jit/volatile_constants.h"

#include <algorithm>
#include <bit>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "ir/type.h"
#include "jit/faults.h"

namespace cogent::jit {

using detail::KeyKind;
using detail::KeyParts;
using detail::ScalarType;

namespace {

using Words = std::vector<std::uint64_t>;

std::size_t count_different(std::vector<Words> values) {
  std::sort(values.begin(), values.end());
  return static_cast<std::size_t>(std::unique(values.begin(), values.end()) - values.begin());
}

// What C++ programmers call the type.
std::string name_of(ScalarType type) {
  switch (type) {
    case ScalarType::I32:
      return "int";
    case ScalarType::U32:
      return "unsigned";
    case ScalarType::Bool:
    case ScalarType::F32:
    case ScalarType::F64:
      return ir::name_of(static_cast<ir::Type>(type));
    default:
      return std::string("std::") + ir::name_of(static_cast<ir::Type>(type));
  }
}

std::string advice(const VolatileConstant& constant) {
  switch (constant.kind) {
    case KeyKind::Size:
      return "where that is not worth code of its own, make it dynamic, as DynamicIn<T>";
    case KeyKind::Number:
      return "where that is not worth code of its own, make it a Value<" + name_of(constant.type) + ">";
    case KeyKind::Sequence:
      return "where that is not worth code of its own, make it an In<T>, or its elements Value<T>";
    default:
      return "where that is not worth code of its own, pass what changes in it as a Value<T>";
  }
}

}  // namespace

std::vector<VolatileConstant> find_volatile_constants(const detail::Call& call, const std::vector<Words>& keys) {
  KeyParts parts;
  parts.key.append(call.key.front());
  call.staging.append_parts(call.staging.arguments, parts);
  const std::size_t length = parts.key.words().size();
  std::vector<VolatileConstant> found;
  std::size_t begin = 1;
  for (std::size_t i = 0; i < parts.parts.size(); ++i) {
    const KeyParts::Part& part = parts.parts[i];
    std::vector<Words> values;
    for (const Words& key : keys)
      if (key.size() == length)
        values.emplace_back(key.begin() + static_cast<std::ptrdiff_t>(begin),
                            key.begin() + static_cast<std::ptrdiff_t>(part.end));
    const bool has_words = part.end > begin;
    begin = part.end;
    const std::size_t specialisations = values.size(), different = count_different(std::move(values));
    if (has_words && specialisations >= fewest_specialisations && 4 * different >= 3 * specialisations)
      found.push_back({static_cast<std::uint16_t>(i), part.kind, part.type, different});
  }
  return found;
}

std::string describe(const FunctionIdentity& identity, const VolatileConstant& constant) {
  const std::string name = parameter_name(identity, constant.position);
  return (constant.kind == KeyKind::Size ? "the size of " + name : name) + " has had " +
         std::to_string(constant.values) + " different values, and code was generated for each of them; " +
         advice(constant);
}

bool is_time_to_warn(std::uint64_t generations) {
  if (generations < fewest_specialisations || !std::has_single_bit(generations)) return false;
  const char* value = std::getenv("COGENT_WARN");
  return value != nullptr && std::string_view(value) == "1";
}

void warn_of_volatile_constants(const FunctionIdentity& identity, const detail::Call& call,
                                const std::vector<Words>& keys) {
  for (const VolatileConstant& constant : find_volatile_constants(call, keys))
    std::fprintf(stderr, "cogent: %s:%u: %s: %s\n", identity.at.file_name(), static_cast<unsigned>(identity.at.line()),
                 identity.name.c_str(), describe(identity, constant).c_str());
}

}  // namespace cogent::jit
