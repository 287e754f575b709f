// cogent filters and cogent kernels: what there is, as tables.
#include "list_commands.h"

#include <cogent/image/describe.h>
#include <cogent/image/kernel.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "console.h"
#include "exit_status.h"
#include "jobs.h"

namespace cogent::cli {
namespace {

using image::FilterDescription;
using image::NamedKernel;
using nlohmann::ordered_json;

template <class Item>
std::string unknown_name(const std::vector<Item>& all, const std::string& name, std::string_view what) {
  std::vector<std::string_view> names;
  for (const Item& item : all) names.push_back(item.name);
  const std::string meant = image::did_you_mean(name, names);
  return fmt::format("there is no {0} '{1}'{2}", what, name,
                     meant.empty() ? fmt::format("; cogent {}s lists all", what) : meant);
}

/// Those of the list whose names were asked for; all if none was.
template <class Item>
std::vector<Item> chosen(const std::vector<Item>& all, const std::vector<std::string>& names, std::string_view what) {
  if (names.empty()) return all;
  std::vector<Item> some;
  for (const std::string& name : names) {
    const auto found = std::ranges::find(all, name, &Item::name);
    if (found == all.end()) throw UsageError(unknown_name(all, name, what));
    some.push_back(*found);
  }
  return some;
}

template <class Item>
void print_names(const std::vector<Item>& items) {
  for (const Item& item : items) fmt::print("{}\n", item.name);
}

template <class Item>
std::size_t widest_name(const std::vector<Item>& items) {
  std::size_t widest = 0;
  for (const Item& item : items) widest = std::max(widest, item.name.size());
  return widest;
}

void print_heading(std::string_view heading) {
  const bool colour = may_colour(STDOUT_FILENO);
  fmt::print("{}{}{}\n", colour ? "\x1b[1m" : "", heading, colour ? "\x1b[0m" : "");
}

void print_table(std::vector<FilterDescription> filters) {
  std::ranges::sort(filters, {}, [](const FilterDescription& filter) { return std::pair(filter.group, filter.name); });
  const std::size_t width = widest_name(filters);
  std::string_view group;
  for (const FilterDescription& filter : filters) {
    if (filter.group != group) print_heading(filter.group);
    group = filter.group;
    fmt::print("  {:{}}  {}\n", filter.name, width, filter.help);
  }
}

void print_in_full(const FilterDescription& filter) {
  print_heading(usage_of(filter));
  fmt::print("  {}\n", filter.help);
  if (filter.most_inputs > 1)
    fmt::print("  joins {}{} pictures: {{chain; chain}} | {}\n", filter.least_inputs,
               filter.most_inputs > filter.least_inputs ? " or more" : "", filter.name);
  for (const auto& parameter : filter.parameters)
    fmt::print("    {}: {} ({}{})\n", parameter.name, parameter.help, parameter.takes,
               parameter.standard.empty() ? "" : "; else " + parameter.standard);
}

ordered_json as_json(const FilterDescription& filter) {
  ordered_json parameters = ordered_json::array();
  for (const auto& parameter : filter.parameters) {
    ordered_json entry = {{"name", parameter.name}, {"help", parameter.help}, {"takes", parameter.takes}};
    if (!parameter.standard.empty()) entry["standard"] = parameter.standard;
    parameters.push_back(std::move(entry));
  }
  return {{"name", filter.name},
          {"group", filter.group},
          {"help", filter.help},
          {"usage", usage_of(filter)},
          {"parameters", parameters},
          {"least_inputs", filter.least_inputs},
          {"most_inputs", filter.most_inputs}};
}

ordered_json as_json(const NamedKernel& named) {
  ordered_json rows = ordered_json::array();
  for (int row = 0; row < named.kernel.height; ++row) {
    const double* const first = &named.kernel.weights[static_cast<std::size_t>(row * named.kernel.width)];
    rows.push_back(std::vector<double>(first, first + named.kernel.width));
  }
  return {{"name", named.name},
          {"help", named.help},
          {"weights", rows},
          {"divisor", named.kernel.divisor},
          {"offset", named.kernel.offset}};
}

void print_in_full(const NamedKernel& named) {
  print_heading(named.name);
  fmt::print("  {}\n", named.help);
  for (int row = 0; row < named.kernel.height; ++row) {
    fmt::print("   ");
    for (int column = 0; column < named.kernel.width; ++column) fmt::print(" {:>4g}", named.kernel.at(row, column));
    fmt::print("\n");
  }
  if (named.kernel.divisor != 1) fmt::print("    / {:g}\n", named.kernel.divisor);
}

template <class Item>
void print_json(const std::vector<Item>& items) {
  ordered_json list = ordered_json::array();
  for (const Item& item : items) list.push_back(as_json(item));
  fmt::print("{}\n", list.dump(2));
}

/// True if the list was asked for as JSON or as names, and is printed.
template <class Item>
bool print_for_programs(const std::vector<Item>& items, const ListOptions& options) {
  if (options.json) {
    print_json(items);
  } else if (options.bare) {
    print_names(items);
  }
  return options.json || options.bare;
}

}  // namespace

int list_filters(const ListOptions& options) {
  const std::vector<FilterDescription> filters = chosen(image::describe_filters(), options.names, "filter");
  if (print_for_programs(filters, options)) return all_good;
  if (options.names.empty()) print_table(filters);
  if (options.names.empty()) fmt::print("\ncogent filters NAME says what a filter takes.\n");
  for (const FilterDescription& filter : filters) {
    if (!options.names.empty()) print_in_full(filter);
  }
  return all_good;
}

int list_kernels(const ListOptions& options) {
  const auto all = image::named_kernels();
  const auto kernels = chosen(std::vector<NamedKernel>(all.begin(), all.end()), options.names, "kernel");
  if (print_for_programs(kernels, options)) return all_good;
  if (!options.names.empty()) {
    for (const NamedKernel& kernel : kernels) print_in_full(kernel);
    return all_good;
  }
  const std::size_t width = widest_name(kernels);
  for (const NamedKernel& named : kernels)
    fmt::print("  {:{}}  {}x{}  {}\n", named.name, width, named.kernel.width, named.kernel.height, named.help);
  fmt::print("\nconvolve(NAME) applies one; cogent kernels NAME shows its weights.\n");
  return all_good;
}

}  // namespace cogent::cli
