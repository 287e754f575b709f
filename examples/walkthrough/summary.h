// The walkthrough's facts in a few lines of text.
#pragma once

#include <string>

#include "page.h"

namespace walkthrough {

std::string to_summary(const Walkthrough& walkthrough);

}  // namespace walkthrough
