// The arguments of a call by the names of their parameters.
#include <algorithm>

#include "filter.h"

namespace cogent::image {

bool Arguments::has(std::string_view name) const {
  return std::ranges::find(call_.arguments, name, &Argument::name) != call_.arguments.end();
}

const ArgumentValue& Arguments::value(std::string_view name) const {
  const auto given = std::ranges::find(call_.arguments, name, &Argument::name);
  if (given != call_.arguments.end()) return given->value;
  return std::ranges::find(parameters_, name, &Parameter::name)->standard.value();
}

}  // namespace cogent::image
