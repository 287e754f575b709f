// Tone curves: filters that make each sample of the same sample, by a function of numbers.
#pragma once
#include "filters/shared.h"

namespace cogent::image::filters {

/// A function of samples, in their own units.
struct Tone {
  std::function<double(double sample)> exact;             ///< the result, not yet rounded
  std::function<Number(const Number& sample)> generated;  ///< the same in generated code
  Range range = {};                                       ///< what `generated` gives
};

/// Bytes become others by a table, and tables one behind the other become one table. Other samples are computed. Alpha
/// stays.
StageId add_tone(StageBuilder& builder, const std::string& name, StageId input, const Tone& tone);
/// The table by which a stage of bytes makes bytes of a stage of bytes, or null.
const std::vector<std::uint8_t>* table_of(const StageBuilder& builder, StageId id);
/// A stage that computes quickly, made part of the table of the stage before it if that has one.
StageId add_quick_tone(StageBuilder& builder, const std::string& name, StageId input, const Tone& tone);

}  // namespace cogent::image::filters
