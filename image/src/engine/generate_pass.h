// The generated function of a pass: its row loops, one behind the other, for each row of the result.
#pragma once
#include "engine/schedule.h"

#include <memory>

namespace cogent::image {

/// What a pass's code is made from: known when it is generated. Two are equal if their keys are.
struct PassFacts {
  std::shared_ptr<const StageGraph> graph;
  std::shared_ptr<const Schedule> schedule;
  PassStep pass;
  std::vector<int> pictures;  ///< that it reads, in the order of its parameters
  std::string key;            ///< the pipeline, the format, and which of its passes

  friend bool operator==(const PassFacts& a, const PassFacts& b) { return a.key == b.key; }
};

inline constexpr int most_pictures = 3;  ///< that one pass reads

/// The rows first, first + 1 ... last - 1 of a pass's result. Parameters: what the code is made from, the pictures that
/// the pass reads, its numbers, the result, the rows.
using PassSignature = void(const PassFacts&, AnyIn<3>, AnyIn<3>, AnyIn<3>, In<std::int32_t>, AnyOut<3>,
                           Value<std::int64_t>, Value<std::int64_t>);
const GeneratedFunction<PassSignature>& pass_function();

}  // namespace cogent::image

template <>
struct std::hash<cogent::image::PassFacts> {
  std::size_t operator()(const cogent::image::PassFacts& facts) const noexcept {
    return std::hash<std::string>{}(facts.key);
  }
};
