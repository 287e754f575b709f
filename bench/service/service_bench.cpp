// Cached calls from two threads against one, and the memory of a process that makes a million specialisations.
#include <cogent/cogent.h>
#include <pthread.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <thread>
#include <vector>

using namespace cogent;

namespace {

using Clock = std::chrono::steady_clock;

GeneratedFunction scale("scale",
                        [](GeneratedCodeBlock&, Value<int> x, int factor) -> Value<int> { return x * factor + 1; });

double seconds_since(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

double median(std::vector<double> samples) {
  std::ranges::nth_element(samples, samples.begin() + static_cast<std::ptrdiff_t>(samples.size() / 2));
  return samples[samples.size() / 2];
}

// ---- threads

void pin_to(unsigned core) {
  cpu_set_t cores;
  CPU_ZERO(&cores);
  CPU_SET(core, &cores);
  pthread_setaffinity_np(pthread_self(), sizeof cores, &cores);
}

// Calls a second, all threads together, each thread on a core of its own.
double cached_calls_per_second(unsigned threads) {
  constexpr int calls = 1'000'000;
  std::atomic<unsigned> ready = 0;
  std::atomic<bool> go = false;
  std::atomic<int> sum = 0;
  std::vector<std::thread> workers;
  for (unsigned i = 0; i < threads; ++i)
    workers.emplace_back([&, i] {
      pin_to(i);
      int value = scale(1, 3);
      ready.fetch_add(1);
      while (!go.load()) continue;
      for (int call = 0; call < calls; ++call) value = scale(value, 3);
      sum += value;
    });
  while (ready.load() != threads) std::this_thread::yield();
  const auto begin = Clock::now();
  go.store(true);
  for (std::thread& worker : workers) worker.join();
  return threads * static_cast<double>(calls) / seconds_since(begin);
}

void show_threads() {
  constexpr int rounds = 11;
  if (std::thread::hardware_concurrency() < 2) return void(std::puts("One core only: no threads to compare."));
  std::vector<double> one, two;
  for (int round = 0; round < rounds; ++round) {
    one.push_back(cached_calls_per_second(1));
    two.push_back(cached_calls_per_second(2));
  }
  const double ratio = median(two) / median(one);
  std::printf("Cached calls of the same function, median of %d rounds\n", rounds);
  std::printf("  one thread   %6.1f million a second\n", median(one) / 1e6);
  std::printf("  two threads  %6.1f million a second   %.2f x   >= 1.8 %s\n\n", median(two) / 1e6, ratio,
              ratio >= 1.8 ? "met" : "MISSED");
}

// ---- memory

double resident_mebibytes() {
  std::ifstream file("/proc/self/statm");
  long whole = 0, resident = 0;
  file >> whole >> resident;
  return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE)) / (1 << 20);
}

// The cache's limit is 64 MiB: the memory grows until it is full, and must stay as it is then.
void show_memory() {
  constexpr int specialisations = 1'000'000, step = 50'000, full = 400'000;
  double when_full = 0, largest = 0;
  std::puts("Memory of a process that makes a million different specialisations");
  const auto begin = Clock::now();
  for (int factor = 1; factor <= specialisations; ++factor) {
    if (scale(1, factor) != factor + 1) return void(std::puts("  a wrong result"));
    if (factor % step != 0) continue;
    const double now = resident_mebibytes();
    if (factor == full) when_full = now;
    if (factor > full) largest = std::max(largest, now);
    std::printf("  %7d  %6.1f MiB  %s\n", factor, now, std::string(static_cast<std::size_t>(now / 2), '#').c_str());
  }
  const double growth = largest / when_full;
  std::printf("  %.1f us each; largest after %d: %.3f x   <= 1.05 %s\n", seconds_since(begin) * 1e6 / specialisations,
              full, growth, growth <= 1.05 ? "met" : "MISSED");
}

}  // namespace

int main() {
  show_threads();
  show_memory();
}
