// What is made of a failing program: reduced, bisected to a rewrite, kept as a text test.
#pragma once
#include <filesystem>
#include <functional>
#include <string>

#include "fuzz/contest.h"

namespace cogent::fuzz {

/// How many rewrites have to be made for `fails` to hold, from 1 on; 0: it holds without any.
std::uint32_t bisect(std::uint32_t rewrites, const std::function<bool(std::uint32_t fuel)>& fails);

struct Failure {
  std::uint64_t seed = 0;
  std::string text;  // of the reduced program, with lines
  testing::Inputs inputs;
  optimize::PassSet disabled = 0;
  Mismatch mismatch;    // of the reduced program
  std::string rewrite;  // the one that makes the difference; empty: none does
};

/// Requires that the contest finds a mismatch on the program.
Failure examine(Contest& contest, std::uint64_t seed, const ir::Program& program, const Setup& setup);

/// Writes a text test (tests/programs) that passes once the mistake is mended, and gives its path.
std::filesystem::path save(const Failure& failure, const std::filesystem::path& folder);

}  // namespace cogent::fuzz
