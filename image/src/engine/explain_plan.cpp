// What a plan says of itself: stages, what is fused, types, borders, rows kept, and the generated code.
#include <set>

#include "engine/any_size.h"
#include "engine/clipping.h"
#include "engine/look_at_passes.h"

namespace cogent::image {

namespace {

std::string describe_stage(const Stage& stage) {
  const std::string clipping = describe_clipping(stage);
  return stage.name + " (" + std::string(name_of(stage.type)) + " x " + std::to_string(stage.channels) +
         (clipping.empty() ? "" : ", " + clipping) + ")";
}

// The stages that a loop computes, in the order in which they are needed, each once.
void list_stages(const StageGraph& graph, const Schedule& schedule, StageId id, std::set<StageId>& listed,
                 std::string& text) {
  if (!listed.insert(id).second) return;
  const Stage& stage = graph.stages[static_cast<std::size_t>(id.index)];
  for (const StageInput& input : stage.inputs)
    if (!schedule.reads_rows(graph, input)) list_stages(graph, schedule, input.stage, listed, text);
  text += (text.empty() ? "" : " -> ") + describe_stage(stage);
}

std::string describe_ring(const Ring& ring) {
  return std::to_string(ring.rows) + (ring.rows == 1 ? " row" : " rows") + " of " + std::string(name_of(ring.stored)) +
         ", border " + std::string(name_of(ring.edge.border)) + " of " + std::to_string(ring.padding);
}

std::string describe_pass(const StageGraph& graph, const PlannedPass& pass) {
  const Schedule& schedule = *pass.facts.schedule;
  std::string text;
  if (pass.has_any_size)
    text = "  code for pictures of any size, " + std::to_string(any_size::most_width) +
           " pixels wide at most; from picture " + std::to_string(Plan::first_of_own_size) +
           " of this size on, code for this size\n";
  for (const RowLoop& loop : schedule.loops) {
    std::string stages;
    std::set<StageId> listed;
    list_stages(graph, schedule, loop.stage, listed, stages);
    text += "  row loop: " + stages + "\n    ";
    text += loop.rings.empty() ? "to the result" : std::to_string(loop.ahead) + " rows ahead of the result";
    for (const int ring : loop.rings)
      text += "; keeps " + describe_ring(schedule.rings[static_cast<std::size_t>(ring)]);
    text += "\n";
  }
  return text;
}

}  // namespace

std::string Plan::explain() const {
  const std::string head = pipeline_ + "\n" + to_text(graph_->input) + " -> " + to_text(graph_->output) + ", " +
                           std::to_string(passes_.size()) + (passes_.size() == 1 ? " pass\n" : " passes\n");
  return head + look_at_passes([&](std::size_t i, const auto& function, const auto&... arguments) {
           return "pass " + std::to_string(i + 1) + ":\n" + describe_pass(*graph_, in_use(i)) +
                  function.explain(arguments...).text;
         });
}

std::string Plan::get_source() const {
  return look_at_passes(
      [](std::size_t, const auto& function, const auto&... arguments) { return function.get_source(arguments...); });
}

std::string Plan::get_assembly() const {
  return look_at_passes(
      [](std::size_t, const auto& function, const auto&... arguments) { return function.get_assembly(arguments...); });
}

}  // namespace cogent::image
