// The key of a specialisation: everything that was known at generation time, as words. Equal keys mean identical code.
#pragma once
#include <array>
#include <bit>
#include <cstring>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include <cogent/detail/export.h>
#include <cogent/detail/scalar_type.h>
#include <cogent/detail/type_identity.h>

namespace cogent::detail {

/// Words, on the stack unless there are many.
class Key {
 public:
  void append(std::uint64_t word) { *grow(1) = word; }
  /// The bytes, padded with zeros to whole words.
  void append_bytes(const void* bytes, std::size_t size) {
    if (size == 0) return;
    const std::size_t count = (size + 7) / 8;
    std::uint64_t* words = grow(count);
    words[count - 1] = 0;
    std::memcpy(words, bytes, size);
  }
  std::span<std::uint64_t> words() {
    return many_.empty() ? std::span<std::uint64_t>(few_.data(), size_) : std::span<std::uint64_t>(many_);
  }

 private:
  std::uint64_t* grow(std::size_t count) {
    if (many_.empty() && size_ + count <= few_.size()) {
      size_ += count;
      return few_.data() + size_ - count;
    }
    if (many_.empty()) many_.assign(few_.begin(), few_.begin() + static_cast<std::ptrdiff_t>(size_));
    many_.resize(many_.size() + count);
    return many_.data() + many_.size() - count;
  }

  std::size_t size_ = 0;
  std::array<std::uint64_t, 48> few_;
  std::vector<std::uint64_t> many_;
};

/// What a parameter has in the key: the size of an array, a number, a sequence of plain values, or something else.
enum class KeyKind : std::uint8_t { Size, Number, Sequence, Other };

/// A key, parameter by parameter.
struct KeyParts {
  struct Part {
    KeyKind kind;
    ScalarType type;  // of a number
    std::size_t end;  // words of the key up to the end of this part
  };
  Key key;
  std::vector<Part> parts;  // one for each parameter, without words for what is not in the key
};

/// A value of a type of the user's own.
struct OwnValue {
  TypeIdentity type;
  const void* value;
  std::size_t hash;
  bool (*equal)(const void* a, const void* b);
  std::shared_ptr<const void> (*copy)(const void* value);
};
/// A number that stands for the value, the same for equal values of a type.
COGENT_EXPORT std::uint64_t number_of(const OwnValue& value);

template <class T>
std::uint64_t number_of_own(const T& value) {
  const auto at = [](const void* address) -> const T& { return *static_cast<const T*>(address); };
  return number_of(
      {identify<T>(), &value, std::hash<T>{}(value),
       [](const void* a, const void* b) -> bool { return decltype(at){}(a) == decltype(at){}(b); },
       [](const void* of) -> std::shared_ptr<const void> { return std::make_shared<const T>(decltype(at){}(of)); }});
}

template <class T>
concept Keyable = requires(const T& value) {
  { value == value } -> std::convertible_to<bool>;
  { std::hash<T>{}(value) } -> std::convertible_to<std::size_t>;
};
template <class T>
concept Sequence = requires(const T& value) {
  { value.size() } -> std::convertible_to<std::size_t>;
  value.begin();
  value.end();
  typename T::value_type;
};
template <class T>
concept TupleLike = requires { std::tuple_size<T>::value; };
template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_packed_scalar =
    std::is_integral_v<T> || std::is_enum_v<T> || std::is_same_v<T, float> || std::is_same_v<T, double>;

template <class T>
void append_key(Key& key, const T& value);

template <Sequence T>
void append_sequence(Key& key, const T& values) {
  using Element = std::remove_cv_t<typename T::value_type>;
  key.append(values.size());
  if constexpr (is_packed_scalar<Element> && requires { values.data(); }) {
    key.append_bytes(values.data(), values.size() * sizeof(Element));
  } else {
    for (const auto& value : values) append_key<Element>(key, value);
  }
}

/// Above these bits of an extent in a key stand a mark that strides follow, and of rank 2 and 3 the element type.
inline constexpr int extent_bits = 58;

/// The extents and strides of an array. Those of a contiguous one of rank 1 are one word, its size.
inline void append_shape(Key& key, ScalarType type, int rank, const std::int64_t* extents,
                         const std::int64_t* strides) {
  if (rank == 1 && strides[0] == 1) return key.append(static_cast<std::uint64_t>(extents[0]));
  std::uint64_t mark = std::uint64_t{1} << 63;
  if (rank > 1) mark |= static_cast<std::uint64_t>(type) << extent_bits;
  for (int i = 0; i < rank; ++i) key.append(static_cast<std::uint64_t>(extents[i]) | mark);
  for (int i = 0; i < rank; ++i) key.append(static_cast<std::uint64_t>(strides[i]));
}

template <class T>
void append_key(Key& key, const T& value) {
  if constexpr (std::is_pointer_v<T>) {
    static_assert(never<T>,
                  "COGENT: a raw pointer cannot be a static argument; pass a std::span, std::string_view or a value");
  } else if constexpr (std::is_enum_v<T> || std::is_integral_v<T>) {
    static_assert(sizeof(T) <= 8, "COGENT: a static argument has at most 64 bits; pass two halves");
    key.append(static_cast<std::uint64_t>(value));
  } else if constexpr (std::is_same_v<T, float>) {
    key.append(std::bit_cast<std::uint32_t>(value));
  } else if constexpr (std::is_same_v<T, double>) {
    key.append(std::bit_cast<std::uint64_t>(value));
  } else if constexpr (is_optional<T>) {
    key.append(value.has_value());
    if (value) append_key(key, *value);
  } else if constexpr (Sequence<T> && (TupleLike<T> || !Keyable<T> || std::is_convertible_v<T, std::string_view>)) {
    append_sequence(key, value);
  } else if constexpr (TupleLike<T>) {
    std::apply([&](const auto&... element) { (append_key(key, element), ...); }, value);
  } else {
    static_assert(
        Keyable<T>,
        "COGENT: a static argument of your own type needs operator== and std::hash; equal values must mean identical "
        "generated code");
    key.append(number_of_own(value));
  }
}

}  // namespace cogent::detail
