// Twelve filters of the picture library, each a pipeline from text, on the walkthrough's picture.
#pragma once

#include <string>
#include <vector>

#include "picture.h"

namespace walkthrough {

struct FilteredPicture {
  std::string pipeline;
  Picture result;
  double microseconds_to_generate;
  double microseconds_to_run;  // the fastest of several calls
};

std::vector<FilteredPicture> make_contact_sheet(const Picture& color);

}  // namespace walkthrough
