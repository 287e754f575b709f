// Calls of filters, checked against a table of filters.
#pragma once
#include <cstddef>
#include <optional>
#include <span>
#include <string>

#include "filter.h"

namespace cogent::image::text {

using FilterTable = std::span<const Filter* const>;

/// What is wrong with a call: at one of its arguments, or at the filter's name.
struct CallError {
  std::string message;
  std::optional<std::size_t> argument = {};
};

/// Null if there is none of that name.
const Filter* find(FilterTable filters, std::string_view name);
/// The filter of that name. Throws CallError with what was perhaps meant; `further` names count for that.
const Filter& find_or_fail(FilterTable filters, std::string_view name, std::span<const std::string_view> further = {});
/// "3 or 5", "90, 180 or 270".
std::string one_of(std::span<const int> integers);
/// As cogent::image::check_call. Throws CallError.
Call check_arguments(const Filter& filter, const Call& call);

}  // namespace cogent::image::text
