// How a pipeline's stages, pictures and passes come together.
#include "engine/stage_builder.h"

#include <numeric>

namespace cogent::image {

Range range_of(SampleType type) {
  switch (type) {
    case SampleType::U8:
      return {0, 255, true};
    case SampleType::U16:
      return {0, 65535, true};
    case SampleType::I16:
      return {-32768, 32767, true};
    case SampleType::I32:
      return {-2147483648.0, 2147483647.0, true};
    case SampleType::F32:
      break;
  }
  return {-std::numeric_limits<float>::max(), std::numeric_limits<float>::max(), false};
}

std::size_t StageGraph::facts_before(std::size_t count) const {
  return static_cast<std::size_t>(
      std::accumulate(facts.begin(), facts.begin() + static_cast<std::ptrdiff_t>(count), 0));
}

StageBuilder::StageBuilder(const Format& input) : alpha_(input.alpha) {
  graph_.input = input;
  add_picture(input);
}

StageId StageBuilder::add(Stage stage) {
  graph_.stages.push_back(std::move(stage));
  return {static_cast<int>(graph_.stages.size()) - 1};
}

StageId StageBuilder::add_picture(const Format& format) {
  graph_.pictures.push_back({format});
  return add({.name = "picture",
              .inputs = {},
              .width = format.width,
              .height = format.height,
              .channels = format.channels,
              .type = format.type,
              .range = range_of(format.type),
              .is_channelwise = format.layout == Layout::Interleaved,
              .body = {},
              .picture = static_cast<int>(graph_.pictures.size()) - 1});
}

Format StageBuilder::format_of(StageId id) const {
  const Stage& of = stage(id);
  return {of.width, of.height, of.channels, of.type, Layout::Interleaved, alpha_};
}

StageId StageBuilder::in_memory(StageId id) {
  if (stage(id).is_picture()) return id;
  if (const auto known = in_memory_.find(id); known != in_memory_.end()) return known->second;
  const StageId made = add_picture(format_of(id));
  graph_.steps.emplace_back(PassStep{id, stage(made).picture});
  in_memory_.emplace(id, made);
  return made;
}

int StageBuilder::find_facts(StageId id, int count, decltype(FactsStep::find) find) {
  const StageId from = in_memory(id);
  graph_.facts.push_back(count);
  const int facts = static_cast<int>(graph_.facts.size()) - 1;
  graph_.steps.emplace_back(FactsStep{stage(from).picture, facts, std::move(find)});
  return facts;
}

StageId StageBuilder::whole_picture(StageId id, const Format& format, decltype(WholePictureStep::run) run) {
  const StageId from = in_memory(id);
  const StageId made = add_picture(format);
  graph_.steps.emplace_back(WholePictureStep{stage(from).picture, stage(made).picture, std::move(run)});
  return made;
}

StageGraph StageBuilder::finish(StageId result) {
  graph_.output = format_of(result);
  graph_.output.layout = graph_.input.layout;
  if (graph_.output.channels % 2 != 0) graph_.output.alpha = Alpha::None;
  graph_.steps.emplace_back(PassStep{result, -1});
  return std::move(graph_);
}

}  // namespace cogent::image
