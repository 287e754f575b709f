// The stencils beyond bytes to bytes by a small square kernel, each ready to be measured at a size.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace bench {

struct PictureSize {
  int width, height;
};

// One stencil's calls on buffers of their own.
struct StencilCalls {
  std::function<void()> cogent, opencv, memcpy;  // memcpy reads and writes as many bytes as the stencil
  std::function<void()> warm_cogent, warm_opencv, warm_memcpy;
  std::function<bool()> is_right;  // whether what cogent left behind is what a naive loop gives
  std::string explanation;
  std::shared_ptr<void> owner;
};

struct StencilCase {
  std::string name;
  std::function<StencilCalls(PictureSize)> at;
};

std::vector<StencilCase> stencil_cases();

}  // namespace bench
