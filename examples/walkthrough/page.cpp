// The page, section by section.
#include "page.h"

#include <cstdio>

#include "code_block.h"
#include "html.h"
#include "page_parts.h"
#include "page_style.h"

namespace walkthrough {
namespace {

std::string tile(const std::string& style, const std::string& number, const std::string& meaning) {
  return "<div class=\"tile " + style + "\"><b>" + number + "</b><span>" + meaning + "</span></div>\n";
}

std::string introduction(const Walkthrough& walkthrough) {
  const Timings& times = walkthrough.experiments.front().timings;
  return "<h1>From a naive convolution to machine code in microseconds</h1>\n"
         "<p class=\"lead\">A picture, a loop as one writes it at first, and the same loop as a generated function. "
         "All code here was read from the compiled sources, and all figures were measured by the run that wrote this "
         "page: " +
         escaped(walkthrough.machine.cpu) + ", " + walkthrough.machine.date + ".</p>\n<div class=\"tiles\">\n" +
         tile("", time_text(times.naive_o3.median), "the naive C++ at -O3") +
         tile("generated", time_text(times.steady.median),
              "the generated function: " + factor_text(times.naive_o3.minimum / times.steady.minimum) +
                  " times faster") +
         tile("", time_text(times.generate.median), "to generate and compile it for a new kernel") +
         tile("", time_text(times.first_call.median), "the first call with a new kernel, run included") + "</div>\n";
}

std::string picture_section(const Walkthrough& walkthrough) {
  const Picture& gray = walkthrough.gray;
  return "<h2>The picture</h2>\n" +
         paragraph(escaped(walkthrough.picture_name) + ", " + std::to_string(gray.width) + " × " +
                   std::to_string(gray.height) +
                   " pixels. It is read through libvips and made gray; before a convolution, its outermost pixels are "
                   "repeated around it, so that the kernel never reaches outside.") +
         "<div class=\"pair\">" + picture_figure(walkthrough.color, "as it was read") +
         picture_figure(gray, "gray, one byte a pixel") + "</div>\n";
}

std::string column(const std::string& caption, const std::string& html) {
  return "<div class=\"column\"><p class=\"caption\">" + caption + "</p>" + html + "</div>\n";
}

std::string sources_section() {
  const Excerpt naive = read_excerpt("../support/naive_convolution.inc", "naive");
  const Excerpt generated = read_excerpt("generated_convolution.h", "generated");
  const CodePair code = compared_code_blocks(naive.text, generated.text);
  return "<h2>The function, twice</h2>\n" +
         paragraph(
             "First plain C++: one loop over the pixels, one over the coefficients. Then the "
             "generated function. <mark>What differs is marked.</mark> The parameters’ types say what is known "
             "when: pixels (<code>In</code>, <code>Out</code>) when it runs; the kernel and the widths are plain "
             "C++ and known when it is generated. So the loop over <code>k</code> and the <code>if</code> happen "
             "once, while generating, and only <code>code.range</code> is a loop of the generated code.") +
         "<div class=\"pair\">" + column("naive, compiled at -O2 and at -O3 (" + escaped(naive.file) + ')', code.left) +
         column("generated (" + escaped(generated.file) + ')', code.right) + "</div>\n";
}

std::string verdict(const Experiment& experiment) {
  const std::string pixels = std::to_string(experiment.generated_result.pixels.size());
  if (experiment.differing_pixels == 0)
    return paragraph("<span class=\"verdict\">✓ Identical, bit for bit:</span> all " + pixels +
                     " pixels of the generated function’s result equal those of the naive one’s, at -O2 and at -O3.");
  return paragraph("<span class=\"verdict differs\">✗ The results differ</span> in " +
                   std::to_string(experiment.differing_pixels) + " of " + pixels + " pixels.");
}

std::string listings(const Listings& listings) {
  return folded("What the function explains about itself",
                "<pre class=\"long\"><code>" + escaped(listings.explanation) + "</code></pre>\n") +
         folded("The machine code", "<pre class=\"long\"><code>" + escaped(listings.assembly) + "</code></pre>\n");
}

std::string generated_source_section(const Experiment& experiment) {
  return "<h2>What was generated</h2>\n" +
         paragraph(
             "<code>get_source</code> gives the recorded program as C++ that compiles by itself. The "
             "coefficients have become constants, those that are zero are gone, and so are multiplications by 1 "
             "and −1.") +
         code_block(experiment.listings.source) + listings(experiment.listings);
}

std::string first_experiment(const Experiment& experiment) {
  return "<h2>The kernel: " + escaped(experiment.title) + "</h2>\n" +
         paragraph(
             "Each pixel becomes the sum of its neighbours, weighted with these coefficients and limited to 0 … "
             "255. This kernel answers to brightness that grows from left to right.") +
         kernel_table(experiment.kernel) + sources_section() + "<h2>The results</h2>\n" + verdict(experiment) +
         "<div class=\"pair\">" + picture_figure(experiment.naive_result, "the naive function’s result") +
         picture_figure(experiment.generated_result, "the generated function’s result") + "</div>\n" +
         generated_source_section(experiment) + "<h2>The times</h2>\n" +
         paragraph(
             "Called in turn, again and again, on warm buffers of their own, pinned to one core; first what runs, "
             "then what generates. “Never-seen kernel”: in each round one whose coefficients no call before has "
             "had, so that nothing can be reused. The charts show medians; the ratios are those of the minima, which "
             "suffer "
             "least from what else the machine does.") +
         timing_charts(experiment.timings) + timing_table(experiment.timings);
}

std::string further_experiment(const Experiment& experiment) {
  return "<h2>" + escaped(experiment.title) + "</h2>\n<div class=\"pair\">" +
         column("the same function, another kernel", kernel_table(experiment.kernel) + verdict(experiment)) +
         picture_figure(experiment.generated_result, "the generated function’s result") + "</div>\n" +
         timing_charts(experiment.timings) + timing_table(experiment.timings) +
         folded("The generated source", code_block(experiment.listings.source)) + listings(experiment.listings);
}

std::string incident_section(const Incident& incident) {
  const std::string said = incident.kind.empty()
                               ? "<b>Nothing was thrown.</b>"
                               : "<b>" + incident.kind + "</b><br><code>" + escaped(incident.message) + "</code>";
  return "<h3>" + escaped(incident.title) + "</h3>\n" + paragraph(escaped(incident.story)) +
         numbered_code_block(incident.code, incident.line) + "<div class=\"message\">" + said + "</div>\n" +
         paragraph(escaped(incident.next_call));
}

std::string incidents_section(const std::vector<Incident>& incidents) {
  std::string html = "<h2>An index out of bounds</h2>\n" +
                     paragraph(
                         "Generated code has no undefined behaviour. These mistakes were made while this page was "
                         "written, and these are the messages.");
  for (const Incident& incident : incidents) html += incident_section(incident);
  return html;
}

std::string machine_section(const Machine& machine, const std::string& level) {
  const auto fact = [](const std::string& name, const std::string& text) {
    return "<dt>" + name + "</dt><dd>" + escaped(text) + "</dd>\n";
  };
  char load[16];
  std::snprintf(load, sizeof load, "%.2f", machine.load);
  return "<footer>Where and when this was measured\n<dl>\n" + fact("CPU", machine.cpu) + fact("Code for", level) +
         fact("Cores", std::to_string(machine.cores)) + fact("Load before", load) + fact("System", machine.system) +
         fact("Compiler", machine.compiler) + fact("Date", machine.date) + "</dl></footer>\n";
}

}  // namespace

std::string to_page(const Walkthrough& walkthrough) {
  std::string html =
      "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Cogent: the walkthrough</title>"
      "\n<style>" +
      std::string(page_style) + "</style></head>\n<body>\n" + introduction(walkthrough) + picture_section(walkthrough) +
      first_experiment(walkthrough.experiments.front());
  for (std::size_t i = 1; i < walkthrough.experiments.size(); ++i)
    html += further_experiment(walkthrough.experiments[i]);
  return html + incidents_section(walkthrough.incidents) +
         machine_section(walkthrough.machine, walkthrough.experiments.front().listings.level) + "</body></html>\n";
}

}  // namespace walkthrough
