// What blurs share: what they do to alpha.
#pragma once
#include <functional>

#include "filters/convolution.h"

namespace cogent::image::filters {

/// Blurs a stage into samples of a type.
using Blur = std::function<StageId(StageBuilder& builder, StageId input, SampleType type)>;

/// The parameters border, value and alpha.
std::vector<Parameter> with_border_and_alpha(std::vector<Parameter> parameters);
/// The blur of an input as the argument alpha says: of colours multiplied by alpha where they are not yet, of all
/// channels as they are, or of the colours alone.
StageId add_blur(StageBuilder& builder, const Arguments& arguments, StageId input, const Blur& blur);
/// Gauss's blur: bytes by whole 256ths if that errs by less than a level. Size 0: what the sigma needs.
StageId add_gaussian(StageBuilder& builder, StageId input, double sigma, int size, const Edge& edge, SampleType type);

}  // namespace cogent::image::filters
