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
/// of such.
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
template <std::size_t, class A>
using Repeated = A;

template <class T, class Indexes>
inline constexpr bool takes = false;
template <class T, std::size_t... i>
inline constexpr bool takes<T, std::index_sequence<i...>> = requires { T{std::declval<Repeated<i, AnyMember>>()...}; };

/// Whether {} may stand for one member between so many initialisers.
template <class T, class Before, class Behind>
inline constexpr bool takes_empty_between = false;
template <class T, std::size_t... i, std::size_t... k>
inline constexpr bool takes_empty_between<T, std::index_sequence<i...>, std::index_sequence<k...>> =
    requires { T{std::declval<Repeated<i, AnyMember>>()..., {}, std::declval<Repeated<k, AnyMember>>()...}; };

/// How many initialisers T takes, those of arrays written without braces.
template <class T, std::size_t count = 0>
constexpr std::size_t count_initialisers() {
  if constexpr (takes<T, std::make_index_sequence<count + 1>>)
    return count_initialisers<T, count + 1>();
  else
    return count;
}
/// How many of them a member takes that comes behind `before` others: 1, unless it is an array. It takes those that
/// no longer fit behind a {} in its place.
template <class T, std::size_t total, std::size_t before, std::size_t count = 1>
constexpr std::size_t count_in_member() {
  if constexpr (before + count >= total || takes_empty_between<T, std::make_index_sequence<before>,
                                                               std::make_index_sequence<total - before - count>>)
    return count;
  else
    return count_in_member<T, total, before, count + 1>();
}
template <class T, std::size_t total, std::size_t before = 0>
constexpr std::size_t count_members_from() {
  if constexpr (before >= total)
    return 0;
  else
    return 1 + count_members_from<T, total, before + count_in_member<T, total, before>()>();
}
template <class T>
inline constexpr std::size_t member_count = count_members_from<T, count_initialisers<T>()>();

/// References to the members.
template <class T>
constexpr auto members(T& object) {
  constexpr std::size_t count = member_count<std::remove_const_t<T>>;
  static_assert(count >= 1 && count <= 32,
                "COGENT: a struct of staged values has 1 to 32 members; put some of them into a struct or an array");
  // clang-format off
  if constexpr (count == 1) { auto& [m1] = object; return std::tie(m1); }
  else if constexpr (count == 2) { auto& [m1, m2] = object; return std::tie(m1, m2); }
  else if constexpr (count == 3) { auto& [m1, m2, m3] = object; return std::tie(m1, m2, m3); }
  else if constexpr (count == 4) { auto& [m1, m2, m3, m4] = object; return std::tie(m1, m2, m3, m4); }
  else if constexpr (count == 5) { auto& [m1, m2, m3, m4, m5] = object; return std::tie(m1, m2, m3, m4, m5); }
  else if constexpr (count == 6) { auto& [m1, m2, m3, m4, m5, m6] = object; return std::tie(m1, m2, m3, m4, m5, m6); }
  else if constexpr (count == 7) { auto& [m1, m2, m3, m4, m5, m6, m7] = object; return std::tie(m1, m2, m3, m4, m5, m6, m7); }
  else if constexpr (count == 8) { auto& [m1, m2, m3, m4, m5, m6, m7, m8] = object; return std::tie(m1, m2, m3, m4, m5, m6, m7, m8); }
  else if constexpr (count == 9) { auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9] = object; return std::tie(m1, m2, m3, m4, m5, m6, m7, m8, m9); }
  else if constexpr (count == 10) { auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10] = object; return std::tie(m1, m2, m3, m4, m5, m6, m7, m8, m9, m10); }
  else if constexpr (count == 11) { auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11] = object; return std::tie(m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11); }
  else if constexpr (count == 12) { auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12] = object; return std::tie(m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12); }
  else if constexpr (count == 13) { auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13] = object; return std::tie(m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13); }
  else if constexpr (count == 14) { auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14] = object; return std::tie(m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14); }
  else if constexpr (count == 15) { auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15] = object; return std::tie(m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15); }
  else if constexpr (count == 16) { auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16] = object; return std::tie(m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16); }
  else if constexpr (count == 17) { auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17] = object; return std::tie(m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17); }
  else if constexpr (count == 18) { auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18] = object; return std::tie(m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18); }
  else if constexpr (count == 19) { auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19] = object; return std::tie(m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19); }
  else if constexpr (count == 20) { auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20] = object; return std::tie(m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20); }
  else if constexpr (count == 21) { auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20, m21] = object; return std::tie(m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20, m21); }
  else if constexpr (count == 22) { auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20, m21, m22] = object; return std::tie(m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20, m21, m22); }
  else if constexpr (count == 23) { auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20, m21, m22, m23] = object; return std::tie(m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20, m21, m22, m23); }
  else if constexpr (count == 24) { auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20, m21, m22, m23, m24] = object; return std::tie(m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20, m21, m22, m23, m24); }
  else if constexpr (count == 25) { auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20, m21, m22, m23, m24, m25] = object; return std::tie(m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20, m21, m22, m23, m24, m25); }
  else if constexpr (count == 26) { auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20, m21, m22, m23, m24, m25, m26] = object; return std::tie(m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20, m21, m22, m23, m24, m25, m26); }
  else if constexpr (count == 27) { auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20, m21, m22, m23, m24, m25, m26, m27] = object; return std::tie(m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20, m21, m22, m23, m24, m25, m26, m27); }
  else if constexpr (count == 28) { auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20, m21, m22, m23, m24, m25, m26, m27, m28] = object; return std::tie(m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20, m21, m22, m23, m24, m25, m26, m27, m28); }
  else if constexpr (count == 29) { auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20, m21, m22, m23, m24, m25, m26, m27, m28, m29] = object; return std::tie(m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20, m21, m22, m23, m24, m25, m26, m27, m28, m29); }
  else if constexpr (count == 30) { auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20, m21, m22, m23, m24, m25, m26, m27, m28, m29, m30] = object; return std::tie(m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20, m21, m22, m23, m24, m25, m26, m27, m28, m29, m30); }
  else if constexpr (count == 31) { auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20, m21, m22, m23, m24, m25, m26, m27, m28, m29, m30, m31] = object; return std::tie(m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20, m21, m22, m23, m24, m25, m26, m27, m28, m29, m30, m31); }
  else if constexpr (count == 32) { auto& [m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20, m21, m22, m23, m24, m25, m26, m27, m28, m29, m30, m31, m32] = object; return std::tie(m1, m2, m3, m4, m5, m6, m7, m8, m9, m10, m11, m12, m13, m14, m15, m16, m17, m18, m19, m20, m21, m22, m23, m24, m25, m26, m27, m28, m29, m30, m31, m32); }
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
