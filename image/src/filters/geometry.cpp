// Pixels that move and stay as they are: crop, flip, rotate, pad.
#include "filters/all.h"
#include "filters/places.h"

namespace cogent::image::filters {

namespace {

Parameter pixels(std::string_view name, std::string_view help, std::optional<ArgumentValue> standard, double least) {
  return {.name = name,
          .kind = ParameterKind::Integer,
          .help = help,
          .standard = std::move(standard),
          .least = least,
          .most = 1 << 20};
}

// Each row from one of the input's, and so row by row behind it.
StageId add_in_rows(StageBuilder& builder, const char* name, int width, int height, const Range& range,
                    const StageInput& input) {
  const Stage& from = builder.stage(input.stage);
  return builder.add({.name = name,
                      .inputs = {input},
                      .width = width,
                      .height = height,
                      .channels = from.channels,
                      .type = from.type,
                      .range = range,
                      .is_channelwise = true,
                      .body = [](const Neighbourhood& here, int c) { return here(0, 0, c); }});
}

StageId build_crop(StageBuilder& builder, const Arguments& arguments, std::span<const StageId> inputs) {
  const Stage& from = builder.stage(inputs.front());
  const int width = arguments.integer("width"), height = arguments.integer("height");
  const std::int64_t left = arguments.integer("x"), top = arguments.integer("y");
  if (left + width > from.width || top + height > from.height)
    throw PipelineError("crop: " + std::to_string(width) + "x" + std::to_string(height) + " from " +
                        std::to_string(left) + ", " + std::to_string(top) + " on does not lie within " +
                        std::to_string(from.width) + "x" + std::to_string(from.height));
  if (width == from.width && height == from.height) return inputs.front();
  const int down = static_cast<int>(top), right = static_cast<int>(left);
  return add_in_rows(builder, "crop", width, height, samples_of(from),
                     {.stage = inputs.front(),
                      .window = {.above = -down, .below = down},
                      .edge = {Border::Replicate},
                      .move = Move{down, right}});
}

StageId add_mirrored_rows(StageBuilder& builder, StageId input) {
  const Stage& from = builder.stage(input);
  const std::int64_t last_column = from.width - 1;
  return builder.add({.name = "flip",
                      .inputs = {{.stage = input, .edge = {Border::Replicate}, .any_column = true, .move = Move{}}},
                      .width = from.width,
                      .height = from.height,
                      .channels = from.channels,
                      .type = from.type,
                      .range = samples_of(from),
                      .body = [last_column](const Neighbourhood& here, int c) {
                        return here.at_column(0, last_column - here.column(), 0, c);
                      }});
}

StageId build_flip(StageBuilder& builder, const Arguments& arguments, std::span<const StageId> inputs) {
  const Stage& from = builder.stage(inputs.front());
  const std::string& direction = arguments.word("direction");
  if (direction == "horizontal") return add_mirrored_rows(builder, inputs.front());
  const bool is_mirrored = direction == "both";
  const std::int64_t last_row = from.height - 1, last_column = from.width - 1;
  return add_moved(
      builder, "flip", inputs.front(), from.width, from.height,
      [=](const Index& y, const Index&) { return last_row - y; },
      [=](const Index&, const Index& x) { return is_mirrored ? last_column - x : x; });
}

// Clockwise.
StageId build_rotate(StageBuilder& builder, const Arguments& arguments, std::span<const StageId> inputs) {
  const Stage& from = builder.stage(inputs.front());
  const std::int64_t last_row = from.height - 1, last_column = from.width - 1;
  const int quarters = (arguments.integer("degrees") / 90 % 4 + 4) % 4;
  if (quarters == 0) return inputs.front();
  const bool is_turned = quarters != 2;
  return add_moved(
      builder, "rotate", inputs.front(), is_turned ? from.height : from.width, is_turned ? from.width : from.height,
      [=](const Index& y, const Index& x) { return quarters == 1   ? last_row - x
                                                   : quarters == 2 ? last_row - y
                                                                   : x; },
      [=](const Index& y, const Index& x) { return quarters == 1 ? y : last_column - (quarters == 2 ? x : y); });
}

/// Rows or columns of a picture with a border around it: the picture's, or -1.
std::vector<std::int32_t> padded_places(int before, int size, int after, Border border) {
  std::vector<std::int32_t> places;
  for (int i = -before; i < size + after; ++i) places.push_back(place_in(i, size, border));
  return places;
}

struct Sides {
  int left, top, right, bottom;
};

// Rows are kept from the first that stands for one outside until that is computed: few, so that they stay in the cache.
// What wraps, or is mirrored more than once, needs rows from the other end.
bool pads_in_rows(const Sides& sides, const Stage& from, Border border) {
  constexpr int most_rows = 64, most_columns = 64;
  const int rows = std::max(sides.top, sides.bottom), columns = std::max(sides.left, sides.right);
  const bool is_mirrored = border == Border::Reflect || border == Border::Reflect101;
  return border != Border::Wrap && rows <= most_rows && columns <= most_columns && (!is_mirrored || rows < from.height);
}

Range padded_range(const Stage& from, const Edge& edge, double outside) {
  Range range = samples_of(from);
  if (edge.border != Border::Constant) return range;
  return {std::min(range.least, outside), std::max(range.most, outside), range.is_whole};
}

StageId add_padded_rows(StageBuilder& builder, StageId input, const Sides& sides, const Edge& edge) {
  const Stage& from = builder.stage(input);
  const Edge outside = {edge.border, value_outside(from.type, edge)};
  const bool is_mirrored = edge.border == Border::Reflect || edge.border == Border::Reflect101;
  const Window window = {.above = sides.top + (is_mirrored ? 2 : 1) * sides.bottom,
                         .below = is_mirrored ? sides.top : 0,
                         .left = sides.left,
                         .right = sides.right};
  return add_in_rows(builder, "pad", from.width + sides.left + sides.right, from.height + sides.top + sides.bottom,
                     padded_range(from, edge, outside.value),
                     {.stage = input, .window = window, .edge = outside, .move = Move{-sides.top, -sides.left}});
}

StageId add_padded_picture(StageBuilder& builder, StageId picture, const Sides& sides, const Edge& edge) {
  const auto [left, top, right, bottom] = sides;
  const Stage& from = builder.stage(picture);
  const double outside = value_outside(from.type, edge);
  std::vector<std::int32_t> places = padded_places(top, from.height, bottom, edge.border);
  const int rows = static_cast<int>(places.size());
  const std::vector<std::int32_t> columns = padded_places(left, from.width, right, edge.border);
  places.insert(places.end(), columns.begin(), columns.end());
  const int facts = add_numbers(builder, picture, std::move(places));
  const bool is_float = from.type == SampleType::F32;
  const auto body = [=](const Neighbourhood& here, int c) {
    const Number row = here.fact(Number(cast<std::int32_t>(here.row())));
    const Number column = here.fact(Number(cast<std::int32_t>(here.column()) + rows));
    const Number sample = here.anywhere(0, cast<std::int64_t>(maximum(row, 0).integer()),
                                        cast<std::int64_t>(maximum(column, 0).integer()), c);
    if (edge.border != Border::Constant) return sample;
    return choose(minimum(row, column) < Number(0), is_float ? Number(outside) : Number(static_cast<int>(outside)),
                  sample);
  };
  return builder.add({.name = "pad",
                      .inputs = {{.stage = picture, .anywhere = true}},
                      .width = from.width + left + right,
                      .height = from.height + top + bottom,
                      .channels = from.channels,
                      .type = from.type,
                      .range = padded_range(from, edge, outside),
                      .body = body,
                      .facts = facts});
}

StageId build_pad(StageBuilder& builder, const Arguments& arguments, std::span<const StageId> inputs) {
  const auto side = [&](std::string_view name) {
    return arguments.has(name) ? arguments.integer(name) : arguments.integer("left");
  };
  const Sides sides = {side("left"), side("top"), side("right"), side("bottom")};
  const Edge edge = edge_of(arguments);
  if (sides.left + sides.top + sides.right + sides.bottom == 0) return inputs.front();
  if (pads_in_rows(sides, builder.stage(inputs.front()), edge.border))
    return add_padded_rows(builder, inputs.front(), sides, edge);
  return add_padded_picture(builder, builder.in_memory(inputs.front()), sides, edge);
}

}  // namespace

const Filter& crop() {
  static const Filter filter = {
      .name = "crop",
      .group = "geometry",
      .help = "a rectangle of the picture",
      .parameters = {pixels("width", "of the rectangle", {}, 1), pixels("height", "of the rectangle", {}, 1),
                     pixels("x", "its first column", 0.0, 0), pixels("y", "its first row", 0.0, 0)},
      .build = &build_crop};
  return filter;
}
const Filter& flip() {
  static const Filter filter = {.name = "flip",
                                .group = "geometry",
                                .help = "the picture mirrored",
                                .parameters = {{.name = "direction",
                                                .kind = ParameterKind::Word,
                                                .help = "horizontal: left and right; vertical: up and down; both",
                                                .standard = "horizontal",
                                                .words = {"horizontal", "vertical", "both"}}},
                                .build = &build_flip};
  return filter;
}
const Filter& rotate() {
  static const Filter filter = {.name = "rotate",
                                .group = "geometry",
                                .help = "the picture turned clockwise by a multiple of 90 degrees",
                                .parameters = {{.name = "degrees",
                                                .kind = ParameterKind::Integer,
                                                .help = "below 0: the other way round",
                                                .standard = 90.0,
                                                .integers = {-360, -270, -180, -90, 0, 90, 180, 270, 360}}},
                                .build = &build_rotate};
  return filter;
}
const Filter& pad() {
  static const Filter filter = {
      .name = "pad",
      .group = "geometry",
      .help = "the picture with what lies outside of it",
      .parameters = with_border({pixels("left", "columns before the first", {}, 0),
                                 pixels("top", "rows before the first; -1: as left", -1.0, -1),
                                 pixels("right", "columns behind the last; -1: as left", -1.0, -1),
                                 pixels("bottom", "rows behind the last; -1: as left", -1.0, -1)}),
      .build = &build_pad};
  return filter;
}

}  // namespace cogent::image::filters
