// Stages that differ in their bodies only, and what filters ask of types and borders.
#include "filters/shared.h"

#include <algorithm>
#include <cmath>

namespace cogent::image::filters {

namespace {

Range united(const Range& a, const Range& b) {
  return {std::min(a.least, b.least), std::max(a.most, b.most), a.is_whole && b.is_whole};
}

// The last channel becomes that of the first input's pixel, saturated to the stage's type.
void keep_alpha(Stage& stage, const Stage& from) {
  const Range type = range_of(stage.type), samples = samples_of(from);
  const bool is_held =
      stage.type == SampleType::F32 || (samples.least >= type.least && samples.most <= type.most && samples.is_whole);
  const auto within = [&](double sample) { return std::clamp(sample, type.least, type.most); };
  stage.range = united(stage.range, {within(samples.least), within(samples.most), is_held && samples.is_whole});
  stage.is_channelwise = false;
  stage.body = [=, body = std::move(stage.body), alpha = stage.channels - 1](const Neighbourhood& here, int c) {
    if (c != alpha) return body(here, c);
    return is_held ? here(0, 0, c) : round_within(here(0, 0, c), type.least, type.most);
  };
}

Stage samplewise(const StageBuilder& builder, std::string name, std::span<const StageId> inputs, SampleType type,
                 const Range& range, Body body) {
  const Stage& first = builder.stage(inputs.front());
  Stage stage{.name = std::move(name),
              .inputs = {},
              .width = first.width,
              .height = first.height,
              .channels = first.channels,
              .type = type,
              .range = range,
              .is_channelwise = true,
              .body = std::move(body),
              .has_any_size = true};
  for (const StageId input : inputs) stage.inputs.push_back({.stage = input});
  return stage;
}

}  // namespace

StageId add_samplewise(StageBuilder& builder, std::string name, std::span<const StageId> inputs, SampleType type,
                       const Range& range, Body body) {
  return builder.add(samplewise(builder, std::move(name), inputs, type, range, std::move(body)));
}

StageId add_samplewise(StageBuilder& builder, std::string name, StageId input, SampleType type, const Range& range,
                       Body body) {
  return add_samplewise(builder, std::move(name), std::span(&input, 1), type, range, std::move(body));
}

StageId add_colourwise(StageBuilder& builder, const std::string& name, std::span<const StageId> inputs, SampleType type,
                       const Range& range, const Body& body, std::vector<std::vector<std::uint8_t>> tables,
                       std::vector<std::uint8_t> tone) {
  Stage stage = samplewise(builder, name, inputs, type, range, body);
  stage.tables = std::move(tables);
  stage.tone = std::move(tone);
  if (builder.alpha() != Alpha::None) keep_alpha(stage, builder.stage(inputs.front()));
  return builder.add(std::move(stage));
}

StageId add_pixelwise(StageBuilder& builder, std::string name, StageId input, int channels, SampleType type,
                      const Range& range, Body body) {
  const Stage& from = builder.stage(input);
  return builder.add({.name = std::move(name),
                      .inputs = {{.stage = input}},
                      .width = from.width,
                      .height = from.height,
                      .channels = channels,
                      .type = type,
                      .range = range,
                      .is_channelwise = false,
                      .body = std::move(body),
                      .has_any_size = true});
}

StageId add_windowed(StageBuilder& builder, std::string name, StageId input, const Window& window, const Edge& edge,
                     SampleType type, const Range& range, Body body) {
  if (edge.border == Border::Wrap && (window.above > 0 || window.below > 0)) input = builder.in_memory(input);
  const Stage& from = builder.stage(input);
  Stage stage{.name = std::move(name),
              .inputs = {{.stage = input, .window = window, .edge = {edge.border, value_outside(from.type, edge)}}},
              .width = from.width,
              .height = from.height,
              .channels = from.channels,
              .type = type,
              .range = range,
              .is_channelwise = true,
              .body = std::move(body),
              .has_any_size = true};
  if (builder.alpha() != Alpha::None) keep_alpha(stage, from);
  return builder.add(std::move(stage));
}

std::vector<Parameter> with_border(std::vector<Parameter> parameters) {
  parameters.push_back({.name = "border",
                        .kind = ParameterKind::Word,
                        .help = "what lies outside the picture",
                        .standard = "reflect101",
                        .words = {"constant", "replicate", "reflect", "reflect101", "wrap"}});
  parameters.push_back({.name = "value",
                        .kind = ParameterKind::Number,
                        .help = "the samples of a constant border",
                        .standard = 0.0,
                        .least = -2147483648.0,
                        .most = 2147483647.0,
                        .only_with = {"border", "constant"}});
  return parameters;
}

Edge edge_of(const Arguments& arguments) {
  for (const Border border : {Border::Constant, Border::Replicate, Border::Reflect, Border::Wrap})
    if (arguments.word("border") == name_of(border))
      return {border, border == Border::Constant ? arguments.number("value") : 0};
  return {Border::Reflect101, 0};
}

double value_outside(SampleType type, const Edge& edge) {
  if (type == SampleType::F32) return static_cast<float>(edge.value);
  const Range samples = range_of(type);
  return std::clamp(std::nearbyint(edge.value), samples.least, samples.most);
}

SampleType derivative_type(SampleType type) {
  if (type == SampleType::U8) return SampleType::I16;
  return type == SampleType::F32 ? SampleType::F32 : SampleType::I32;
}

double white_of(SampleType type) { return type == SampleType::F32 ? 1 : range_of(type).most; }

double largest_of(const Range& range) { return std::max(-range.least, range.most); }

Range samples_of(const Stage& stage) {
  const Range type = range_of(stage.type);
  const double least = std::clamp(stage.range.least, type.least, type.most);
  const double most = std::clamp(stage.range.most, type.least, type.most);
  if (!type.is_whole) return {least, most, false};
  return {std::floor(least), std::ceil(most), true};  // it is rounded
}

Range samples_seen(const StageBuilder& builder, StageId input, const Edge& edge) {
  const Stage& stage = builder.stage(input);
  if (edge.border != Border::Constant) return samples_of(stage);
  const double value = value_outside(stage.type, edge);
  return united(samples_of(stage), {value, value, stage.type != SampleType::F32});
}

void check_one_channel(const StageBuilder& builder, StageId stage, std::string_view filter) {
  const int channels = builder.stage(stage).channels;
  if (channels == 1) return;
  const bool is_gray_with_alpha = channels == 2 && builder.alpha() != Alpha::None;
  const std::string_view first = channels == 2 ? "channel(0)" : "gray";  // gray keeps the alpha of gray
  throw PipelineError(std::string(filter) + " takes pictures of 1 channel, and meets " +
                      (is_gray_with_alpha ? "gray with alpha" : std::to_string(channels)) + "; put " +
                      std::string(first) + " before it");
}

void check_same_shape(const StageBuilder& builder, std::span<const StageId> stages, std::string_view filter) {
  const auto shape = [&](StageId id) {
    const Stage& stage = builder.stage(id);
    return std::to_string(stage.width) + "x" + std::to_string(stage.height) + " of " + std::to_string(stage.channels) +
           (stage.channels == 1 ? " channel" : " channels");
  };
  for (const StageId id : stages)
    if (shape(id) != shape(stages.front()))
      throw PipelineError(std::string(filter) + " joins pictures of one size and as many channels, and meets " +
                          shape(stages.front()) + " and " + shape(id));
}

}  // namespace cogent::image::filters
