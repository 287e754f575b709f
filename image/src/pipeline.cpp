// Pipelines as values: made of calls and branches, or of their text.
#include <cogent/image/pipeline.h>

#include <algorithm>

#include "filter.h"
#include "text/parser.h"
#include "text/printer.h"

namespace cogent::image {
namespace {

int nesting(const Pipeline& pipeline) {
  int deepest = 0;
  for (const Step& step : pipeline.steps()) {
    const auto* branches = std::get_if<Branches>(&step);
    if (branches == nullptr) continue;
    for (const Pipeline& branch : branches->pipelines) deepest = std::max(deepest, 1 + nesting(branch));
  }
  return deepest;
}

}  // namespace

Pipeline::Pipeline(const Call& call) {
  if (call.filter != "identity" || !call.arguments.empty()) steps_.push_back(check_call(call));
}

Pipeline::Pipeline(Branches branches) {
  if (branches.pipelines.empty()) throw PipelineError("branches need at least one pipeline");
  for (const Pipeline& branch : branches.pipelines) {
    if (nesting(branch) >= text::deepest_nesting) throw PipelineError("branches stand in branches more than 64 deep");
  }
  steps_.emplace_back(std::move(branches));
}

Pipeline Pipeline::parse(std::string_view text) { return text::parse(text, all_filters()); }

std::string Pipeline::to_text() const { return text::print(steps_, all_filters()); }

Pipeline branches(std::vector<Pipeline> pipelines) { return Pipeline(Branches{std::move(pipelines)}); }

}  // namespace cogent::image
