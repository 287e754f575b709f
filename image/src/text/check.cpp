// Calls of filters, checked against a table of filters.
#include "text/check.h"

#include <algorithm>
#include <cmath>

#include "text/did_you_mean.h"
#include "text/kernel_text.h"
#include "text/lexer.h"
#include "text/numbers.h"

namespace cogent::image::text {
namespace {

std::string in_quotes(std::string_view name) { return "'" + std::string(name) + "'"; }

template <class Items, class Name>
std::string listed(const Items& items, Name name) {
  std::string list;
  for (const auto& item : items) list += (list.empty() ? "" : ", ") + std::string(name(item));
  return list;
}

std::string what_it_takes(const Filter& filter) {
  if (filter.parameters.empty()) return std::string(filter.name) + " takes no arguments";
  return std::string(filter.name) + " takes " + listed(filter.parameters, [](const Parameter& p) { return p.name; });
}

std::string_view expected(ParameterKind kind) {
  switch (kind) {
    case ParameterKind::Number:
      return "a number";
    case ParameterKind::Integer:
      return "a whole number";
    case ParameterKind::Word:
      return "a word";
    case ParameterKind::Kernel:
      return "a kernel, such as [-1 0 1; -2 0 2; -1 0 1] or sobel_x";
  }
  return {};
}

std::string described(const ArgumentValue& value) {
  if (const auto* number = std::get_if<double>(&value)) return "the number " + to_text(*number);
  if (const auto* word = std::get_if<std::string>(&value)) return in_quotes(word->substr(0, 40));
  return "a kernel";
}

/// One argument on its way to its parameter.
struct Given {
  const Parameter& parameter;
  const ArgumentValue& value;
  std::size_t index;

