// Times as a bar chart in SVG.
#pragma once

#include <string>
#include <vector>

namespace walkthrough {

struct Bar {
  std::string label;
  double microseconds = 0;
  std::string style;  // the class that colours it
};

// All bars on one linear scale that ends at the longest one.
std::string bar_chart(const std::string& title, const std::vector<Bar>& bars);

}  // namespace walkthrough
