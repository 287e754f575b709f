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
  std::function<bool()> is_right;               // whether what cogent left behind is what a naive loop gives
  std::function<void()> by_hand, warm_by_hand;  // the first is empty where there is none, see by_hand.h
  std::function<bool()> is_right_by_hand;       // whether what it left behind is within one of what cogent did
  std::string explanation;
  std::shared_ptr<void> owner;
};

struct StencilCase {
  std::string name;
  std::function<StencilCalls(PictureSize)> at;
};

std::vector<StencilCase> stencil_cases();

// What was reached by hand elsewhere with the best instructions for a kernel, bytes to bytes: microseconds beside those
// that memcpy took there, on a core with two ports for vectors of 512 bits, and with matrix tiles for the float 15x15.
struct HandWritten {
  StencilCase stencil;
  PictureSize size;
  double microseconds, memcpy;
  double ratio() const { return microseconds / memcpy; }
};

std::vector<HandWritten> hand_written_cases();

}  // namespace bench
