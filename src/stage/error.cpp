// The messages of the public errors: the position comes first.
#include <cogent/error.h>

#include <utility>

namespace cogent {
namespace {

std::string with_position(const std::string& message, const SourcePosition& position) {
  if (position.line == 0) return message;
  return position.file + ":" + std::to_string(position.line) + ": " + message;
}

}  // namespace

Error::Error(const std::string& message, SourcePosition position)
    : std::runtime_error(with_position(message, position)), position_(std::move(position)) {}

RunTimeError::RunTimeError(const std::string& message, SourcePosition position, std::string array, std::int64_t index,
                           std::int64_t size, int dimension)
    : Error(message, std::move(position)),
      array_(std::move(array)),
      index_(index),
      size_(size),
      dimension_(dimension) {}

}  // namespace cogent
