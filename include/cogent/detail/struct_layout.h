// The members of plain structs: how many there are, of which types, where they lie. C++20 has no reflection, so the
// members are counted by trying how many initialisers the struct takes, and named by a structured binding.
#pragma once
#include <array>
#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

#include <cogent/detail/scalar_type.h>

namespace cogent::detail {

/// A struct that elements, values and parameters may be of. Its members are numbers, enums, structs like it, and arrays
/// of numbers.
template <class T>
concept PlainStruct =
    std::is_class_v<T> && std::is_aggregate_v<T> && std::is_trivially_copyable_v<T> && std::is_standard_layout_v<T>;

template <class T>
inline constexpr bool is_std_array = false;
template <class T, std::size_t size>
inline constexpr bool is_std_array<std::array<T, size>> = true;

// ---- counting the members

struct AnyMember {
  template <class U>
  operator U() const noexcept;
};
struct AnyScalar {
  template <class U>
    requires std::is_scalar_v<U>
  operator U() const noexcept;
};
struct AnyClass {
  template <class U>
    requires std::is_class_v<U>
  operator U() const noexcept;
};
template <std::size_t, class A>
using Repeated = A;

template <class T, class Indexes>
inline constexpr bool takes = false;
template <class T, std::size_t... i>
inline constexpr bool takes<T, std::index_sequence<i...>> = requires { T{std::declval<Repeated<i, AnyMember>>()...}; };

template <class T, class Before>
inline constexpr bool takes_class_after = false;
template <class T, std::size_t... i>
inline constexpr bool takes_class_after<T, std::index_sequence<i...>> =
    requires { T{std::declval<Repeated<i, AnyMember>>()..., std::declval<AnyClass>()}; };

template <class T, class Before, class Inside>
inline constexpr bool takes_list_after = false;
template <class T, std::size_t... i, std::size_t... k>
inline constexpr bool takes_list_after<T, std::index_sequence<i...>, std::index_sequence<k...>> =
    requires { T{std::declval<Repeated<i, AnyMember>>()..., {std::declval<Repeated<k, AnyScalar>>()...}}; };

/// How many initialisers T takes, those of arrays of numbers written without braces.
template <class T, std::size_t count = 0>
constexpr std::size_t count_initialisers() {
  if constexpr (takes<T, std::make_index_sequence<count + 1>>)
    return count_initialisers<T, count + 1>();
  else
    return count;
}
/// How many numbers the member takes that comes after `before` initialisers: 1, unless it is an array.
template <class T, std::size_t before, std::size_t count = 1>
constexpr std::size_t count_in_member() {
  if constexpr (takes_list_after<T, std::make_index_sequence<before>, std::make_index_sequence<count + 1>>)
    return count_in_member<T, before, count + 1>();
  else
    return count;
}
template <class T, std::size_t total, std::size_t before = 0>
constexpr std::size_t count_members_from() {
  if constexpr (before >= total)
    return 0;
  else if constexpr (takes_class_after<T, std::make_index_sequence<before>>)
    return 1 + count_members_from<T, total, before + 1>();
  else
    return 1 + count_members_from<T, total, before + count_in_member<T, before>()>();
}
template <class T>
inline constexpr std::size_t member_count = count_members_from<T, count_initialisers<T>()>();

/// References to the members.
template <class T>
constexpr auto members(T& object) {
  constexpr std::size_t count = member_count<std::remove_const_t<T>>;
  static_assert(count >= 1 && count <= 16, "COGENT: a struct of staged values has 1 to 16 members");
  // clang-format off
  if constexpr (count == 1) { auto& [a] = object; return std::tie(a); }
  else if constexpr (count == 2) { auto& [a, b] = object; return std::tie(a, b); }
  else if constexpr (count == 3) { auto& [a, b, c] = object; return std::tie(a, b, c); }
  else if constexpr (count == 4) { auto& [a, b, c, d] = object; return std::tie(a, b, c, d); }
  else if constexpr (count == 5) { auto& [a, b, c, d, e] = object; return std::tie(a, b, c, d, e); }
  else if constexpr (count == 6) { auto& [a, b, c, d, e, f] = object; return std::tie(a, b, c, d, e, f); }
  else if constexpr (count == 7) { auto& [a, b, c, d, e, f, g] = object; return std::tie(a, b, c, d, e, f, g); }
  else if constexpr (count == 8) { auto& [a, b, c, d, e, f, g, h] = object; return std::tie(a, b, c, d, e, f, g, h); }
  else if constexpr (count == 9) { auto& [a, b, c, d, e, f, g, h, i] = object; return std::tie(a, b, c, d, e, f, g, h, i); }
  else if constexpr (count == 10) { auto& [a, b, c, d, e, f, g, h, i, j] = object; return std::tie(a, b, c, d, e, f, g, h, i, j); }
  else if constexpr (count == 11) { auto& [a, b, c, d, e, f, g, h, i, j, k] = object; return std::tie(a, b, c, d, e, f, g, h, i, j, k); }
  else if constexpr (count == 12) { auto& [a, b, c, d, e, f, g, h, i, j, k, l] = object; return std::tie(a, b, c, d, e, f, g, h, i, j, k, l); }
  else if constexpr (count == 13) { auto& [a, b, c, d, e, f, g, h, i, j, k, l, m] = object; return std::tie(a, b, c, d, e, f, g, h, i, j, k, l, m); }
  else if constexpr (count == 14) { auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n] = object; return std::tie(a, b, c, d, e, f, g, h, i, j, k, l, m, n); }
  else if constexpr (count == 15) { auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o] = object; return std::tie(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o); }
  else { auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p] = object; return std::tie(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p); }
  // clang-format on
}