  [[noreturn]] void fail(const std::string& what) const {
    throw CallError{std::string(parameter.name) + ": " + what, index};
  }
  [[noreturn]] void fail_kind() const {
    fail("expected " + std::string(expected(parameter.kind)) + ", not " + described(value));
  }
};

double checked_number(const Given& given) {
  const Parameter& parameter = given.parameter;
  const auto* number = std::get_if<double>(&given.value);
  if (number == nullptr) given.fail_kind();
  if (parameter.kind == ParameterKind::Integer && *number != std::floor(*number)) given.fail_kind();
  if (!parameter.integers.empty() && std::ranges::find(parameter.integers, *number) == parameter.integers.end())
    given.fail("expected " + one_of(parameter.integers) + ", not " + to_text(*number));
  if (!(*number >= parameter.least && *number <= parameter.most))
    given.fail("expected a number from " + to_text(parameter.least) + " to " + to_text(parameter.most) + ", not " +
               to_text(*number));
  return *number;
}

std::string checked_word(const Given& given) {
  const auto* word = std::get_if<std::string>(&given.value);
  if (word == nullptr) given.fail_kind();
  const Parameter& parameter = given.parameter;
  if (std::ranges::find(parameter.words, *word) != parameter.words.end()) return *word;
  given.fail("expected one of " + listed(parameter.words, [](std::string_view w) { return w; }) + ", not " +
             described(given.value) + did_you_mean(*word, parameter.words));
}

Kernel kernel_of_name(const Given& given, std::string_view name) {
  if (const NamedKernel* found = find_kernel(name)) return found->kernel;
  std::vector<std::string_view> names;
  names.reserve(named_kernels().size());
  for (const NamedKernel& kernel : named_kernels()) names.push_back(kernel.name);
  given.fail("there is no kernel " + in_quotes(name.substr(0, 40)) + did_you_mean(name, names));
}

Kernel checked_kernel(const Given& given) {
  if (const auto* text = std::get_if<std::string>(&given.value)) {
    if (is_word(*text)) return kernel_of_name(given, *text);
    try {
      return parse_kernel_text(*text);
    } catch (const TextError& error) {
      throw CallError{std::string(given.parameter.name) + ": " + error.message, given.index};
    }
  }
  const auto* kernel = std::get_if<Kernel>(&given.value);
  if (kernel == nullptr) given.fail_kind();
  const bool sized = kernel->width >= 1 && kernel->width <= largest_kernel && kernel->height >= 1 &&
                     kernel->height <= largest_kernel &&
                     kernel->weights.size() == static_cast<std::size_t>(kernel->width * kernel->height);
  if (!sized) given.fail("a kernel has 1 to 63 rows and columns, and as many weights");
  const bool finite = std::ranges::all_of(kernel->weights, [](double weight) { return std::isfinite(weight); });
  if (!finite || !std::isfinite(kernel->offset) || !std::isfinite(kernel->divisor) || kernel->divisor == 0)
    given.fail("the weights, the divisor and the offset of a kernel are finite, and the divisor is not 0");
  return *kernel;
}

ArgumentValue checked_value(const Given& given) {
  switch (given.parameter.kind) {
    case ParameterKind::Number:
    case ParameterKind::Integer:
      return checked_number(given);
    case ParameterKind::Word:
      return checked_word(given);
    case ParameterKind::Kernel:
      return checked_kernel(given);
  }
  return given.value;
}

/// The index of the parameter that an argument is for.
std::size_t parameter_of(const Filter& filter, const Call& call, std::size_t index) {
  const std::string& name = call.arguments[index].name;
  if (name.empty()) {
    if (index >= filter.parameters.size()) throw CallError{"one argument too many: " + what_it_takes(filter), index};
    if (index > 0 && !call.arguments[index - 1].name.empty())
      throw CallError{"an argument without a name cannot follow one with a name", index};
    return index;
  }
  const auto found = std::ranges::find(filter.parameters, name, &Parameter::name);
  if (found != filter.parameters.end()) return static_cast<std::size_t>(found - filter.parameters.begin());
  std::vector<std::string_view> names;
  names.reserve(filter.parameters.size());
  for (const Parameter& parameter : filter.parameters) names.push_back(parameter.name);
  throw CallError{std::string(filter.name) + " has no argument " + in_quotes(name) + did_you_mean(name, names) + " (" +
                      what_it_takes(filter) + ")",
                  index};
}

/// Where the argument of each parameter stands, if it was given.
using Places = std::vector<std::optional<std::size_t>>;

/// What no argument alone shows to be wrong.
void check_together(const Filter& filter, const Call& call, const Places& places) {
  const Arguments arguments(filter.parameters, call);
  const auto fail = [&](std::string_view parameter, const std::string& message) {
    const auto found = std::ranges::find(filter.parameters, parameter, &Parameter::name);
    if (found == filter.parameters.end()) throw CallError{std::string(filter.name) + ": " + message};
    throw CallError{std::string(parameter) + ": " + message,
                    places[static_cast<std::size_t>(found - filter.parameters.begin())]};
  };
  for (const Parameter& parameter : filter.parameters) {
    const auto& [other, word] = parameter.only_with;
    if (!other.empty() && arguments.has(parameter.name) && arguments.word(other) != word)
      fail(parameter.name,
           "this is only of " + std::string(other) + "=" + std::string(word) + ", not of " + arguments.word(other));
  }
  try {
    if (filter.check != nullptr) filter.check(arguments);
  } catch (const ArgumentError& error) {
    fail(error.parameter, error.message);
  }
}

}  // namespace

const Filter* find(FilterTable filters, std::string_view name) {
  const auto found = std::ranges::find(filters, name, &Filter::name);
  return found == filters.end() ? nullptr : *found;
}

const Filter& find_or_fail(FilterTable filters, std::string_view name, std::span<const std::string_view> further) {
  if (const Filter* filter = find(filters, name)) return *filter;
  std::vector<std::string_view> names(further.begin(), further.end());
  for (const Filter* filter : filters) names.push_back(filter->name);
  throw CallError{"there is no filter " + in_quotes(name.substr(0, 40)) + did_you_mean(name, names)};
}

std::string one_of(std::span<const int> integers) {
  std::string list;
  for (std::size_t i = 0; i < integers.size(); ++i)
    list += (i == 0 ? "" : i + 1 < integers.size() ? ", " : " or ") + std::to_string(integers[i]);
  return list;
}

Call check_arguments(const Filter& filter, const Call& call) {
  std::vector<std::optional<ArgumentValue>> values(filter.parameters.size());
  Places places(filter.parameters.size());
  for (std::size_t index = 0; index < call.arguments.size(); ++index) {
    const std::size_t position = parameter_of(filter, call, index);
    const Given given{filter.parameters[position], call.arguments[index].value, index};
    if (values[position]) given.fail("this argument is given twice");
    values[position] = checked_value(given);
    places[position] = index;
  }
  Call checked{std::string(filter.name), {}};
  for (std::size_t position = 0; position < values.size(); ++position) {
    const Parameter& parameter = filter.parameters[position];
    if (!values[position] && !parameter.standard)
      throw CallError{std::string(filter.name) + " needs " + std::string(parameter.name) + ": " +
                      std::string(parameter.help)};
    if (values[position] && values[position] != parameter.standard)
      checked.arguments.push_back({std::string(parameter.name), *std::move(values[position])});
  }
  check_together(filter, checked, places);
  return checked;
}

}  // namespace cogent::image::text
