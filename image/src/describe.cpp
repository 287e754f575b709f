// What filters there are, for lists and help.
#include <cogent/image/describe.h>

#include "filter.h"
#include "text/check.h"
#include "text/did_you_mean.h"
#include "text/numbers.h"
#include "text/printer.h"

namespace cogent::image {
namespace {

std::string range_of(const Parameter& parameter) {
  const bool least = parameter.least > -1e9, most = parameter.most < 1e9;
  if (least && most) return " from " + text::to_text(parameter.least) + " to " + text::to_text(parameter.most);
  if (least) return ", at least " + text::to_text(parameter.least);
  return most ? ", at most " + text::to_text(parameter.most) : "";
}

std::string what_it_takes(const Parameter& parameter) {
  switch (parameter.kind) {
    case ParameterKind::Number:
      return "number" + range_of(parameter);
    case ParameterKind::Integer:
      return parameter.integers.empty() ? "whole number" + range_of(parameter) : text::one_of(parameter.integers);
    case ParameterKind::Kernel:
      return "kernel";
    case ParameterKind::Word:
      break;
  }
  std::string words;
  for (const std::string_view word : parameter.words) words += (words.empty() ? "one of " : ", ") + std::string(word);
  return words;
}

}  // namespace

std::vector<FilterDescription> describe_filters() {
  std::vector<FilterDescription> descriptions;
  descriptions.reserve(all_filters().size());
  for (const Filter* filter : all_filters()) {
    FilterDescription description{filter->name, filter->group,        filter->help,
                                  {},           filter->least_inputs, filter->most_inputs};
    for (const Parameter& parameter : filter->parameters)
      description.parameters.push_back({parameter.name, parameter.help, what_it_takes(parameter),
                                        parameter.standard ? text::printed_value(*parameter.standard) : std::string()});
    descriptions.push_back(std::move(description));
  }
  return descriptions;
}

std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates) {
  return text::did_you_mean(word, candidates);
}

std::string usage_of(const FilterDescription& filter) {
  std::string arguments;
  for (const ParameterDescription& parameter : filter.parameters) {
    if (!arguments.empty()) arguments += ", ";
    arguments += parameter.name;
    if (!parameter.standard.empty()) arguments += "=" + parameter.standard;
  }
  return std::string(filter.name) + (arguments.empty() ? "" : "(" + arguments + ")");
}

}  // namespace cogent::image
