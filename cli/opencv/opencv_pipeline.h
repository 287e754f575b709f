// The same pipeline as OpenCV's functions, one after the other, to measure it beside.
#pragma once
#include <cogent/image/pipeline.h>

#include <functional>
#include <string>

namespace cogent::cli {

struct OpenCvPipeline {
  std::function<void()> run;  ///< on one thread; null if there is no equivalent
  std::string why_not;
};

/// For pixels of u8, which must outlive it. Loads the module cogent_opencv, so that only who measures loads OpenCV.
OpenCvPipeline make_opencv_pipeline(const image::Pipeline& pipeline, const image::ConstPixels& input);

/// The module's one function.
using MakeOpenCvPipeline = void (*)(const image::Pipeline& pipeline, const image::ConstPixels& input,
                                    OpenCvPipeline& result);
constexpr const char* name_of_make_opencv_pipeline = "cogent_make_opencv_pipeline";

}  // namespace cogent::cli
