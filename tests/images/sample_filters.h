// A small table of filters for tests of the text: every kind of parameter, joins.
#pragma once
#include "text/check.h"

namespace cogent::testing {

image::text::FilterTable sample_filters();

/// The message of the error that parsing gives; what it gave instead, if it gave none.
std::string parse_error(std::string_view text);
/// The canonical text of a text, checked against sample_filters().
std::string canonical(std::string_view text);

}  // namespace cogent::testing
