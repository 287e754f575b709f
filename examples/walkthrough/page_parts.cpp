// Pictures, kernels and times as HTML.
#include "page_parts.h"

#include <cmath>

#include "html.h"
#include "picture_file.h"

namespace walkthrough {
namespace {

struct Row {
  const char* label;
  examples::Times times;
  const char* style;
};

std::vector<Row> rows(const Timings& timings) {
  return {{"Naive C++, -O2", timings.naive_o2, "naive"},
          {"Naive C++, -O3", timings.naive_o3, "naive"},
          {"Generated: a later call", timings.steady, "generated"},
          {"Generate + compile, no run", timings.generate, "compile"},
          {"First call, never-seen kernel", timings.first_call, "compile"},
          {"Picture to picture: allocate, pad, run", timings.end_to_end, "generated"},
          {"memcpy of the picture", timings.copy, "copy"}};
}

std::vector<Bar> bars(const std::vector<Row>& rows) {
  std::vector<Bar> result;
  for (const Row& row : rows) result.push_back({row.label, row.times.median, row.style});
  return result;
}

}  // namespace

std::string paragraph(const std::string& html) { return "<p>" + html + "</p>\n"; }

std::string picture_figure(const Picture& picture, const std::string& caption) {
  return "<figure><img src=\"data:image/png;base64," + base64(to_png(picture)) + "\" width=\"" +
         std::to_string(picture.width) + "\" height=\"" + std::to_string(picture.height) + "\" alt=\"" +
         escaped(caption) + "\"><figcaption>" + escaped(caption) + "</figcaption></figure>\n";
}

std::string kernel_table(const examples::Kernel& kernel) {
  std::string html = "<table class=\"kernel\"><tbody>\n";
  for (std::size_t k = 0; k < kernel.coefficients.size(); ++k) {
    const int coefficient = kernel.coefficients[k];
    if (k % kernel.width == 0) html += "<tr>";
    html += coefficient == 0 ? "<td class=\"zero\">" : "<td>";
    html += (coefficient < 0 ? "−" : "") + std::to_string(std::abs(coefficient)) + "</td>";
    if ((k + 1) % kernel.width == 0) html += "</tr>\n";
  }
  return html + "</tbody></table>\n";
}

std::string timing_table(const Timings& timings) {
  std::string html =
      "<div class=\"wide\"><table class=\"timings\"><thead><tr><th></th><th>median</th><th "
      "class=\"detail\">minimum</th>"
      "<th class=\"detail\">rounds</th><th>naive -O3 ÷ this</th></tr></thead><tbody>\n";
  for (const Row& row : rows(timings))
    html += std::string("<tr><td><i class=\"") + row.style + "\"></i>" + row.label + "</td><td>" +
            time_text(row.times.median) + "</td><td class=\"detail\">" + time_text(row.times.minimum) +
            "</td><td class=\"detail\">" + std::to_string(row.times.rounds) + "</td><td>" +
            factor_text(timings.naive_o3.minimum / row.times.minimum) + " ×</td></tr>\n";
  return html + "</tbody></table></div>\n";
}

std::string timing_charts(const Timings& timings) {
  const std::vector<Bar> all = bars(rows(timings));
  const std::vector<Bar> generated(all.begin() + 2, all.end());
  return "<div class=\"pair\">" + bar_chart("Median times, all on one scale", all) +
         bar_chart("The same without the naive code, on a larger scale", generated) + "</div>\n";
}

std::string folded(const std::string& title, const std::string& html) {
  return "<details><summary>" + escaped(title) + "</summary>\n" + html + "</details>\n";
}

}  // namespace walkthrough
