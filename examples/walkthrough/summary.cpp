// The walkthrough's facts in a few lines of text.
#include "summary.h"

#include <algorithm>

#include "html.h"

namespace walkthrough {
namespace {

constexpr std::size_t label_width = 30;
constexpr std::size_t column_width = 12;

// Counts characters, not bytes: the continuation bytes of UTF-8 take no room.
std::size_t shown_width(const std::string& text) {
  return std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; });
}

std::string spaces_before(const std::string& text, std::size_t width) {
  return std::string(width - std::min(width, shown_width(text)), ' ');
}

template <class Cell>
std::string line(const std::string& label, const std::vector<Experiment>& experiments, Cell cell) {
  std::string text = "  " + label + spaces_before(label, label_width);
  for (const Experiment& experiment : experiments) {
    const std::string content = cell(experiment);
    text += spaces_before(content, column_width) + content;
  }
  return text + '\n';
}

std::string time_line(const std::string& label, const std::vector<Experiment>& experiments,
                      examples::Times Timings::* times) {
  return line(label, experiments, [times](const Experiment& e) { return time_text((e.timings.*times).median); });
}

}  // namespace

std::string to_summary(const Walkthrough& walkthrough) {
  const std::vector<Experiment>& experiments = walkthrough.experiments;
  std::string text = walkthrough.picture_name + ", " + std::to_string(walkthrough.gray.width) + " x " +
                     std::to_string(walkthrough.gray.height) + " gray, on " + walkthrough.machine.cpu + " (" +
                     experiments.front().listings.level + "); medians:\n\n";
  text += line("", experiments, [](const Experiment& e) { return e.title; });
  text += time_line("naive C++, -O2", experiments, &Timings::naive_o2);
  text += time_line("naive C++, -O3", experiments, &Timings::naive_o3);
  text += time_line("generated, a later call", experiments, &Timings::steady);
  text += time_line("generate + compile", experiments, &Timings::generate);
  text += time_line("first call, never-seen kernel", experiments, &Timings::first_call);
  text += time_line("picture to picture", experiments, &Timings::end_to_end);
  text += time_line("memcpy of the picture", experiments, &Timings::copy);
  text += line("naive -O3 / generated, minima", experiments, [](const Experiment& e) {
    return factor_text(e.timings.naive_o3.minimum / e.timings.steady.minimum) + " x";
  });
  text += line("results, bit for bit", experiments,
               [](const Experiment& e) { return e.differing_pixels == 0 ? "identical" : "DIFFERENT"; });
  text += "\nAn index out of bounds:\n";
  for (const Incident& incident : walkthrough.incidents)
    text += "  " + (incident.kind.empty() ? "NOTHING WAS THROWN" : incident.kind + ": " + incident.message) + '\n';
  return text;
}

}  // namespace walkthrough
