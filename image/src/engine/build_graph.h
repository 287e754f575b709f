// From a pipeline to its stages.
#pragma once
#include <cogent/image/pipeline.h>

#include "engine/stage_builder.h"

namespace cogent::image {

/// The stages of a pipeline for a format, and the steps that run them. Throws PipelineError if a filter cannot take
/// what it meets, for a picture larger than the options allow, and for options out of their range; PictureError if the
/// format is that of no picture.
StageGraph build_graph(const Pipeline& pipeline, const Format& input, const CompileOptions& options = {});

}  // namespace cogent::image
