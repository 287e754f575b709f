// Sums of weighted samples around a pixel: what convolve and all filters with a kernel are made of.
#pragma once
#include "filters/shared.h"

namespace cogent::image::filters {

/// The kernel of a correlation: result = (sum of weight * sample) / divisor + offset. The anchor is the weight of the
/// pixel that is computed.
struct Taps {
  int rows = 1, columns = 1;
  std::vector<double> weights;  ///< row by row
  int anchor_row = rows / 2, anchor_column = columns / 2;
  double divisor = 1, offset = 0;

  double at(int row, int column) const { return weights[static_cast<std::size_t>(row * columns + column)]; }
};

/// Taps of weights side by side, or one above the other.
Taps row_taps(std::vector<double> weights, double divisor = 1);
Taps column_taps(std::vector<double> weights, double divisor = 1);

/// A correlation. Whole weights, divisor and offset of whole samples are computed exactly, as long as sums stay below
/// 2^53, and rounded once, halves to even; others in floats, or in doubles where those would lose a level. A product of
/// a column and a row becomes two stages.
StageId add_convolution(StageBuilder& builder, const std::string& name, StageId input, const Taps& taps,
                        const Edge& edge, SampleType type);
/// First the one, then the other, without rounding between them.
StageId add_separable(StageBuilder& builder, const std::string& name, StageId input, const Taps& column,
                      const Taps& row, const Edge& edge, SampleType type);

/// The same of bytes with whole weights, none negative, the sums shifted to the right by `bits`, halves up, and made
/// bytes.
StageId add_rounded_separable(StageBuilder& builder, const std::string& name, StageId input, const Taps& column,
                              const Taps& row, const Edge& edge, int bits);

/// An integer of at least `least`, divided: the nearest whole number, halves to even. Of others the quotient.
Number divide_half_even(const Number& number, double least, int divisor);

}  // namespace cogent::image::filters
