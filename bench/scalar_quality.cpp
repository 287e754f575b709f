// Compiles the printed sources of all loops at once, when the first of them is asked for.
#include "scalar_quality.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <optional>

#include "compiled_library.h"

namespace bench {
namespace {

constexpr int rounds = 100;
constexpr double ratio_at_most = 1.5, checks_at_most = 1.25;

std::map<std::string, ScalarQuality>& measured() {
  static std::map<std::string, ScalarQuality> all;
  return all;
}

const CompiledLibrary& library() {
  static const CompiledLibrary compiled([] {
    std::vector<std::string> sources;
    for (const ScalarLoop& loop : scalar_loops()) sources.push_back(loop.source());
    return sources;
  }());
  return compiled;
}

ScalarQuality measure(const ScalarLoop& loop) {
  const ScalarCall generated = loop.generated(), compiled = loop.compiled(library().function(loop.name));
  const examples::PinnedToOneCore pinned;
  const std::vector<examples::Contender> contenders = {{generated.run, generated.prepare},
                                                       {compiled.run, compiled.prepare}};
  const std::vector<examples::Times> times = examples::time_in_turn(contenders, rounds);
  return {times[0], times[1], loop.differ(generated, compiled)};
}

std::optional<CostOfChecks>& measured_cost_of_checks() {
  static std::optional<CostOfChecks> cost;
  return cost;
}

CostOfChecks measure_cost_of_checks() {
  const auto& loops = scalar_loops();
  const auto lookup =
      std::find_if(loops.begin(), loops.end(), [](const ScalarLoop& loop) { return loop.name == "table_lookup"; });
  const ScalarCall checked = lookup->generated(), unchecked = unchecked_table_lookup().generated();
  const examples::PinnedToOneCore pinned;
  const std::vector<examples::Contender> contenders = {{checked.run, checked.prepare},
                                                       {unchecked.run, unchecked.prepare}};
  const std::vector<examples::Times> times = examples::time_in_turn(contenders, rounds);
  return {times[0], times[1]};
}

const char* judged(double value, double limit) { return value <= limit ? "met" : "MISSED"; }

}  // namespace

const CostOfChecks& cost_of_checks() {
  auto& cost = measured_cost_of_checks();
  if (!cost) cost = measure_cost_of_checks();
  return *cost;
}

const ScalarQuality& scalar_quality(const ScalarLoop& loop) {
  const auto found = measured().find(loop.name);
  return found != measured().end() ? found->second : measured().emplace(loop.name, measure(loop)).first->second;
}

std::string scalar_quality_table() {
  std::string rows;
  char row[160];
  double sum_of_logarithms = 0;
  int count = 0;
  for (const ScalarLoop& loop : scalar_loops()) {
    const auto found = measured().find(loop.name);
    if (found == measured().end()) continue;
    const ScalarQuality& quality = found->second;
    sum_of_logarithms += std::log(quality.ratio());
    ++count;
    std::snprintf(row, sizeof row, "  %-20s %9.1f %9.1f %8.2f%s\n", loop.name.c_str(), quality.generated.median,
                  quality.compiled.median, quality.ratio(), quality.differs ? "  THE RESULTS DIFFER" : "");
    rows += row;
  }
  if (count == 0) return rows;
  const double mean = std::exp(sum_of_logarithms / count);
  std::snprintf(row, sizeof row, "  %-20s %28.2f   <= %g %s\n", "geometric mean", mean, ratio_at_most,
                judged(mean, ratio_at_most));
  rows += row;
  if (measured_cost_of_checks()) {
    const CostOfChecks& cost = cost_of_checks();
    std::snprintf(row, sizeof row, "  %-20s %9.1f %9.1f %8.2f   <= %g %s\n", "look-ups, unchecked", cost.checked.median,
                  cost.unchecked.median, cost.ratio(), checks_at_most, judged(cost.ratio(), checks_at_most));
    rows += row;
  }
  return "\nScalar code: machine code and g++ -O1 on the printed source, medians in us, ratio\n" + rows;
}

}  // namespace bench
