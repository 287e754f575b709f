// Numbers as people write them.
#pragma once
#include <string>

#include "ir/type.h"

namespace cogent::ir {

/// A canonical value in decimal: floats with the fewest digits that give the same value again and, if they are finite,
/// a point or an exponent; "inf", "-inf" and "nan".
std::string number_text(std::int64_t canonical, Type type);

}  // namespace cogent::ir
