// Extent: how many rows or columns a pass has, known while generating or only when it runs.
#pragma once
#include <cogent/cogent.h>

namespace cogent::image {

using Index = Value<std::int64_t>;

/// The least and the most are plain numbers; if they are equal, the extent is known.
class Extent {
 public:
  explicit Extent(std::int64_t known) : value_(known), least_(known), most_(known) {}
  /// A number of the run, which lies within these limits; the code proves with them that places lie in memory.
  Extent(const Index& value, std::int64_t least, std::int64_t most)
      : value_(min(max(value, least), most)), least_(least), most_(most) {}

  const Index& value() const { return value_; }
  std::int64_t least() const { return least_; }
  std::int64_t most() const { return most_; }
  bool is_known() const { return least_ == most_; }
  /// As many times as much.
  Index times(int factor) const { return factor == 1 ? value_ : value_ * std::int64_t{factor}; }

 private:
  Index value_;
  std::int64_t least_, most_;
};

}  // namespace cogent::image
