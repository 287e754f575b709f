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

constexpr int rounds = 60, most_repetitions = 40;
constexpr double measurement =
    50;  // microseconds: longer ones rarely go undisturbed on a machine that does other things
constexpr double most_microseconds_to_generate = 40;

// The compilers use what the generated code may use.
std::string options() {
  const char* level = std::getenv("COGENT_CPU");
  const bool is_avx2 = level != nullptr && std::strcmp(level, "avx2") == 0;
  return is_avx2 ? " -O3 -march=x86-64-v3" : " -O3 -march=native";
}

double time_generating(const bench::LaneLoop& loop) {
  std::size_t number = 0;
  const examples::Contender contender{[&] { loop.generate(number); }, [&] { ++number; }};
  return examples::time_in_turn({&contender, 1}, rounds).front().median;
}

int repetitions_of(const examples::Contender& contender) {
  const double once = examples::time_in_turn({&contender, 1}, 3).front().minimum;
  return std::clamp(static_cast<int>(measurement / once), 1, most_repetitions);
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
  std::printf("%-22s %9s %9s %9s %14s %10s   (us: minima, of generating medians)\n", "lanes/", "cogent", "g++", "clang",
              "best / cogent", "generating");
  for (const bench::LaneLoop& loop : loops) {
    if (!is_asked_for(loop.name)) continue;
    void* const functions[] = {by_gcc.function(loop.name), by_clang.function(loop.name)};
    std::vector<examples::Contender> contenders(3);
    contenders[0].call = loop.generated();
    for (int i = 0; i < 2; ++i) contenders[i + 1].call = loop.compiled(functions[i]);
    for (examples::Contender& contender : contenders) contender.repetitions = repetitions_of(contender);
    const auto times = examples::time_in_turn(contenders, rounds);
    const double ratio = std::min(times[1].minimum, times[2].minimum) / times[0].minimum;
    logarithms += std::log(ratio);
    ++measured;
    const double generating = time_generating(loop);
    std::printf("%-22s %9.3f %9.3f %9.3f %14.2f %10.1f%s%s\n", loop.name.c_str(), times[0].minimum, times[1].minimum,
                times[2].minimum, ratio, generating,
                generating <= most_microseconds_to_generate ? "" : "  MISSED: at most 40",
                loop.agree(functions[0]) ? "" : "  THE RESULTS DIFFER");
    if (explains) std::printf("%s\n", loop.explain().c_str());
  }
  if (measured != 0) std::printf("%-22s %44.2f\n", "geometric mean", std::exp(logarithms / measured));
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
