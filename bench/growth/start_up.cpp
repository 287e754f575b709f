// What a process pays for the library before main(), and for its first generated function: of twenty fresh processes.
#include <cogent/cogent.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;
using Microseconds = std::chrono::duration<double, std::micro>;

constinit Clock::time_point first_moment;

// Before all other initialisers of the program, which are the library's.
[[gnu::constructor(101)]] void begin() { first_moment = Clock::now(); }

struct Times {
  double initialisers, first_call;
};

int measure(Clock::time_point main_begins) {
  const cogent::GeneratedFunction twice("twice",
                                        [](cogent::GeneratedCodeBlock&, cogent::Value<int> x) { return x * 2; });
  const bool is_right = twice(21) == 42;
  const Microseconds before = main_begins - first_moment, call = Clock::now() - main_begins;
  std::printf("%f %f\n", before.count(), call.count());
  return is_right ? 0 : 1;
}

Times of_fresh_process(const char* program) {
  Times times{};
  FILE* const output = popen((std::string("'") + program + "' once").c_str(), "r");
  if (output == nullptr || std::fscanf(output, "%lf %lf", &times.initialisers, &times.first_call) != 2) std::abort();
  pclose(output);
  return times;
}

double median(std::vector<Times> all, double Times::* time) {
  std::ranges::sort(all, {}, time);
  return all[all.size() / 2].*time;
}

}  // namespace

int main(int count, char** arguments) {
  const Clock::time_point begins = Clock::now();
  if (count > 1) return measure(begins);
  std::vector<Times> all(20);
  for (Times& times : all) times = of_fresh_process(arguments[0]);
  const double before = median(all, &Times::initialisers);
  std::printf("Static initialisers before main: %.2f us   <= 50 %s; making and calling a first function: %.0f us\n\n",
              before, before <= 50 ? "met" : "MISSED", median(all, &Times::first_call));
}
