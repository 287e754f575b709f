// What is wrong at a place of a text that is being read; whoever has the whole text makes a PipelineError of it.
#pragma once
#include <cstddef>
#include <string>
#include <utility>

namespace cogent::image::text {

struct TextError {
  std::string message = {};  ///< one line
  std::size_t offset = 0;
  std::size_t length = 1;
};

}  // namespace cogent::image::text
