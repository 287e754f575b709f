// `make bench` runs this: each gallery program against the plain function beside it, called in turn.
#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <optional>

#include "../../examples/support/cpu_model.h"
#include "programs.h"

namespace bench {
namespace {

using examples::Contender;
using examples::Times;

constexpr int rounds = 200;
constexpr double shortest_measurement = 20;  // microseconds; what is shorter is called several times
constexpr double most_microseconds_to_generate = 100;

using Maker = GalleryProgram (*)();
constexpr Maker makers[] = {bench_power_of_ints,
                            bench_power_of_doubles,
                            bench_dot_product,
                            bench_matrix_vector,
                            bench_polynomial,
                            bench_histogram,
                            bench_lookup,
                            bench_game_of_life,
                            bench_sorting_network,
                            bench_interpreter,
                            bench_find_character,
                            bench_find_literal,
                            bench_find_wildcards,
                            bench_printer,
                            bench_matrix_multiply_8,
                            bench_matrix_multiply_48};

Contender contender(const std::function<void()>& call) {
  Contender once{call};
  time_once(once);
  const double microseconds = time_once(once);
  once.budget = 300e3;
  once.repetitions =
      microseconds < shortest_measurement ? static_cast<int>(shortest_measurement / microseconds) + 1 : 1;
  return once;
}

std::vector<Times> time_all(const GalleryProgram& program) {
  std::vector<Contender> contenders = {contender(program.call)};
  for (const Rival& rival : program.rivals) contenders.push_back(contender(rival.call));
  return examples::time_in_turn(contenders, rounds);
}

// Sends stdout to /dev/null while this object lives.
class SilencedStdout {
 public:
  SilencedStdout() : kept_(dup(STDOUT_FILENO)) {
    std::fflush(stdout);
    const int nowhere = open("/dev/null", O_WRONLY);
    dup2(nowhere, STDOUT_FILENO);
    close(nowhere);
  }
  ~SilencedStdout() {
    std::fflush(stdout);
    dup2(kept_, STDOUT_FILENO);
    close(kept_);
  }
  SilencedStdout(const SilencedStdout&) = delete;
  SilencedStdout& operator=(const SilencedStdout&) = delete;

 private:
  int kept_;
};

double time_generating(const GalleryProgram& program) {
  int number = 0;
  const Contender contender{[&] { program.generate(number); }, [&] { program.prepare(++number); }};
  return examples::time_in_turn({&contender, 1}, rounds).front().median;
}

const char* judged(bool met) { return met ? "met" : "MISSED"; }

// Whether the program met its target.
bool is_best_general(const Rival& rival) { return rival.is_natural && rival.name.ends_with(" -O3"); }

bool report(const GalleryProgram& program) {
  std::optional<SilencedStdout> silenced;
  if (program.prints) silenced.emplace();
  const std::vector<Times> times = time_all(program);
  silenced.reset();
  const double generating = time_generating(program);
  const double own = times[0].median;
  std::size_t best = 0;
  for (std::size_t i = 0; i < program.rivals.size(); ++i)
    if (is_best_general(program.rivals[i]) && (best == 0 || times[i + 1].median < times[best].median)) best = i + 1;
  const double ratio = best == 0 ? 0 : times[best].median / own;
  const bool agrees = program.agrees();
  std::printf("%-18s %9.3f us %8.2f x  >= %-4g %-7s %7.1f us %-7s %s\n", program.name.c_str(), own, ratio,
              program.target, judged(ratio >= program.target), generating,
              judged(generating < most_microseconds_to_generate), program.work.c_str());
  for (std::size_t i = 0; i < program.rivals.size(); ++i)
    std::printf("    %-30s %9.3f us %7.2f x\n", program.rivals[i].name.c_str(), times[i + 1].median,
                times[i + 1].median / own);
  if (!agrees) std::puts("    THE RESULTS DIFFER");
  return agrees;
}

}  // namespace
}  // namespace bench

// Arguments: parts of the names of the programs to run; none: all.
int main(int argc, char** argv) {
  const examples::PinnedToOneCore pinned;
  std::printf(
      "The gallery on %s: a call, how many times as fast as the best of the compilers' -O3, generating;\n"
      "met, MISSED: the targets that this project has set itself\n",
      examples::cpu_model().c_str());
  bool all_agree = true;
  for (const auto maker : bench::makers) {
    const bench::GalleryProgram program = maker();
    bool wanted = argc == 1;
    for (int i = 1; i < argc; ++i) wanted = wanted || program.name.find(argv[i]) != std::string::npos;
    if (wanted) all_agree = bench::report(program) && all_agree;
  }
  return all_agree ? 0 : 1;
}
