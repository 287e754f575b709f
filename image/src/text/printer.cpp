// The text of a pipeline in canonical form.
#include "text/printer.h"

#include "text/kernel_text.h"
#include "text/numbers.h"

namespace cogent::image::text {
namespace {

std::string printed_call(const Call& call, const Filter& filter) {
  std::string arguments;
  std::size_t position = 0;
  bool by_position = true;
  for (const Argument& argument : call.arguments) {
    while (filter.parameters[position].name != argument.name) {
      ++position;
      by_position = false;
    }
    if (!arguments.empty()) arguments += ", ";
    if (!by_position) arguments += argument.name + "=";
    arguments += printed_value(argument.value);
    ++position;
  }
  return arguments.empty() ? call.filter : call.filter + "(" + arguments + ")";
}

std::string printed_branches(const Branches& branches, FilterTable filters) {
  std::string text;
  for (const Pipeline& pipeline : branches.pipelines)
    text += (text.empty() ? "{" : "; ") + print(pipeline.steps(), filters);
  return text + "}";
}

}  // namespace

std::string printed_value(const ArgumentValue& value) {
  if (const auto* number = std::get_if<double>(&value)) return to_text(*number);
  if (const auto* kernel = std::get_if<Kernel>(&value)) return to_text(*kernel);
  return std::get<std::string>(value);
}

std::string print(const std::vector<Step>& steps, FilterTable filters) {
  std::string text;
  for (const Step& step : steps) {
    if (!text.empty()) text += " | ";
    if (const auto* call = std::get_if<Call>(&step)) {
      text += printed_call(*call, find_or_fail(filters, call->filter));
    } else {
      text += printed_branches(std::get<Branches>(step), filters);
    }
  }
  return text.empty() ? "identity" : text;
}

}  // namespace cogent::image::text
