// What a seed stands for: a random program, what it is run on, and which passes optimise it.
#pragma once
#include <cstdint>

#include "fuzz/contest.h"
#include "ir/program.h"

namespace cogent::fuzz {

struct Subject {
  ir::Program program;
  Setup setup;
};

Subject make_subject(std::uint64_t seed);

}  // namespace cogent::fuzz
