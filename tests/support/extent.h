// How much a test does: a sample, or everything when the environment sets COGENT_TEST_ALL=1.
#pragma once
#include <cstdlib>

namespace cogent::testing {

inline bool in_full() { return std::getenv("COGENT_TEST_ALL") != nullptr; }

template <class Number>
Number sample_or_all(Number sample, Number all) {
  return in_full() ? all : sample;
}

}  // namespace cogent::testing
