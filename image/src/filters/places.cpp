// Stages that read pictures in memory at places of their own.
#include "filters/places.h"

#include <algorithm>

#include "engine/row_memory.h"

namespace cogent::image::filters {

StageId add_moved(StageBuilder& builder, const std::string& name, StageId input, int width, int height, SampleType type,
                  Body body) {
  const StageId picture = builder.in_memory(input);
  const Stage& from = builder.stage(picture);
  return builder.add({.name = name,
                      .inputs = {{.stage = picture, .anywhere = true}},
                      .width = width,
                      .height = height,
                      .channels = from.channels,
                      .type = type,
                      .range = samples_of(from),
                      .body = std::move(body)});
}

StageId add_moved(StageBuilder& builder, const std::string& name, StageId input, int width, int height,
                  const std::function<Index(const Index&, const Index&)>& row,
                  const std::function<Index(const Index&, const Index&)>& column) {
  return add_moved(builder, name, input, width, height, builder.stage(input).type,
                   [row, column](const Neighbourhood& here, int c) {
                     const Index y = here.row(), x = here.column();
                     return here.anywhere(0, row(y, x), column(y, x), c);
                   });
}

int add_numbers(StageBuilder& builder, StageId picture, std::vector<std::int32_t> numbers) {
  const int count = static_cast<int>(numbers.size());
  return builder.find_facts(picture, count,
                            [numbers = std::move(numbers)](const ConstPixels&, std::span<std::int32_t> facts) {
                              std::ranges::copy(numbers, facts.begin());
                            });
}

int place_in(int position, int size, Border border) { return border_position(position, size, border); }

}  // namespace cogent::image::filters
