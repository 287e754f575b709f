// code.print: its format with the line it stands on, and its arguments.
#pragma once
#include <concepts>
#include <source_location>

#include <cogent/detail/export.h>
#include <cogent/detail/function_call.h>

namespace cogent::detail {

struct PrintFormat {
  std::string_view text;
  std::source_location at;
  template <std::convertible_to<std::string_view> S>
  PrintFormat(const S& format, const std::source_location& here = std::source_location::current())
      : text(format), at(here) {}
};

/// A staged value, or something plain that becomes part of the text.
struct PrintArgument {
  enum class Kind : std::uint8_t { Staged, Number, Text } kind = Kind::Text;
  bool is_character = false;
  ScalarType type = ScalarType::Void;  // Staged, Number
  Word word{};                         // Staged; Number: its canonical bits
  std::string_view text{};
};

template <class T>
inline constexpr bool is_character_type = std::is_same_v<T, char>;

template <class U>
PrintArgument print_argument(const U& argument) {
  using Kind = PrintArgument::Kind;
  if constexpr (Staged<U>) {
    using T = plain_type<U>;
    return {.kind = Kind::Staged,
            .is_character = is_character_type<T>,
            .type = type_of<T>,
            .word = (session_of(argument.read().session), argument.read())};
  } else if constexpr (std::is_arithmetic_v<U> || std::is_enum_v<U>) {
    return {.kind = Kind::Number,
            .is_character = is_character_type<U>,
            .type = type_of<U>,
            .word = {canonical(argument), 0}};
  } else {
    static_assert(std::is_convertible_v<const U&, std::string_view>,
                  "COGENT: code.print takes numbers, staged values and plain strings");
    return {.kind = Kind::Text, .text = argument};
  }
}

/// Prints when the generated function runs.
COGENT_EXPORT void print(Session& session, std::string_view format, std::span<const PrintArgument> arguments);

}  // namespace cogent::detail
