// How a pipeline's stages, pictures and passes come together.
#include "engine/stage_builder.h"

#include <algorithm>
#include <numeric>

#include "engine/views.h"

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
  return std::accumulate(facts.begin(), facts.begin() + static_cast<std::ptrdiff_t>(count), std::size_t{0});
}

// Code that reads so many samples would take seconds to generate.
void StageBuilder::count_samples(const Stage& stage) {
  constexpr std::int64_t most_samples = std::int64_t{1} << 17;
  for (const StageInput& input : stage.inputs) {
    const Window window = input.move ? Window{} : input.window;
    samples_read_ += (std::int64_t{window.above} + window.below + 1) * (std::int64_t{window.left} + window.right + 1);
  }
  if (samples_read_ > most_samples)
    throw PipelineError(stage.name + ": the windows of this pipeline have more than " + std::to_string(most_samples) +
                        " samples, too many for one pipeline; run it as two");
}

std::vector<StageId> StageGraph::stages_of(StageId id) const {
  std::vector<bool> is_known(stages.size());
  std::vector<StageId> known = {id};
  is_known[static_cast<std::size_t>(id.index)] = true;
  for (std::size_t next = 0; next < known.size(); ++next)
    for (const StageInput& input : stages[static_cast<std::size_t>(known[next].index)].inputs) {
      const auto i = static_cast<std::size_t>(input.stage.index);
      if (!is_known[i]) known.push_back(input.stage);
      is_known[i] = true;
    }
  return known;
}

std::size_t StageBuilder::pictures_of(StageId id) const {
  return static_cast<std::size_t>(
      std::ranges::count_if(graph_.stages_of(id), [&](StageId of) { return stage(of).is_picture(); }));
}

StageBuilder::StageBuilder(const Format& input, std::int64_t most_pixels)
    : alpha_(input.alpha), most_pixels_(most_pixels) {
  static_cast<void>(tight<const void>(input, nullptr));  // checks it
  graph_.input = input;
  add_picture("the input", input);
}

// So that sums of sides and paddings, and twice a side, fit in an int.
void StageBuilder::check_size(const std::string& name, std::int64_t width, std::int64_t height) const {
  constexpr std::int64_t longest_side = std::int64_t{1} << 27;
  const auto fail = [&](const std::string& why) {
    throw PipelineError(name + ": " + std::to_string(width) + "x" + std::to_string(height) + " pixels are " + why);
  };
  if (width > longest_side || height > longest_side)
    fail("too many; a side has at most " + std::to_string(longest_side));
  if (width * height > most_pixels_) fail("more than " + std::to_string(most_pixels_) + ", the most that are allowed");
}

StageId StageBuilder::add(Stage stage) {
  check_size(stage.name, stage.width, stage.height);
  count_samples(stage);
  graph_.stages.push_back(std::move(stage));
  return {static_cast<int>(graph_.stages.size()) - 1};
}

StageId StageBuilder::add_picture(const std::string& name, const Format& format) {
  graph_.pictures.push_back({format});
  return add({.name = name,
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
  const StageId made = add_picture("picture", format_of(id));
  graph_.steps.emplace_back(PassStep{id, stage(made).picture});
  in_memory_.emplace(id, made);
  return made;
}

int StageBuilder::find_facts(StageId id, int count, decltype(FactsStep::find) find) {
  const StageId from = in_memory(id);
  constexpr std::size_t most_facts = std::size_t{1} << 30;  // their places are numbers of 32 bits
  if (graph_.facts_before(graph_.facts.size()) + static_cast<std::size_t>(count) > most_facts)
    throw PipelineError("the filters of this pipeline need more than " + std::to_string(most_facts) +
                        " numbers beside its pixels");
  graph_.facts.push_back(count);
  const int facts = static_cast<int>(graph_.facts.size()) - 1;
  graph_.steps.emplace_back(FactsStep{stage(from).picture, facts, std::move(find)});
  return facts;
}

StageId StageBuilder::whole_picture(StageId id, const Format& format, decltype(WholePictureStep::run) run) {
  const StageId from = in_memory(id);
  const StageId made = add_picture("picture", format);
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
