// Times as a bar chart in SVG. Labels stand above their bars, so that the chart fits a phone.
#include "bar_chart.h"

#include <algorithm>

#include "html.h"

namespace walkthrough {
namespace {

constexpr int chart_width = 480;
constexpr int row_height = 44;
constexpr int bar_height = 14;

std::string text_element(double x, double y, const std::string& style, const std::string& text) {
  return "<text x=\"" + std::to_string(x) + "\" y=\"" + std::to_string(y) + "\" class=\"" + style + "\">" +
         escaped(text) + "</text>\n";
}

std::string bar_row(const Bar& bar, double longest, int top) {
  const double length = std::max(1.5, bar.microseconds / longest * chart_width);
  return text_element(0, top + 14, "label", bar.label) +
         text_element(chart_width, top + 14, "amount", time_text(bar.microseconds)) + "<rect x=\"0\" y=\"" +
         std::to_string(top + 21) + "\" width=\"" + std::to_string(chart_width) + "\" height=\"" +
         std::to_string(bar_height) + "\" rx=\"2\" class=\"track\"/>\n<rect x=\"0\" y=\"" + std::to_string(top + 21) +
         "\" width=\"" + std::to_string(length) + "\" height=\"" + std::to_string(bar_height) + "\" rx=\"2\" class=\"" +
         bar.style + "\"/>\n";
}

}  // namespace

std::string bar_chart(const std::string& title, const std::vector<Bar>& bars) {
  double longest = 1e-9;
  for (const Bar& bar : bars) longest = std::max(longest, bar.microseconds);
  const int height = row_height * static_cast<int>(bars.size());
  std::string svg = "<figure class=\"chart\"><figcaption>" + escaped(title) + "</figcaption>\n<svg viewBox=\"0 0 " +
                    std::to_string(chart_width) + ' ' + std::to_string(height) + "\" role=\"img\" aria-label=\"" +
                    escaped(title) + "\">\n";
  int top = 0;
  for (const Bar& bar : bars) {
    svg += bar_row(bar, longest, top);
    top += row_height;
  }
  return svg + "</svg></figure>\n";
}

}  // namespace walkthrough
