// The errors that a user of generated functions can meet. Each says what went wrong, where in the user's source, and
// what to do.
#pragma once
#include <cstdint>
#include <stdexcept>
#include <string>

#include <cogent/detail/export.h>

namespace cogent {

/// A position in the user's source; line 0 and an empty file when it is not known.
struct SourcePosition {
  std::string file;
  std::uint32_t line = 0;
};

/// The base of all errors of this library. what() is the whole message, with file and line.
class COGENT_EXPORT Error : public std::runtime_error {
 public:
  Error(const std::string& message, SourcePosition position);
  const SourcePosition& position() const noexcept { return position_; }

 private:
  SourcePosition position_;
};

/// The function cannot be generated: a mistake in the body, or something that every call would do wrong; or the
/// environment's COGENT_CPU names no level (then without a position).
class COGENT_EXPORT GenerationError : public Error {
 public:
  using Error::Error;
};

/// A running function met an index out of bounds, a division by zero or a requirement that does not hold. What it did
/// before that point has been done.
class COGENT_EXPORT RunTimeError : public Error {
 public:
  RunTimeError(const std::string& message, SourcePosition position, std::string array = {}, std::int64_t index = 0,
               std::int64_t size = 0, int dimension = 0);
  /// The array's name, the dimension, its size in elements and the index used; empty and 0 unless an index was out of
  /// bounds.
  const std::string& array() const noexcept { return array_; }
  std::int64_t index() const noexcept { return index_; }
  std::int64_t size() const noexcept { return size_; }
  int dimension() const noexcept { return dimension_; }

 private:
  std::string array_;
  std::int64_t index_, size_;
  int dimension_;
};

/// run_checked found that two ways of running the same function differ, or that the call does what C++ leaves
/// undefined: a signed overflow, a shift by too much. (Generated code wraps; an ordinary call does not complain.)
class COGENT_EXPORT CheckError : public Error {
 public:
  using Error::Error;
};

}  // namespace cogent
