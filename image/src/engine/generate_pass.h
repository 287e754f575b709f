// The generated function of a pass: its row loops, one behind the other, for each row of the result.
#pragma once
#include <memory>

#include "engine/schedule.h"
#include "engine/views.h"

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

/// The pictures that a pass reads: so few mostly, and so many at most, for which joins of more are put in memory first.
inline constexpr std::size_t few_pictures = 3, most_pictures = 16;

/// A generated function that takes as many pictures as there are indices.
template <class Indices>
struct PassOf;
template <std::size_t... I>
struct PassOf<std::index_sequence<I...>> {
  template <std::size_t>
  using Picture = AnyIn<3>;
  /// The rows first, first + 1 ... last - 1 of a pass's result. Parameters: what the code is made from, the pictures
  /// that the pass reads, its numbers, the result, the rows.
  using Signature = void(const PassFacts&, Picture<I>..., In<std::int32_t>, AnyOut<3>, Value<std::int64_t>,
                         Value<std::int64_t>);
};
template <std::size_t count>
using PassFunction = GeneratedFunction<typename PassOf<std::make_index_sequence<count>>::Signature>;

/// That of `few_pictures` or `most_pictures`.
template <std::size_t count>
const PassFunction<count>& pass_function();
extern template const PassFunction<few_pictures>& pass_function<few_pictures>();
extern template const PassFunction<most_pictures>& pass_function<most_pictures>();

/// The same of a pass of one picture, which is generated once for all sizes. Parameters: what the code is made from,
/// the picture's samples, the result's, how many lie between the beginnings of rows of both, width, height, the rows.
template <class From, class To>
using AnySizeFunction =
    GeneratedFunction<void(const PassFacts&, DynamicIn<From>, DynamicOut<To>, Value<std::int64_t>, Value<std::int64_t>,
                           Value<std::int64_t>, Value<std::int64_t>, Value<std::int64_t>, Value<std::int64_t>)>;
template <class From, class To>
const AnySizeFunction<From, To>& any_size_function();
extern template const AnySizeFunction<std::uint8_t, std::uint8_t>& any_size_function();
extern template const AnySizeFunction<std::uint8_t, std::int16_t>& any_size_function();
extern template const AnySizeFunction<std::uint16_t, std::uint16_t>& any_size_function();

/// Calls `use` with the function that takes a pass's pictures, and with these, as `picture` gives them by their place.
template <class Picture, class Use>
decltype(auto) with_pass_function(const PassFacts& facts, const Picture& picture, const Use& use) {
  const auto with = [&]<std::size_t... i>(std::index_sequence<i...>) -> decltype(auto) {
    return use(pass_function<sizeof...(i)>(), picture(i)...);
  };
  if (facts.pictures.size() <= few_pictures) return with(std::make_index_sequence<few_pictures>());
  return with(std::make_index_sequence<most_pictures>());
}

/// Calls `use` with the function of any size that takes such pictures, and with what it takes of them.
template <class Use>
decltype(auto) with_any_size_function(const ConstPixels& picture, const Pixels& result, const Use& use) {
  const auto with = [&]<class From, class To>(From, To) -> decltype(auto) {
    return use(any_size_function<From, To>(), samples_of<const From>(picture), samples_of<To>(result),
               std::int64_t{picture.row_stride}, std::int64_t{result.row_stride}, std::int64_t{picture.format.width},
               std::int64_t{picture.format.height});
  };
  if (picture.format.type == SampleType::U16) return with(std::uint16_t{}, std::uint16_t{});
  if (result.format.type == SampleType::I16) return with(std::uint8_t{}, std::int16_t{});
  return with(std::uint8_t{}, std::uint8_t{});
}

}  // namespace cogent::image

template <>
struct std::hash<cogent::image::PassFacts> {
  std::size_t operator()(const cogent::image::PassFacts& facts) const noexcept {
    return std::hash<std::string>{}(facts.key);
  }
};
