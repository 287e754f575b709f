// Times each loop as generated and as g++ and clang compile its printed source, in turn, and prints how the generated
// code compares with the better of the two. Names of loops as arguments: only those; --explain: and how they are done.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>

#include "compiled_library.h"
#include "examples/support/interleaved_rounds.h"
#include "lanes/loops.h"

namespace {

constexpr int rounds = 60, repetitions = 40;

// The compilers use what the generated code may use.
std::string options() {
  const char* level = std::getenv("COGENT_CPU");
  const bool is_avx2 = level != nullptr && std::strcmp(level, "avx2") == 0;
  return is_avx2 ? " -O3 -march=x86-64-v3" : " -O3 -march=native";
}

void run(int count, char** words) {
  const auto is_asked_for = [&](const std::string& name) {
    bool any = false, this_one = false;
    for (int i = 1; i < count; ++i) {
      any = any || words[i][0] != '-';
      this_one = this_one || name == words[i];
    }
    return !any || this_one;
  };
  const bool explains =
      std::any_of(words + 1, words + count, [](const char* word) { return !std::strcmp(word, "--explain"); });
  const std::vector<bench::LaneLoop> loops = bench::lane_loops();
  std::vector<std::string> sources;
  for (const bench::LaneLoop& loop : loops) sources.push_back(loop.source());
  const bench::CompiledLibrary by_gcc(sources, "g++" + options()), by_clang(sources, "clang++-19" + options());
  const examples::PinnedToOneCore pinned;
  double logarithms = 0;
  int measured = 0;
  std::printf("%-22s %9s %9s %9s  best / cogent   (minima in us)\n", "lanes/", "cogent", "g++", "clang");
  for (const bench::LaneLoop& loop : loops) {
    if (!is_asked_for(loop.name)) continue;
    void* const functions[] = {by_gcc.function(loop.name), by_clang.function(loop.name)};
    std::vector<examples::Contender> contenders(3);
    contenders[0].call = loop.generated();
    for (int i = 0; i < 2; ++i) contenders[i + 1].call = loop.compiled(functions[i]);
    for (examples::Contender& contender : contenders) contender.repetitions = repetitions;
    const auto times = examples::time_in_turn(contenders, rounds);
    const double ratio = std::min(times[1].minimum, times[2].minimum) / times[0].minimum;
    logarithms += std::log(ratio);
    ++measured;
    std::printf("%-22s %9.3f %9.3f %9.3f %8.2f%s\n", loop.name.c_str(), times[0].minimum, times[1].minimum,
                times[2].minimum, ratio, loop.agree(functions[0]) ? "" : "  THE RESULTS DIFFER");
    if (explains) std::printf("%s\n", loop.explain().c_str());
  }
  if (measured != 0) std::printf("%-22s %38.2f\n", "geometric mean", std::exp(logarithms / measured));
}

}  // namespace

int main(int count, char** words) {
  try {
    run(count, words);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
