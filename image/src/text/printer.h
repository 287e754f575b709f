// The text of a pipeline in canonical form.
#pragma once
#include <string>
#include <vector>

#include "text/check.h"

namespace cogent::image::text {

/// Leading arguments by position, the others by name; what holds anyway is left out already. `identity` without steps.
std::string print(const std::vector<Step>& steps, FilterTable filters);

/// One argument's value as it is written in a pipeline.
std::string printed_value(const ArgumentValue& value);

}  // namespace cogent::image::text
