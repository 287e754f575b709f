// A small table of filters for tests of the text: every kind of parameter, joins.
#include "images/sample_filters.h"

#include <vector>

#include "text/parser.h"
#include "text/printer.h"

namespace cogent::testing {
namespace {

using image::Filter;
using image::Kernel;
using image::ParameterKind;

const image::Parameter border{.name = "border",
                              .kind = ParameterKind::Word,
                              .help = "what lies outside",
                              .standard = "reflect101",
                              .words = {"constant", "replicate", "reflect", "reflect101", "wrap"}};

std::vector<Filter> make_filters() {
  return {
      {.name = "gray", .group = "colour", .help = "", .build = nullptr},
      {.name = "gaussian",
       .group = "blur",
       .help = "",
       .parameters = {{.name = "sigma",
                       .kind = ParameterKind::Number,
                       .help = "standard deviation in pixels",
                       .least = 0.1,
                       .most = 100},
                      border},
       .build = nullptr},
      {.name = "sobel",
       .group = "edges",
       .help = "",
       .parameters =
           {{.name = "direction", .kind = ParameterKind::Word, .help = "", .standard = "x", .words = {"x", "y"}},
            border},
       .build = nullptr},
      {.name = "convolve",
       .group = "kernels",
       .help = "",
       .parameters = {{.name = "kernel", .kind = ParameterKind::Kernel, .help = "the weights"},
                      border,
                      {.name = "divisor",
                       .kind = ParameterKind::Number,
                       .help = "",
                       .standard = 1.0,
                       .least = -1e300,
                       .most = 1e300},
                      {.name = "smooth", .kind = ParameterKind::Kernel, .help = "", .standard = Kernel{1, 1, {1}}}},
       .build = nullptr},
      {.name = "rotate",
       .group = "geometry",
       .help = "",
       .parameters =
           {{.name = "quarters", .kind = ParameterKind::Integer, .help = "", .standard = 1.0, .least = -3, .most = 3}},
       .build = nullptr},
      {.name = "curves",
       .group = "colour",
       .help = "",
       .parameters = {{.name = "points", .kind = ParameterKind::Kernel, .help = ""}},
       .build = nullptr},
      {.name = "threshold",
       .group = "colour",
       .help = "",
       .parameters = {{.name = "level", .kind = ParameterKind::Number, .help = "", .standard = 128.0}},
       .build = nullptr},
      {.name = "hypot", .group = "joins", .help = "", .least_inputs = 2, .most_inputs = 2, .build = nullptr},
      {.name = "add", .group = "joins", .help = "", .least_inputs = 2, .most_inputs = 8, .build = nullptr},
  };
}

}  // namespace

image::text::FilterTable sample_filters() {
  static const std::vector<Filter> filters = make_filters();
  static const std::vector<const Filter*> table = [] {
    std::vector<const Filter*> list;
    for (const Filter& filter : filters) list.push_back(&filter);
    return list;
  }();
  return table;
}

std::string canonical(std::string_view text) {
  return image::text::print(image::text::parse(text, sample_filters()).steps(), sample_filters());
}

std::string parse_error(std::string_view text) {
  try {
    return "no error: " + canonical(text);
  } catch (const image::PipelineError& error) {
    return error.what();
  }
}

}  // namespace cogent::testing
