// Pictures to filter.
#include "bench/pipelines/pictures.h"

#include <algorithm>
#include <cstdint>

namespace bench {

cv::Mat make_picture(cv::Size size, int channels) {
  cv::Mat picture(size, CV_8UC(channels));
  std::uint32_t noise = 1;
  for (int y = 0; y < size.height; ++y)
    for (int i = 0; i < size.width * channels; ++i) {
      noise = noise * 1664525U + 1013904223U;
      const int shade = (y + i / channels * 3 + i % channels * 40) & 255;
      picture.ptr(y)[i] = static_cast<std::uint8_t>(std::clamp(shade + static_cast<int>(noise >> 27) - 16, 0, 255));
    }
  return picture;
}

}  // namespace bench
