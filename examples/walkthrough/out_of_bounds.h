// Three mistakes with an index, really made, and what the user is told.
#pragma once

#include <string>
#include <vector>

#include "picture.h"
#include "source_excerpt.h"

namespace walkthrough {

struct Incident {
  std::string title;
  std::string story;           // what was called, in words
  Excerpt code;                // the function with the mistake
  std::string kind = {};       // the error's class; empty when, against all expectation, nothing was thrown
  std::string message = {};    // what the user is told
  int line = 0;                // where, in the file of `code`
  std::string next_call = {};  // what the function gave when it was called rightly afterwards
};

std::vector<Incident> provoke_incidents(const Picture& gray);

}  // namespace walkthrough
