// What one convolution is given: a padded picture, a result, a kernel.
#pragma once

#include <tuple>

#include "../support/interleaved_rounds.h"
#include "../support/kernels.h"
#include "picture.h"

namespace walkthrough {

struct Workspace {
  Workspace(const examples::Kernel& kernel_to_use, const Picture& gray)
      : kernel(kernel_to_use),
        source(padded(gray, kernel_to_use.width / 2)),
        result(blank_picture(gray.width, gray.height)) {}

  // The arguments of every convolution here, naive or generated.
  auto arguments() { return std::tie(source.pixels, result.pixels, kernel.coefficients, result.width, kernel.width); }

  void warm() const {
    examples::warm(std::span(source.pixels));
    examples::warm(std::span(result.pixels));
  }

  examples::Kernel kernel;
  Picture source;
  Picture result;
};

}  // namespace walkthrough
