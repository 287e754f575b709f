// The errors of pictures and pipelines.
#pragma once
#include <cogent/error.h>

#include <cstddef>
#include <string_view>

namespace cogent::image {

/// A pipeline that cannot be: its text, a filter's arguments, or a filter that does not fit the format it meets.
class PipelineError : public Error {
 public:
  /// `message`: one line, what is wrong and what to do.
  explicit PipelineError(const std::string& message) : Error(message, {}) {}
  /// The same, at `length` characters from `offset` on in the pipeline's text: what() shows the line with a caret.
  PipelineError(const std::string& message, std::string_view text, std::size_t offset, std::size_t length);
};

/// A picture that cannot be used: its format is that of none or not the one compiled for, it has no memory, its rows
/// overlap, result and input do, or there is no memory for pictures on the way.
class PictureError : public Error {
 public:
  explicit PictureError(const std::string& message) : Error(message, {}) {}
};

}  // namespace cogent::image
