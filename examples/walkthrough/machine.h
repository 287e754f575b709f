// Where and when the figures were measured.
#pragma once

#include <string>

namespace walkthrough {

struct Machine {
  std::string cpu;
  int cores = 0;
  double load = 0;  // of the last minute, before this program began to measure
  std::string compiler;
  std::string system;
  std::string date;  // of now, in UTC
};

Machine describe_machine();

}  // namespace walkthrough
