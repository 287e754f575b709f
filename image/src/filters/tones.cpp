// Tone curves as tables and as computations.
#include "filters/tones.h"

#include <algorithm>
#include <cmath>

#include "engine/clipping.h"

namespace cogent::image::filters {

namespace {

std::uint8_t byte_of(double number) {
  return static_cast<std::uint8_t>(std::clamp(std::nearbyint(number), 0.0, 255.0));
}

// `exact` is what the tone gives before its results are made bytes: what lies beyond them is said to be clipped.
StageId add_table(StageBuilder& builder, const std::string& name, StageId input, std::vector<std::uint8_t> table,
                  const Range& exact) {
  const auto [lowest, highest] = std::ranges::minmax(table);
  const Range range{exact.least < 0 ? std::floor(exact.least) : static_cast<double>(lowest),
                    exact.most > 255 ? std::ceil(exact.most) : static_cast<double>(highest), true};
  const auto body = [](const Neighbourhood& here, int c) { return here.look_up(0, here(0, 0, c)); };
  return add_colourwise(builder, name, std::span(&input, 1), SampleType::U8, range, body, {std::move(table)});
}

// Of a stage that becomes part of another one's table: with what it clips.
std::string name_with_clipping(const Stage& stage) {
  const std::string clipping = describe_clipping(stage);
  return clipping.empty() ? stage.name : stage.name + " (" + clipping + ")";
}

bool is_of_bytes(const StageBuilder& builder, StageId input) {
  return builder.stage(input).type == SampleType::U8 && builder.pixel_type() == SampleType::U8;
}

}  // namespace

const std::vector<std::uint8_t>* table_of(const StageBuilder& builder, StageId id) {
  const Stage& stage = builder.stage(id);
  const bool is_table =
      stage.tables.size() == 1 && stage.is_channelwise && stage.inputs.size() == 1 && stage.type == SampleType::U8;
  return is_table && stage.inputs.front().window.is_point() ? &stage.tables.front() : nullptr;
}

StageId add_tone(StageBuilder& builder, const std::string& name, StageId input, const Tone& tone) {
  if (!is_of_bytes(builder, input))
    return add_colourwise(builder, name, {&input, 1}, builder.pixel_type(), tone.range,
                          [tone](const Neighbourhood& here, int c) { return tone.generated(here(0, 0, c)); });
  std::vector<std::uint8_t> table;
  if (const std::vector<std::uint8_t>* before = table_of(builder, input)) {
    for (const std::uint8_t byte : *before) table.push_back(byte_of(tone.exact(byte)));
    return add_table(builder, name_with_clipping(builder.stage(input)) + ", " + name,
                     builder.stage(input).inputs.front().stage, std::move(table), tone.range);
  }
  for (int byte = 0; byte < 256; ++byte) table.push_back(byte_of(tone.exact(byte)));
  return add_table(builder, name, input, std::move(table), tone.range);
}

StageId add_quick_tone(StageBuilder& builder, const std::string& name, StageId input, const Tone& tone) {
  if (is_of_bytes(builder, input) && table_of(builder, input) != nullptr) return add_tone(builder, name, input, tone);
  return add_colourwise(builder, name, {&input, 1}, builder.pixel_type(), tone.range,
                        [tone](const Neighbourhood& here, int c) { return tone.generated(here(0, 0, c)); });
}

}  // namespace cogent::image::filters
