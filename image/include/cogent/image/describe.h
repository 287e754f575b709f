// What filters there are, for lists and help.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cogent::image {

/// A parameter of a filter, in words.
struct ParameterDescription {
  std::string_view name;
  std::string_view help;
  std::string takes;     ///< "number from 0.1 to 100", "3 or 5", "one of x, y", "kernel"
  std::string standard;  ///< what holds if it is not given, as it is written in a pipeline; empty: it must be given
};

/// A filter, in words.
struct FilterDescription {
  std::string_view name;
  std::string_view group;  ///< a heading: "blur", "edges", "colour" ...
  std::string_view help;   ///< one line
  std::vector<ParameterDescription> parameters;
  int least_inputs = 1, most_inputs = 1;  ///< pictures that it joins
};

/// All filters, by name.
std::vector<FilterDescription> describe_filters();
/// How a call of the filter is written: "gaussian(sigma, border=reflect101)".
std::string usage_of(const FilterDescription& filter);
/// "; did you mean 'gaussian'?" for the nearest of the candidates, or nothing if none is near.
std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace cogent::image
