// What blurs share: what they do to alpha.
#pragma once
#include <functional>

#include "filters/convolution.h"

namespace cogent::image::filters {

/// Blurs a stage into samples of a type. Its weights add up to 1.
using Blur = std::function<StageId(StageBuilder& builder, StageId input, const Edge& edge, SampleType type)>;

/// The parameters border, value and alpha.
std::vector<Parameter> with_border_and_alpha(std::vector<Parameter> parameters);
/// The blur of an input as the argument alpha says: of colours multiplied by alpha where they are not yet, of all
/// channels as they are, or of the colours alone.
StageId add_blur(StageBuilder& builder, const Arguments& arguments, StageId input, const Blur& blur);
/// What is made of colours multiplied by alpha and of alpha, both floats in which `outside` is 0; divided by alpha
/// again and brought to a type. `outside` is a sample of each channel, as a constant border has it.
StageId over_premultiplied(StageBuilder& builder, StageId input, double outside, SampleType type,
                           const std::function<StageId(StageId)>& make);
/// Throws ArgumentError for a sigma and a size by which add_gaussian cannot blur.
void check_gaussian(const Arguments& arguments);
/// Gauss's blur: bytes by whole 256ths if that errs by less than a level. Size 0: what the sigma needs.
StageId add_gaussian(StageBuilder& builder, StageId input, double sigma, int size, const Edge& edge, SampleType type);

}  // namespace cogent::image::filters
