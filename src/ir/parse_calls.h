// Reads the calls of a program's text.
#pragma once
#include <optional>

#include "ir/parse_values.h"

namespace cogent::ir {

/// The call that begins here, as a statement to append, its callee and arguments added to the program; nothing if none
/// begins here.
std::optional<Statement> parse_call(Program& program, TokenStream& in, ValueParser& values);

}  // namespace cogent::ir
