// The shapes are taken from the words of the keys: what detail::append_shape has put there.
#include "jit/other_arguments.h"

#include <algorithm>

#include "jit/faults.h"

namespace cogent::jit {
namespace {

constexpr std::uint64_t is_strided = std::uint64_t{1} << 63;
constexpr std::uint64_t extent_mask = (std::uint64_t{1} << detail::extent_bits) - 1;

using Words = std::span<const std::uint64_t>;

// How many words of `words` are the shape that stands first, that of an array of the same rank as one whose shape has
// `other` words.
std::size_t words_of_shape(Words words, std::size_t other) {
  if (other > 2) return other;  // extents and strides, always
  return (words.front() & is_strided) != 0 ? 2 : 1;
}

// "1000 elements", "468 x 892 elements with strides 900 and 1".
std::string describe(Words shape) {
  const std::size_t rank = std::max<std::size_t>(shape.size() / 2, 1);
  std::string extents, strides;
  const bool has_mark = (shape.front() & is_strided) != 0;
  for (std::size_t i = 0; i < rank; ++i)
    extents += (i > 0 ? " x " : "") + std::to_string(has_mark ? shape[i] & extent_mask : shape[i]);
  for (std::size_t i = rank; i < shape.size(); ++i) strides += (i > rank ? ", " : "") + std::to_string(shape[i]);
  const auto type = static_cast<ir::Type>(has_mark && rank > 1 ? (shape.front() >> detail::extent_bits) & 31 : 0);
  return extents + " elements" + (type == ir::Type::Void ? "" : " of " + std::string(ir::name_of(type))) +
         (strides.empty() ? "" : " (strides " + strides + ")");
}

// The first array whose shape is another one, with both.
std::string find_difference(const FunctionIdentity& identity, Words made_for, detail::KeyParts& parts) {
  const Words words = parts.key.words();
  std::size_t begin = 0;
  for (std::size_t position = 0; position < parts.parts.size(); ++position) {
    const detail::KeyParts::Part& part = parts.parts[position];
    const Words given = words.subspan(begin, part.end - begin);
    begin = part.end;
    if (part.kind != detail::KeyKind::Size || given.empty()) continue;
    const Words wanted = made_for.first(words_of_shape(made_for, given.size()));
    made_for = made_for.subspan(wanted.size());
    if (!std::ranges::equal(given, wanted))
      return ": " + parameter_name(identity, static_cast<std::uint16_t>(position)) + " had " + describe(wanted) +
             ", and has " + describe(given) + " now";
  }
  return "";
}

}  // namespace

void raise_other_sizes(const FunctionIdentity& identity, Words made_for, const detail::Call& call,
                       const std::source_location& at) {
  detail::KeyParts parts;
  call.staging.append_parts(call.staging.arguments, parts);
  throw GenerationError("a specialisation of " + identity.name +
                            " was called with arrays of other sizes than it was made for" +
                            find_difference(identity, made_for, parts),
                        {at.file_name(), at.line()});
}

}  // namespace cogent::jit
