// What code.recurse needs of the function whose body is running: its parameters' types are known only there.
#pragma once
#include <cogent/detail/export.h>
#include <cogent/detail/function_call.h>
#include <cogent/detail/type_identity.h>

namespace cogent::detail {

/// An argument of code.recurse.
struct OwnArgument {
  enum class Kind : std::uint8_t { Staged, Number, Array, Struct, Plain } kind = Kind::Plain;
  ScalarType type = ScalarType::Void;  // Staged, Number
  Word word{};                         // Staged; Number: its canonical bits
  bool has_known_size = false;         // Array
  bool is_writable = false;
  PassedArray array{};
  std::vector<Word> words{};    // Struct
  const void* plain = nullptr;  // Number, Plain
  TypeIdentity plain_type{};    // also of an array's elements, and of a Struct
};

/// What code.recurse wants of the result.
struct OwnResult {
  ScalarType type = ScalarType::Void;  // Void: nothing, or a struct
  TypeIdentity struct_type{};          // of no struct: empty
  ArrayHandle* memory = nullptr;       // says where the struct is
  LocalMemory* keep = nullptr;         // keeps it in a plain run
};

class COGENT_EXPORT OwnFunction {
 public:
  virtual ~OwnFunction() = default;
  /// Calls the function itself.
  virtual Word call(Session& session, std::span<const OwnArgument> arguments, const OwnResult& wanted) const = 0;
};

template <class U>
OwnArgument own_argument(const U& argument) {
  using Kind = OwnArgument::Kind;
  if constexpr (Staged<U>) {
    return {.kind = Kind::Staged, .type = type_of<plain_type<U>>, .word = argument.read()};
  } else if constexpr (ArrayOperand<U>) {
    session_of(argument.handle().session);
    return {.kind = Kind::Array,
            .has_known_size = U::has_known_size,
            .is_writable = U::is_writable,
            .array = passed_array(argument),
            .plain_type = identify<typename U::element_type>()};
  } else if constexpr (requires { typename U::struct_type; }) {
    using S = typename U::struct_type;
    const StructWords<S> words = Value<S>(argument).words();
    return {.kind = Kind::Struct, .words = {words.begin(), words.end()}, .plain_type = identify<S>()};
  } else if constexpr (Scalar<U>) {
    return {.kind = Kind::Number,
            .type = type_of<U>,
            .word = {canonical(argument), 0},
            .plain = &argument,
            .plain_type = identify<U>()};
  } else {
    return {.plain = &argument, .plain_type = identify<U>()};
  }
}

/// The number as a word of its own type.
COGENT_EXPORT Word constant_word(Session& session, const OwnArgument& number);
/// A word of one type as another one.
COGENT_EXPORT Word convert_scalar(Session& session, Word word, ScalarType from, ScalarType to);
/// The canonical bits of a number of one type as another one.
COGENT_EXPORT std::int64_t convert_number(std::int64_t bits, ScalarType from, ScalarType to);
/// Raises the mistake that an argument of code.recurse does not fit its parameter (counted from 0).
[[noreturn]] COGENT_EXPORT void fail_own_argument(Session& session, std::size_t position, const char* reason);

/// Raises a mistake unless code.recurse gives as many arguments as the function takes and wants its result or none.
COGENT_EXPORT void check_own_call(Session& session, std::size_t given, std::size_t taken, ScalarType wanted,
                                  ScalarType result);

/// code.recurse(...).
COGENT_EXPORT Word recurse(Session& session, std::span<const OwnArgument> arguments, const OwnResult& wanted);

}  // namespace cogent::detail
