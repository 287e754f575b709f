// Pictures to filter.
#pragma once
#include <opencv2/core.hpp>

namespace bench {

/// Smooth with noise, so that no branch and no table is always taken alike.
cv::Mat make_picture(cv::Size size, int channels);

}  // namespace bench
