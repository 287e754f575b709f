// What `fuzz` is asked to do.
#pragma once
#include <cstdint>
#include <filesystem>
#include <limits>

namespace cogent::fuzz {

struct Options {
  double seconds = 60;
  std::uint64_t seed = 1;  // of the first program; the next ones follow
  std::uint64_t programs = std::numeric_limits<std::uint64_t>::max();
  int sample = 20;                            // programs whose printed source is compiled, however long it takes
  std::filesystem::path folder = "out/fuzz";  // of the failing programs
};

/// Reads `--seconds=60 --seed=1 --programs=1000 --sample=20 --folder=out/fuzz`. Throws std::runtime_error.
Options parse_options(int argc, char** argv);

}  // namespace cogent::fuzz
