// Plain structs whose members are known only when the generated function runs: their values, variables and elements of
// arrays; field, which names a member, and make, which builds a struct.
#pragma once
#include <cogent/detail/array_handle.h>
#include <cogent/detail/export.h>
#include <cogent/detail/struct_layout.h>
#include <cogent/detail/type_identity.h>

namespace cogent {

namespace detail {

template <class T>
using StructWords = std::array<Word, leaf_count<T>()>;

/// A number of a struct in memory, as it is, and as an element of an array.
COGENT_EXPORT Word constant_leaf(const Leaf& leaf, const void* object);
COGENT_EXPORT Word read_leaf(const Place& place, const Leaf& leaf, std::uint32_t offset);
COGENT_EXPORT void write_leaf(const Place& place, const Leaf& leaf, std::uint32_t offset, Word loaded, Word value);
/// The field of the element as an element of an array of its own.
COGENT_EXPORT ArrayHandle field_handle(const Place& place, ScalarType type, std::uint32_t offset);
/// Writes all numbers of a struct that stands at the place.
COGENT_EXPORT void store_leaves(const Place& place, std::span<const Leaf> leaves, const Word* words);

/// Where a body's result goes that is a struct.
struct StructResult {
  Place place;
  TypeIdentity type;
};
/// Writes the result of the body. Raises a mistake if that is no struct of the type.
COGENT_EXPORT void store_result(Session& session, const TypeIdentity& type, std::span<const Leaf> leaves,
                                const Word* words);

/// The first struct of an array, which is there.
inline Place first_place(const ArrayHandle& array) {
  const bool records = session_of(array.session).records();
  return place_in(array, records ? record_constant(0, ScalarType::I64) : Word{0, array.session});
}
[[noreturn]] COGENT_EXPORT void throw_member_index(std::int64_t index, std::size_t size);

template <class T>
StructWords<T> read_struct(const Place& place, std::uint32_t offset) {
  StructWords<T> words;
  for (std::size_t i = 0; i < words.size(); ++i) words[i] = read_leaf(place, leaves_of<T>()[i], offset);
  return words;
}

template <class T>
StructWords<T> constant_struct(const T& object) {
  StructWords<T> words;
  for (std::size_t i = 0; i < words.size(); ++i) words[i] = constant_leaf(leaves_of<T>()[i], &object);
  return words;
}

}  // namespace detail

/// A struct of numbers that are known only when the generated function runs. It never changes; its members are read
/// with field.
template <class T>
  requires detail::PlainStruct<T>
class Value<T> {
 public:
  using struct_type = T;

  Value(const Value&) = default;
  /// From a plain struct.
  Value(const T& object, const std::source_location& at = std::source_location::current())
      : words_((detail::mark_place(at), detail::constant_struct(object))) {}

  Value& operator=(const Value&) & { return detail::refuse_assignment(*this); }
  Value& operator=(const Value&) && { return detail::refuse_write(*this); }
  template <class U>
  void operator=(U&&) & {
    detail::refuse_assignment(*this);
  }
  template <class U>
  void operator=(U&&) && {
    detail::refuse_write(*this);
  }

  /// For the library: what computes the numbers.
  explicit Value(const detail::StructWords<T>& words) : words_(words) {}
  const detail::StructWords<T>& words() const { return words_; }

 protected:
  detail::StructWords<T> words_;
};

/// A struct in an Out or InOut array, as `array[i]` gives it: read at once, and assignable where it stands.
template <class T>
  requires detail::PlainStruct<T>
class Element<T> : public Value<T> {
 public:
  Element(const Element&) = default;
  /// array[i] = value: every member, but not what lies between them.
  void operator=(const Value<T>& value) && { assign(value.words()); }
  Element& operator=(const Element& value) && {
    assign(value.words());
    return *this;
  }
  template <class U>
  void operator=(U&&) & {
    static_assert(detail::never<U>, "COGENT: this is a copy of an element; write  array[i] = ...  to change the array");
  }

  /// For the library.
  Element(const detail::StructWords<T>& words, const detail::Place& place, std::uint32_t offset)
      : Value<T>(words), place_(place), offset_(offset) {}
  const detail::Place& place() const { return place_; }
  std::uint32_t offset() const { return offset_; }

