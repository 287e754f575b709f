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

/// Bytes become others by a table, or by a comparison where there are only two; with a tone before it, both by one.
/// Other samples are computed. Alpha stays.
StageId add_tone(StageBuilder& builder, const std::string& name, StageId input, const Tone& tone);
/// A tone that computes quickly, and gives of bytes exactly the bytes of `exact`: made one with the tone before it if
/// that has a table, or both are a comparison.
StageId add_quick_tone(StageBuilder& builder, const std::string& name, StageId input, const Tone& tone);

}  // namespace cogent::image::filters
