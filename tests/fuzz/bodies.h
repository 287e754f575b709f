// Random bodies through the public front end: plain run, interpreter and machine code, side by side.
#pragma once
#include <cstdint>
#include <string>

namespace cogent::fuzz {

struct BodyVerdict {
  bool is_compared = true;  // false: it is found to be at fault before it runs
  std::string problem = {};
};

/// What is wrong with the body of this seed, on random arguments and at a random CPU level; no problem if nothing is.
BodyVerdict try_body(std::uint64_t seed);

}  // namespace cogent::fuzz
