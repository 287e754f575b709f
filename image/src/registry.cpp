// The table of all filters, and calls checked against it.
#include <algorithm>

#include "filter.h"
#include "filters/all.h"
#include "text/check.h"

namespace cogent::image {

std::span<const Filter* const> all_filters() {
  static const std::vector<const Filter*> filters = [] {
    std::vector<const Filter*> list;
    list.reserve(filters::all.size());
    for (const auto filter : filters::all) list.push_back(&filter());
    std::ranges::sort(list, {}, &Filter::name);
    return list;
  }();
  return filters;
}

const Filter* find_filter(std::string_view name) { return text::find(all_filters(), name); }

Call check_call(const Call& call) {
  try {
    return text::check_arguments(text::find_or_fail(all_filters(), call.filter), call);
  } catch (const text::CallError& error) {
    throw PipelineError(error.message);
  }
}

}  // namespace cogent::image
