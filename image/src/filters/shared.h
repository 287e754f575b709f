// What several filters share: stages of a pixel, of a window, and joins.
#pragma once
#include <string>

#include "engine/stage_builder.h"
#include "filter.h"

namespace cogent::image::filters {

/// Every sample from the same sample of the inputs, all channels alike.
StageId add_samplewise(StageBuilder& builder, std::string name, std::span<const StageId> inputs, SampleType type,
                       const Range& range, Body body);
StageId add_samplewise(StageBuilder& builder, std::string name, StageId input, SampleType type, const Range& range,
                       Body body);
/// Every sample of a colour from the same sample of the inputs; the alpha of the first input, if it has one, stays.
/// `tables` and `tone` are the stage's.
StageId add_colourwise(StageBuilder& builder, const std::string& name, std::span<const StageId> inputs, SampleType type,
                       const Range& range, const Body& body, std::vector<std::vector<std::uint8_t>> tables = {},
                       std::vector<std::uint8_t> tone = {});
/// Every pixel from the same pixel of the input, with that many channels.
StageId add_pixelwise(StageBuilder& builder, std::string name, StageId input, int channels, SampleType type,
                      const Range& range, Body body);
/// Every sample of a colour from the samples of the same channel in a window; alpha stays that of the pixel. A stage
/// whose border wraps is brought into memory.
StageId add_windowed(StageBuilder& builder, std::string name, StageId input, const Window& window, const Edge& edge,
                     SampleType type, const Range& range, Body body);

/// The parameters `border` and `value` of filters that look around a pixel, and what they say.
std::vector<Parameter> with_border(std::vector<Parameter> parameters);
Edge edge_of(const Arguments& arguments);

/// The type of what a derivative of such samples gives: with a sign, and wider.
SampleType derivative_type(SampleType type);
/// What samples of an input can be, with those outside of it.
Range samples_seen(const StageBuilder& builder, StageId input, const Edge& edge);
/// The value of a constant border as a sample.
double value_outside(SampleType type, const Edge& edge);
/// White: 255, 65535, 32767, 1.0.
double white_of(SampleType type);
/// What a stage's samples can be: its range within its type.
Range samples_of(const Stage& stage);
/// The largest that a number of a range is, with or without its sign.
double largest_of(const Range& range);
/// The length of the vector that the samples of several stages are.
StageId join_lengths(StageBuilder& builder, std::span<const StageId> inputs);
/// Throws PipelineError unless the stage has one channel, and says how it gets one.
void check_one_channel(const StageBuilder& builder, StageId stage, std::string_view filter);
/// Throws PipelineError unless the stages have one size and as many channels.
void check_same_shape(const StageBuilder& builder, std::span<const StageId> stages, std::string_view filter);

}  // namespace cogent::image::filters
