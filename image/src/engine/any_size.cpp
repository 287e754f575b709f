// What must hold for code that knows no size.
#include "engine/any_size.h"

#include <algorithm>

namespace cogent::image {

namespace {

bool takes_types(SampleType from, SampleType to) {
  const bool is_byte = from == SampleType::U8;
  return (is_byte && (to == SampleType::U8 || to == SampleType::I16)) ||
         (from == SampleType::U16 && to == SampleType::U16);
}

bool is_in_rows(const Format& format) { return format.layout == Layout::Interleaved || format.channels == 1; }

// So many rows of a picture, each at a place of its own, are proven to lie inside before their loop.
constexpr int most_rows = 15;

// Rows and columns beyond a side are found without asking how short it is.
bool is_near(const StageGraph& graph, const StageInput& input) {
  const Window& window = input.window;
  const bool reads_picture = graph.stages[static_cast<std::size_t>(input.stage.index)].is_picture();
  return std::max({window.above, window.below, window.left, window.right}) < any_size::least_height &&
         input.edge.border != Border::Wrap && (!reads_picture || window.above + window.below < most_rows);
}

bool knows_no_size(const StageGraph& graph, const Stage& stage) {
  const auto is_near_stage = [&](const StageInput& input) { return is_near(graph, input); };
  return stage.is_picture() || (stage.has_any_size && std::ranges::all_of(stage.inputs, is_near_stage));
}

}  // namespace

bool serves_any_size(const StageGraph& graph, const Schedule& schedule) {
  const auto no_size = [&](const Stage& stage) { return knows_no_size(graph, stage); };
  const auto is_near_ring = [](const Ring& ring) { return ring.rows < any_size::least_height; };
  return graph.steps.size() == 1 && takes_types(graph.input.type, graph.output.type) && is_in_rows(graph.input) &&
         is_in_rows(graph.output) && std::ranges::all_of(graph.stages, no_size) &&
         std::ranges::all_of(schedule.rings, is_near_ring);
}

bool is_of_any_size(const Format& format) {
  using namespace any_size;
  return format.width >= least_width && format.width <= most_width && format.height >= least_height &&
         format.height <= most_height && static_cast<std::int64_t>(format.width) * format.height <= most_pixels;
}

}  // namespace cogent::image
