// Makes pipelines of steps that are checked already.
#pragma once
#include <cogent/image/pipeline.h>

namespace cogent::image {

class PipelineMaker {
 public:
  static Pipeline make(std::vector<Step> steps) {
    Pipeline pipeline;
    pipeline.steps_ = std::move(steps);
    return pipeline;
  }
};

}  // namespace cogent::image
