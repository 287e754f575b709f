// Reads the text of a pipeline.
#pragma once
#include <string_view>

#include "text/check.h"

namespace cogent::image::text {

constexpr std::size_t longest_text = 1 << 20;  ///< characters
constexpr int deepest_nesting = 64;            ///< of branches and parentheses
constexpr std::size_t most_steps = 1024;       ///< branches and the steps of definitions count wherever they are used

/// The pipeline of a text: `let name = chain;` as often as wanted, then a chain. Throws PipelineError with the place.
Pipeline parse(std::string_view text, FilterTable filters);

}  // namespace cogent::image::text