// ---- the numbers that a struct consists of

template <class M>
using Members = decltype(members(std::declval<M&>()));

/// How many numbers a member consists of.
template <class M>
constexpr std::size_t leaf_count() {
  if constexpr (std::is_array_v<M>) {
    return std::extent_v<M> * leaf_count<std::remove_extent_t<M>>();
  } else if constexpr (is_std_array<M>) {
    return std::tuple_size_v<M> * leaf_count<typename M::value_type>();
  } else if constexpr (std::is_class_v<M>) {
    return []<class... R>(std::type_identity<std::tuple<R...>>) {
      return (std::size_t{0} + ... + leaf_count<std::remove_cvref_t<R>>());
    }(std::type_identity<Members<M>>{});
  } else {
    return 1;
  }
}

/// Calls visit(leaf) for each number of an object, in the order of the members.
template <class M, class Visit>
void visit_leaves(M& member, Visit&& visit) {
  using Type = std::remove_const_t<M>;
  if constexpr (std::is_array_v<Type> || is_std_array<Type>) {
    for (auto& element : member) visit_leaves(element, visit);
  } else if constexpr (std::is_class_v<Type>) {
    std::apply([&](auto&... inner) { (visit_leaves(inner, visit), ...); }, members(member));
  } else {
    visit(member);
  }
}

/// A number within a struct.
struct Leaf {
  ScalarType type;
  std::uint32_t offset;  // bytes from the beginning of the struct
};

/// The type by which a program knows elements: structs are bytes.
template <class T>
constexpr ScalarType element_scalar() {
  if constexpr (std::is_class_v<T>)
    return ScalarType::U8;
  else
    return type_of<T>;
}

template <class M>
constexpr ScalarType leaf_type_or_void() {
  if constexpr (std::is_class_v<M>)
    return ScalarType::Void;
  else
    return type_of<M>;
}

/// A struct that is never read: for its addresses.
template <class T>
T& some_struct() {
  alignas(T) static std::byte storage[sizeof(T)];
  return *reinterpret_cast<T*>(storage);
}

template <class From, class To>
std::uint32_t distance(const From& from, const To& to) {
  return static_cast<std::uint32_t>(reinterpret_cast<const char*>(&to) - reinterpret_cast<const char*>(&from));
}

template <class T>
using Leaves = std::array<Leaf, leaf_count<T>()>;

template <class T>
const Leaves<T>& leaves_of() {
  static const Leaves<T> leaves = [] {
    Leaves<T> result{};
    std::size_t next = 0;
    T& object = some_struct<T>();
    visit_leaves(object, [&](auto& leaf) {
      result[next++] = {type_of<std::remove_cvref_t<decltype(leaf)>>, distance(object, leaf)};
    });
    return result;
  }();
  return leaves;
}

// ---- pointers to members

template <class P>
struct MemberPointer;
template <class C, class F>
struct MemberPointer<F C::*> {
  using Struct = C;
  using Type = F;
};
template <auto member>
using StructOf = typename MemberPointer<decltype(member)>::Struct;
template <auto member>
using MemberOf = typename MemberPointer<decltype(member)>::Type;

/// The first of a struct's numbers that belongs to the member.
template <auto member>
std::size_t first_leaf() {
  using T = StructOf<member>;
  static const std::size_t first = [] {
    const std::uint32_t offset = distance(some_struct<T>(), some_struct<T>().*member);
    const auto& leaves = leaves_of<T>();
    std::size_t leaf = 0;
    while (leaves[leaf].offset < offset) ++leaf;
    return leaf;
  }();
  return first;
}

}  // namespace cogent::detail