 private:
  void assign(const detail::StructWords<T>& words) {
    for (std::size_t i = 0; i < words.size(); ++i)
      detail::write_leaf(place_, detail::leaves_of<T>()[i], offset_, this->words_[i], words[i]);
    this->words_ = words;
  }

  detail::Place place_;
  std::uint32_t offset_;
};

/// A member of a struct variable, read at once, and assignable where it stands.
template <class T>
class VariablePart : public Value<T>, public detail::CompoundAssignment<T, VariablePart<T>&&> {
 public:
  VariablePart(detail::Word value, detail::Word* content) : Value<T>(value), content_(content) {}
  VariablePart(const VariablePart&) = default;
  Value<T> operator=(detail::Argument<T> value) && {
    assign(value.word);
    return Value<T>(value.word);
  }
  VariablePart& operator=(const VariablePart&)
    requires(detail::never<T>);

  /// For the library.
  void assign(detail::Word value);
  Value<T> assigned() { return *this; }

 private:
  detail::Word* content_;
};
template <detail::PlainStruct T>
class VariablePart<T> : public Value<T> {
 public:
  VariablePart(const detail::StructWords<T>& words, detail::Word* content) : Value<T>(words), content_(content) {}
  VariablePart(const VariablePart&) = default;
  void operator=(const Value<T>& value) && { assign(value); }
  // NOLINTNEXTLINE(bugprone-unhandled-self-assignment): it assigns to a variable of the generated function
  void operator=(const VariablePart& value) && { assign(value); }

  /// For the library.
  detail::Word* content() const { return content_; }

 private:
  void assign(const Value<T>& value);

  detail::Word* content_;
};

/// A struct variable of the generated function; code.variable(value) makes it.
template <class T>
  requires detail::PlainStruct<T>
class Variable<T> {
 public:
  using struct_type = T;

  explicit Variable(const Value<T>& initial) { declare(initial.words()); }
  Variable(const Variable& other) { declare(other.read()); }

  /// Assigns every member.
  Variable& operator=(const Value<T>& value) {
    for (std::size_t i = 0; i < words_.size(); ++i) detail::set_variable(words_[i], value.words()[i]);
    return *this;
  }
  Variable& operator=(const Variable& other) { return *this = Value<T>(other.read()); }
  operator Value<T>() const { return Value<T>(read()); }

  /// For the library.
  detail::StructWords<T> read() const {
    detail::StructWords<T> words;
    for (std::size_t i = 0; i < words.size(); ++i) words[i] = detail::get_variable(words_[i]);
    return words;
  }
  detail::Word* content() { return words_.data(); }

 private:
  void declare(const detail::StructWords<T>& initial) {
    for (std::size_t i = 0; i < words_.size(); ++i)
      words_[i] = detail::make_variable(detail::leaves_of<T>()[i].type, initial[i]);
  }

