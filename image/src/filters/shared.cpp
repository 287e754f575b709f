// Stages that differ in their bodies only, and what filters ask of types and borders.
#include "filters/shared.h"

#include <algorithm>

namespace cogent::image::filters {

StageId add_samplewise(StageBuilder& builder, std::string name, std::span<const StageId> inputs, SampleType type,
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
              .body = std::move(body)};
  for (const StageId input : inputs) stage.inputs.push_back({.stage = input});
  return builder.add(std::move(stage));
}

StageId add_samplewise(StageBuilder& builder, std::string name, StageId input, SampleType type, const Range& range,
                       Body body) {
  return add_samplewise(builder, std::move(name), std::span(&input, 1), type, range, std::move(body));
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
                      .body = std::move(body)});
}

StageId add_windowed(StageBuilder& builder, std::string name, StageId input, const Window& window, const Edge& edge,
                     SampleType type, const Range& range, Body body) {
  const Stage& from = builder.stage(input);
  return builder.add({.name = std::move(name),
                      .inputs = {{.stage = input, .window = window, .edge = edge}},
                      .width = from.width,
                      .height = from.height,
                      .channels = from.channels,
                      .type = type,
                      .range = range,
                      .is_channelwise = true,
                      .body = std::move(body)});
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
                        .most = 2147483647.0});
  return parameters;
}

Edge edge_of(const Arguments& arguments) {
  for (const Border border : {Border::Constant, Border::Replicate, Border::Reflect, Border::Wrap})
    if (arguments.word("border") == name_of(border))
      return {border, border == Border::Constant ? arguments.number("value") : 0};
  return {Border::Reflect101, 0};
}

SampleType derivative_type(SampleType type) {
  if (type == SampleType::U8) return SampleType::I16;
  return type == SampleType::F32 ? SampleType::F32 : SampleType::I32;
}

double white_of(SampleType type) { return type == SampleType::F32 ? 1 : range_of(type).most; }

Range samples_of(const Stage& stage) {
  const Range type = range_of(stage.type);
  return {std::max(stage.range.least, type.least), std::min(stage.range.most, type.most), type.is_whole};
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
