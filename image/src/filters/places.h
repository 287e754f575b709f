// Filters that take pixels from elsewhere in the picture.
#pragma once
#include "filters/shared.h"

namespace cogent::image::filters {

using Index = Value<std::int64_t>;

/// A stage of another size, of samples of a picture in memory, all channels alike. The body reads here.anywhere().
StageId add_moved(StageBuilder& builder, const std::string& name, StageId input, int width, int height, SampleType type,
                  Body body);
/// A stage whose pixel (y, x) is the input's pixel (row(y), column(x)).
StageId add_moved(StageBuilder& builder, const std::string& name, StageId input, int width, int height,
                  const std::function<Index(const Index&, const Index&)>& row,
                  const std::function<Index(const Index&, const Index&)>& column);
/// Whole numbers that are known now, for a stage that reads this picture: facts, the same for every picture.
int add_numbers(StageBuilder& builder, StageId picture, std::vector<std::int32_t> numbers);
/// The row or column that a border puts at a position, or -1 for a constant's.
int place_in(int position, int size, Border border);

}  // namespace cogent::image::filters
