// Tone curves as tables, as comparisons and as computations.
#include "filters/tones.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "engine/clipping.h"

namespace cogent::image::filters {

namespace {

using Bytes = std::vector<std::uint8_t>;

std::uint8_t byte_of(double number) {
  return static_cast<std::uint8_t>(std::clamp(std::nearbyint(number), 0.0, 255.0));
}

/// Bytes up to a limit become one, all above another.
struct Comparison {
  int limit;
  std::uint8_t below, above;
};

std::optional<Comparison> comparison_of(const Bytes& bytes) {
  const auto change = std::ranges::find_if(bytes, [&](std::uint8_t byte) { return byte != bytes.front(); });
  const bool is_one = std::all_of(change, bytes.end(), [&](std::uint8_t byte) { return byte == bytes.back(); });
  if (!is_one) return std::nullopt;
  return Comparison{static_cast<int>(change - bytes.begin()) - 1, bytes.front(), bytes.back()};
}

/// A tone of bytes, and what it gives before that is made bytes: what lies beyond them is said to be clipped.
struct ByteTone {
  std::string name;
  Bytes bytes;
  Range exact;
};

Range range_of(const ByteTone& tone) {
  const auto [lowest, highest] = std::ranges::minmax(tone.bytes);
  return {tone.exact.least < 0 ? std::floor(tone.exact.least) : static_cast<double>(lowest),
          tone.exact.most > 255 ? std::ceil(tone.exact.most) : static_cast<double>(highest), true};
}

StageId add(StageBuilder& builder, StageId input, ByteTone tone, const Range& range, const Body& body,
            std::vector<Bytes> tables = {}) {
  return add_colourwise(builder, tone.name, std::span(&input, 1), SampleType::U8, range, body, std::move(tables),
                        std::move(tone.bytes));
}

StageId add_table(StageBuilder& builder, StageId input, const ByteTone& tone) {
  const auto body = [](const Neighbourhood& here, int c) { return here.look_up(0, here(0, 0, c)); };
  return add(builder, input, tone, range_of(tone), body, {tone.bytes});
}

StageId add_comparison(StageBuilder& builder, StageId input, const ByteTone& tone, const Comparison& comparison) {
  const auto body = [comparison](const Neighbourhood& here, int c) {
    return choose(Number(comparison.limit) < here(0, 0, c), Number(int{comparison.above}),
                  Number(int{comparison.below}));
  };
  return add(builder, input, tone, range_of(tone), body);
}

bool is_of_bytes(const StageBuilder& builder, StageId input) {
  return builder.stage(input).type == SampleType::U8 && builder.pixel_type() == SampleType::U8;
}

ByteTone byte_tone(const std::string& name, const Tone& tone) {
  ByteTone made{name, {}, tone.range};
  for (int byte = 0; byte < 256; ++byte) made.bytes.push_back(byte_of(tone.exact(byte)));
  return made;
}

// The tone of a stage whose alpha is that of the builder's: then a tone behind it may be made part of it.
const Bytes* tone_before(const StageBuilder& builder, StageId input) {
  const Stage& stage = builder.stage(input);
  const bool leaves_alpha = !stage.is_channelwise;
  return stage.tone.empty() || leaves_alpha != (builder.alpha() != Alpha::None) ? nullptr : &stage.tone;
}

constexpr std::string_view by_table = " by one table", by_comparison = " by one comparison";

// Of a stage that becomes part of another one: with what it clips.
std::string name_of_part(const Stage& stage) {
  std::string name = stage.name;
  for (const std::string_view suffix : {by_table, by_comparison})
    if (name.ends_with(suffix)) name.resize(name.size() - suffix.size());
  const std::string clipping = describe_clipping(stage);
  return clipping.empty() ? name : name + " (" + clipping + ")";
}

/// A stage and a tone behind it as one tone of the stage's input.
struct Joined {
  StageId input;
  ByteTone tone;
};

std::optional<Joined> join(const StageBuilder& builder, StageId input, const ByteTone& tone) {
  const Bytes* const before = tone_before(builder, input);
  if (before == nullptr) return std::nullopt;
  const Stage& stage = builder.stage(input);
  Joined joined{stage.inputs.front().stage, {name_of_part(stage) + ", " + tone.name, {}, tone.exact}};
  for (const std::uint8_t byte : *before) joined.tone.bytes.push_back(tone.bytes[byte]);
  return joined;
}

StageId add_joined(StageBuilder& builder, Joined joined) {
  const auto comparison = comparison_of(joined.tone.bytes);
  joined.tone.name += comparison ? by_comparison : by_table;
  if (comparison) return add_comparison(builder, joined.input, joined.tone, *comparison);
  return add_table(builder, joined.input, joined.tone);
}

StageId add_computed(StageBuilder& builder, const std::string& name, StageId input, const Tone& tone,
                     Bytes bytes = {}) {
  return add_colourwise(
      builder, name, {&input, 1}, builder.pixel_type(), tone.range,
      [tone](const Neighbourhood& here, int c) { return tone.generated(here(0, 0, c)); }, {}, std::move(bytes));
}

}  // namespace

StageId add_tone(StageBuilder& builder, const std::string& name, StageId input, const Tone& tone) {
  if (!is_of_bytes(builder, input)) return add_computed(builder, name, input, tone);
  const ByteTone bytes = byte_tone(name, tone);
  if (auto joined = join(builder, input, bytes)) return add_joined(builder, *std::move(joined));
  if (const auto comparison = comparison_of(bytes.bytes)) return add_comparison(builder, input, bytes, *comparison);
  return add_table(builder, input, bytes);
}

StageId add_quick_tone(StageBuilder& builder, const std::string& name, StageId input, const Tone& tone) {
  if (!is_of_bytes(builder, input)) return add_computed(builder, name, input, tone);
  ByteTone bytes = byte_tone(name, tone);
  auto joined = join(builder, input, bytes);
  const bool is_better = joined && (!builder.stage(input).tables.empty() || comparison_of(joined->tone.bytes));
  if (is_better) return add_joined(builder, *std::move(joined));
  return add_computed(builder, name, input, tone, std::move(bytes.bytes));
}

}  // namespace cogent::image::filters