  detail::StructWords<T> words_;  // while recording, the variables' numbers; in a plain run, their contents
};

// How a part of a variable is assigned to.
template <class T>
void VariablePart<T>::assign(detail::Word value) {
  detail::set_variable(*content_, value);
  this->word_ = value;
}
// The same of a part that is a struct.
template <detail::PlainStruct T>
void VariablePart<T>::assign(const Value<T>& value) {
  for (std::size_t i = 0; i < value.words().size(); ++i) detail::set_variable(content_[i], value.words()[i]);
}

namespace detail {

template <class U>
concept StructOperand =
    requires { typename std::remove_cvref_t<U>::struct_type; } || PlainStruct<std::remove_cvref_t<U>>;

template <class U>
struct StructTypeOf {
  using type = U;
};
template <class U>
  requires requires { typename U::struct_type; }
struct StructTypeOf<U> {
  using type = typename U::struct_type;
};
template <class U>
using struct_type = typename StructTypeOf<std::remove_cvref_t<U>>::type;

// ---- members, as values, as elements and as parts of a variable

template <class F>
inline constexpr bool is_array_member = std::is_array_v<F> || is_std_array<F>;
template <class F>
using ArrayElementOf = std::remove_cvref_t<decltype(std::declval<F&>()[0])>;
template <class F>
inline constexpr std::size_t array_size = leaf_count<F>() / leaf_count<ArrayElementOf<F>>();

/// The index of an element of a member that is an array: a number that is known at generation time.
struct MemberIndex {
  std::int64_t number;
  template <class U>
  MemberIndex(const U& index) : number(static_cast<std::int64_t>(index)) {
    static_assert(std::is_integral_v<U> || (std::is_enum_v<U> && !ScopedEnum<U>),
                  "COGENT: the index of a member that is an array is a plain integer");
  }
};

template <class F>
std::size_t leaf_of_index(std::int64_t index) {
  if (index < 0 || index >= static_cast<std::int64_t>(array_size<F>)) throw_member_index(index, array_size<F>);
  return static_cast<std::size_t>(index) * leaf_count<ArrayElementOf<F>>();
}

template <class F>
auto value_part(const Word* words);
template <class F>
auto element_part(const Place& place, std::uint32_t offset, const Word* words);
template <class F>
auto variable_part(Word* content);

template <class F>
StructWords<F> copy_words(const Word* words) {
  StructWords<F> copy;
  for (std::size_t i = 0; i < copy.size(); ++i) copy[i] = words[i];
  return copy;
}

template <class U>
concept StagedIndex = requires { typename std::remove_cvref_t<U>::staged_type; };
template <class U>
void refuse_staged_index() {
  static_assert(never<U>,
                "COGENT: an array within a struct value or variable takes an index that is known at generation time; "
                "read it where it stands in an array, field<&S::member>(structs[i])[k], or use code.scratch");
}

/// A member that is an array, of a value or a variable; its elements are named by numbers that are known at generation
/// time.
template <class F>
struct MemberValues {
  StructWords<F> words;
  auto operator[](MemberIndex index) const {
    return value_part<ArrayElementOf<F>>(words.data() + leaf_of_index<F>(index.number));
  }
  template <StagedIndex U>
  auto operator[](const U&) const {
    refuse_staged_index<U>();
    return (*this)[0];
  }
  static constexpr std::int64_t size() { return array_size<F>; }
};
/// One of an element of an array, where an index may be computed.
template <class F>
struct MemberElements : MemberValues<F> {
  Place place;
  std::uint32_t offset;
  template <StagedIndex U>
  auto operator[](const U& index) const {
    using E = ArrayElementOf<F>;
    const Word word = Argument<std::int64_t>(index).word;
    const Place inner = place_within(place, {offset, sizeof(E), static_cast<std::int64_t>(array_size<F>)}, word);
    return element_part<E>(inner, offset, read_struct<E>(inner, offset).data());
  }
  auto operator[](MemberIndex index) const {
    using E = ArrayElementOf<F>;
    const std::uint32_t behind = static_cast<std::uint32_t>(index.number) * static_cast<std::uint32_t>(sizeof(E));
    return element_part<E>(place, offset + behind, this->words.data() + leaf_of_index<F>(index.number));
  }
};
template <class F>
struct MemberVariables {
  Word* content;
  auto operator[](MemberIndex index) const {
    return variable_part<ArrayElementOf<F>>(content + leaf_of_index<F>(index.number));
  }
  template <StagedIndex U>
  auto operator[](const U&) const {
    refuse_staged_index<U>();
    return (*this)[0];
  }
  static constexpr std::int64_t size() { return array_size<F>; }
};

template <class F>
auto value_part(const Word* words) {
  if constexpr (is_array_member<F>)
    return MemberValues<F>{copy_words<F>(words)};
  else if constexpr (std::is_class_v<F>)
    return Value<F>(copy_words<F>(words));
  else
    return Value<F>(words[0]);
}

template <class F>
auto element_part(const Place& place, std::uint32_t offset, const Word* words) {
  if constexpr (is_array_member<F>)
    return MemberElements<F>{{copy_words<F>(words)}, place, offset};
  else if constexpr (std::is_class_v<F>)
    return Element<F>(copy_words<F>(words), place, offset);
  else
    return Element<F>(words[0], field_handle(place, type_of<F>, offset), place.index);
}

template <class F>
auto variable_part(Word* content) {
  if constexpr (is_array_member<F>) {
    return MemberVariables<F>{content};
  } else if constexpr (std::is_class_v<F>) {
    StructWords<F> words;
    for (std::size_t i = 0; i < words.size(); ++i) words[i] = get_variable(content[i]);
    return VariablePart<F>(words, content);
  } else {
    return VariablePart<F>(get_variable(*content), content);
  }
}

// What a member of each kind of struct is; an element or a part with a name is a copy.
template <auto member, class T>
auto member_of(const Value<T>& value) {
  return value_part<MemberOf<member>>(value.words().data() + first_leaf<member>());
}
template <auto member, class T>
auto member_of(Element<T>&& element) {
  const std::size_t first = first_leaf<member>();
  const std::uint32_t offset = leaves_of<T>()[first].offset;
  return element_part<MemberOf<member>>(element.place(), element.offset() + offset, element.words().data() + first);
}
template <auto member, class T>
auto member_of(Variable<T>& variable) {
  return variable_part<MemberOf<member>>(variable.content() + first_leaf<member>());
}
template <auto member, class T>
auto member_of(VariablePart<T>&& part) {
  return variable_part<MemberOf<member>>(part.content() + first_leaf<member>());
}

template <class M, class U>
void append_words(Word*& to, const U& given) {
  if constexpr (is_array_member<M>) {
    static_assert(array_size<M> == std::tuple_size_v<U>,
                  "COGENT: make takes a std::array for a member that is an array");
    for (const auto& element : given) append_words<ArrayElementOf<M>>(to, element);
  } else if constexpr (std::is_class_v<M>) {
    const Value<M> value(given);
    for (const Word& word : value.words()) *to++ = word;
  } else {
    check_conversion<M, U>();
    *to++ = word_as<M>(given);
  }
}

}  // namespace detail

/// A member: field<&Rgb::red>(pixels[i]) reads, and field<&Rgb::red>(pixels[i]) = x assigns, as it does for a struct
/// variable. Members of members: field<&Line::begin, &Point::x>(line). A member that is an array takes an index that is
/// known at generation time, and within an array a staged one, which is checked. Of a plain struct it is the member
/// itself.
template <auto member, auto... inner, class S>
  requires detail::StructOperand<S>
decltype(auto) field(S&& object) {
  static_assert(std::is_same_v<detail::struct_type<S>, detail::StructOf<member>>,
                "COGENT: field<&S::member> is of another struct than what it is given");
  if constexpr (detail::PlainStruct<std::remove_cvref_t<S>>) {
    if constexpr (sizeof...(inner) == 0)
      return (static_cast<S&&>(object).*member);
    else
      return field<inner...>(static_cast<S&&>(object).*member);
  } else if constexpr (sizeof...(inner) == 0) {
    return detail::member_of<member>(static_cast<S&&>(object));
  } else {
    return field<inner...>(detail::member_of<member>(static_cast<S&&>(object)));
  }
}

/// One of two structs, member by member: select(x > 0, pixels[i], Rgb{}).
template <detail::Operand C, class A, class B>
  requires detail::StructOperand<A> && detail::StructOperand<B> &&
           (detail::Staged<C> || !detail::PlainStruct<A> || !detail::PlainStruct<B>)
auto select(const C& condition, const A& if_true, const B& if_false,
            const std::source_location& at = std::source_location::current()) {
  using T = detail::struct_type<A>;
  static_assert(std::is_same_v<T, detail::struct_type<B>>, "COGENT: select chooses between structs of one type");
  const detail::Word test = detail::Condition(condition, at).word;
  const Value<T> a(if_true), b(if_false);
  detail::StructWords<T> words;
  const bool records = detail::session_of(test.session).records();
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (records)
      words[i] = detail::record_select(test, a.words()[i], b.words()[i]);
    else
      words[i] = test.bits != 0 ? a.words()[i] : b.words()[i];
  }
  return Value<T>(words);
}

/// A struct of these members, in their order: make<Rgba>(r, g, b, 255). Numbers are converted as C++ does; members that
/// are structs take values of them, arrays a std::array.
template <detail::PlainStruct T, detail::Named... U>
Value<T> make(U&&... given) {
  static_assert(sizeof...(U) == detail::member_count<T>, "COGENT: make<S>(...) takes one value for each member of S");
  detail::require_session();
  detail::StructWords<T> words;
  detail::Word* next = words.data();
  [&]<class... M>(std::type_identity<std::tuple<M...>>) {
    (detail::append_words<std::remove_cvref_t<M>>(next, given), ...);
  }(std::type_identity<detail::Members<T>>{});
  return Value<T>(words);
}

}  // namespace cogent
