// The page: everything the walkthrough found out, in one HTML file that needs no other.
#pragma once

#include <string>
#include <vector>

#include "experiment.h"
#include "machine.h"
#include "out_of_bounds.h"
#include "picture.h"

namespace walkthrough {

struct Walkthrough {
  std::string picture_name;
  Picture color;
  Picture gray;
  Machine machine;
  std::vector<Experiment> experiments;  // the first is told at length
  std::vector<Incident> incidents;
};

std::string to_page(const Walkthrough& walkthrough);

}  // namespace walkthrough
