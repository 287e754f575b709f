// What is measured: pipelines as text, and what OpenCV calls for the same.
#pragma once
#include <functional>
#include <opencv2/imgproc.hpp>
#include <string>
#include <vector>

namespace bench {

struct PipelineCase {
  std::string name;      ///< "P1", "gaussian5"
  std::string pipeline;  ///< as text
  int channels;          ///< of the input, u8
  std::function<void(const cv::Mat& input, cv::Mat& output)> opencv;
};

/// The five pipelines whose speed by hand is known.
std::vector<PipelineCase> pipeline_cases();
/// The twelve filters that people use most.
std::vector<PipelineCase> filter_cases();

}  // namespace bench
