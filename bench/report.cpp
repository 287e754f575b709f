// The table of ratios: medians of what was called in turn, and the targets that the project has set itself.
#include "report.h"

#include <cstdio>
#include <map>
#include <optional>

#include "../examples/support/cpu_model.h"
#include "measurements.h"
#include "x86/cpu_features.h"

namespace bench {
namespace {

using examples::Kernel;
using Targets = std::map<std::string, double>;

const Targets generate_at_most = {{"sobel_x", 15}, {"dense3", 15}, {"dense9", 60}, {"dense15", 150}};
const Targets first_call_times_opencv = {{"sobel_x", 6}, {"sharpen", 6}, {"laplacian", 6},
                                         {"emboss", 6},  {"dense3", 6},  {"dense5", 9}};
const std::map<std::string, Targets> steady_times_memcpy = {
    {"892x468", {{"sobel_x", 2.2}, {"dense3", 2.8}, {"dense5", 6.8}}},
    {"1920x1080", {{"sobel_x", 1.15}, {"sharpen", 1.15}, {"laplacian", 1.15}, {"emboss", 1.15}, {"dense3", 1.15}}}};
constexpr double cache_hit_nanoseconds_at_most = 100;

template <class... Arguments>
std::string format(const char* pattern, Arguments... arguments) {
  char text[256];
  std::snprintf(text, sizeof text, pattern, arguments...);
  return text;
}

std::optional<double> target(const Targets& targets, const std::string& name) {
  const auto found = targets.find(name);
  return found == targets.end() ? std::nullopt : std::optional(found->second);
}

// "<= 15 met", ">= 6 MISSED", or nothing where no target is set.
std::string judged(double value, std::optional<double> limit, bool at_most) {
  if (!limit) return "";
  const bool met = at_most ? value <= *limit : value >= *limit;
  return format("%s %-4g %s", at_most ? "<=" : ">=", *limit, met ? "met" : "MISSED");
}

std::string generate_table() {
  std::string rows;
  for (const Kernel& kernel : kernels())
    if (const examples::Times* times = measured_generate(kernel.name))
      rows += format("  %-10s %8.1f us   %s\n", kernel.name.c_str(), times->median,
                     judged(times->median, target(generate_at_most, kernel.name), true).c_str());
  return rows.empty() ? rows : "\nGenerate + compile a never-seen kernel, median\n" + rows;
}

std::string first_call_table(const std::string& size, const Targets& targets) {
  std::string rows;
  for (const Kernel& kernel : kernels())
    if (const FirstCall* group = measured_first_call(kernel.name, size)) {
      const double ratio = group->opencv.median / group->cogent.median;
      rows += format("  %-10s %9.1f %9.1f %8.1f x %8.1f x  %s\n", kernel.name.c_str(), group->cogent.median,
                     group->opencv.median, ratio, group->opencv.minimum / group->cogent.minimum,
                     judged(ratio, target(targets, kernel.name), false).c_str());
    }
  if (rows.empty()) return rows;
  return format("\nFirst call of a never-seen kernel, %s, median in us\n  %-10s %9s %9s %10s %10s\n", size.c_str(), "",
                "cogent", "filter2D", "faster", "(min)") +
         rows;
}

std::string described_peer(const Steady& group) {
  if (group.opencv_differences == 0) return group.opencv_call + ", same result";
  return group.opencv_call + format(", %ld pixels differ by up to %d", static_cast<long>(group.opencv_differences),
                                    group.largest_opencv_difference);
}

std::string steady_row(const Kernel& kernel, const Steady& group, const Targets& targets) {
  const double by_minimum = group.cogent.minimum / group.memcpy.minimum;
  return format("  %-10s %9.1f %9.1f %9.0f %9.1f %9.2f %9.2f  %-13s %7.1f %7.0f   %s\n", kernel.name.c_str(),
                group.cogent.median, group.opencv.median, group.naive.median, group.memcpy.median,
                group.cogent.median / group.memcpy.median, by_minimum,
                judged(by_minimum, target(targets, kernel.name), true).c_str(),
                group.opencv.median / group.cogent.median, group.naive.median / group.cogent.median,
                described_peer(group).c_str());
}

std::string steady_table(const std::string& size, const Targets& targets) {
  std::string rows;
  for (const Kernel& kernel : kernels())
    if (const Steady* group = measured_steady(kernel.name, size)) rows += steady_row(kernel, *group, targets);
  if (rows.empty()) return rows;
  return format(
             "\nSteady, %s: medians in us; ratio to memcpy by median and by minimum; ratio of the others to cogent\n",
             size.c_str()) +
         format("  %-10s %9s %9s %9s %9s %9s %9s  %-13s %7s %7s   %s\n", "", "cogent", "opencv", "naive", "memcpy",
                "x memcpy", "(min)", "", "opencv", "naive", "OpenCV's call") +
         rows;
}

std::string single_figures() {
  std::string rows;
  if (const examples::Times* times = measured_cache_hit())
    rows += format("  whole call on a 64x1 picture, cached  %6.0f ns   %s\n", times->median * 1000,
                   judged(times->median * 1000, cache_hit_nanoseconds_at_most, true).c_str());
  if (const FirstCall* group = measured_fresh_process())
    rows += format("  first call in a fresh process         %6.0f us   OpenCV %.0f us, %s", group->cogent.median,
                   group->opencv.median, group->cogent.median < group->opencv.median ? "met\n" : "MISSED\n");
  return rows.empty() ? rows : "\nOther figures, median\n" + rows;
}

}  // namespace

std::string report() {
  std::string text = "\n" + examples::cpu_model() + ", code for " + cogent::x86::name(cogent::x86::cpu_level()) +
                     "\nmet, MISSED: the targets that this project has set itself\n";
  text += generate_table();
  for (const Size size : sizes()) {
    const bool is_judged = size.name() == "892x468";
    text += first_call_table(size.name(), is_judged ? first_call_times_opencv : Targets{});
  }
  for (const Size size : sizes()) {
    const auto targets = steady_times_memcpy.find(size.name());
    text += steady_table(size.name(), targets == steady_times_memcpy.end() ? Targets{} : targets->second);
  }
  return text + single_figures();
}

}  // namespace bench
