// Format strings: what they print, and the words for those that are wrong.
#include "format/format.h"

#include <gtest/gtest.h>

#include <bit>
#include <limits>

namespace cogent::format {
namespace {

using ir::Type;

std::string show(std::string_view format, Type type, std::uint64_t value) {
  return cogent::format::format(parse(format, {{type}}), {{type}}, &value);
}
std::string show(std::string_view format, int value) {
  return show(format, Type::I32, static_cast<std::uint64_t>(std::int64_t{value}));
}
std::string show(std::string_view format, double value) {
  return show(format, Type::F64, std::bit_cast<std::uint64_t>(value));
}

std::string complaint(std::string_view format, std::vector<Type> types) {
  try {
    parse(format, types);
  } catch (const FormatError& error) {
    return error.what();
  }
  return "";
}

TEST(Format, Integers) {
  EXPECT_EQ(show("{}", -42), "-42");
  EXPECT_EQ(show("<{:5}>", 42), "<   42>");
  EXPECT_EQ(show("<{:<5}>", 42), "<42   >");
  EXPECT_EQ(show("<{:*^7}>", 42), "<**42***>");
}

TEST(Format, IntegersInOtherBases) {
  EXPECT_EQ(show("{:x}", 255), "ff");
  EXPECT_EQ(show("{:#X}", 255), "0XFF");
  EXPECT_EQ(show("{:#010b}", 5), "0b00000101");
  EXPECT_EQ(show("{:#o}", 8), "010");
  EXPECT_EQ(show("{:x}", -1), "-1");
  EXPECT_EQ(show("{}", Type::U64, ~std::uint64_t{0}), "18446744073709551615");
  EXPECT_EQ(show("{}", Type::I64, std::uint64_t{1} << 63), "-9223372036854775808");
}

// What write_plain() writes of the values; nothing if the format is not plain.
std::string show_plain(std::string_view format, std::vector<Type> types, std::vector<std::uint64_t> values) {
  const std::vector<Piece> pieces = parse(format, types);
  std::string text(most_plain_characters(pieces, types), '?');
  if (!text.empty())
    text.resize(static_cast<std::size_t>(write_plain(text.data(), pieces, types, values.data()) - text.data()));
  return text;
}

TEST(Format, PlainIntegersAreWrittenAsUsual) {
  const std::uint64_t lowest = std::uint64_t{1} << 63;
  const std::vector<Type> types = {Type::I64, Type::U64, Type::I32, Type::Bool};
  const std::vector<std::uint64_t> values = {lowest, ~std::uint64_t{0}, static_cast<std::uint64_t>(std::int64_t{-7}),
                                             1};
  const std::string_view format = "{0}, {1}; {2:d}{0} {3:d}.";
  EXPECT_EQ(show_plain(format, types, values), "-9223372036854775808, 18446744073709551615; -7-9223372036854775808 1.");
  EXPECT_EQ(show_plain(format, types, values), cogent::format::format(parse(format, types), types, values.data()));
  EXPECT_EQ(show_plain("only text", {}, {}), "only text");
}

TEST(Format, OtherFieldsAreNotPlain) {
  for (const std::string_view format : {"{:5}", "{:+}", "{:x}", "{:c}", "{:05}"})
    EXPECT_EQ(show_plain(format, {Type::I32}, {65}), "") << format;
  EXPECT_EQ(show_plain("{}", {Type::F64}, {0}), "");
  EXPECT_EQ(show_plain("{}", {Type::Bool}, {1}), "");
}

TEST(Format, SignsAndZeros) {
  EXPECT_EQ(show("{:+}", 5), "+5");
  EXPECT_EQ(show("{: }", 5), " 5");
  EXPECT_EQ(show("{:05}", -42), "-0042");
  EXPECT_EQ(show("{:<05}", 42), "42   ");
}

TEST(Format, Floats) {
  EXPECT_EQ(show("{}", 1.0), "1");
  EXPECT_EQ(show("{}", 0.1), "0.1");
  EXPECT_EQ(show("{:.3f}", 2.0 / 3), "0.667");
  EXPECT_EQ(show("{:8.2f}|", 3.14159), "    3.14|");
  EXPECT_EQ(show("{:e}", 12345.678), "1.234568e+04");
  EXPECT_EQ(show("{:g}", 1e10), "1e+10");
  EXPECT_EQ(show("{:a}", 1.5), "0x1.8p+0");
  EXPECT_EQ(show("{:06.1f}", -2.25), "-002.2");
  EXPECT_EQ(show("{:#.0f}", 3.0), "3.");
  EXPECT_EQ(show("{:05}", std::numeric_limits<double>::infinity()), "  inf");
  EXPECT_EQ(show("{}", Type::F32, std::bit_cast<std::uint32_t>(0.1f)), "0.1");
}

TEST(Format, BoolsAndCharacters) {
  EXPECT_EQ(show("<{:6}>", Type::Bool, 1), "<true  >");
  EXPECT_EQ(show("{:d}", Type::Bool, 1), "1");
  EXPECT_EQ(show("{:c}", Type::I8, 'x'), "x");
}

TEST(Format, BracesAndNumbers) {
  const std::uint64_t values[] = {1, 2};
  const std::vector<Type> types{Type::I32, Type::I32};
  EXPECT_EQ(cogent::format::format(parse("{{{1}}} {0} {1}", types), types, values), "{2} 1 2");
  EXPECT_EQ(to_text(parse("{{{1:>4}}} {0} {1:x}", types)), "{{{1:>4}}} {0} {1:x}");
  EXPECT_EQ(to_text(parse("a{:05}b{}", types)), "a{:05}b{}");
}

TEST(Format, SaysWhatIsWrong) {
  EXPECT_EQ(complaint("{", {Type::I32}), "a field of the format is not closed by }");
  EXPECT_EQ(complaint("}", {}), "a single } in the format; write }} to print one");
  EXPECT_EQ(complaint("{} {}", {Type::I32}),
            "the format has a field for argument 1 (the first is 0), but there is only 1 argument");
  EXPECT_EQ(complaint("none", {Type::I32}), "argument 0 is not printed by the format");
  EXPECT_EQ(complaint("{:.2}", {Type::I32}),
            "a precision is for floating-point numbers, but the argument is an int32_t");
  EXPECT_EQ(complaint("{:x}", {Type::F64}), "the letter 'x' in a field does not print a double");
  EXPECT_EQ(complaint("{:s}", {Type::I32}), "the letter 's' in a field does not print an int32_t");
  EXPECT_EQ(complaint("{:{}}", {Type::I32}),
            "a width or precision that is an argument itself is not supported; write the number");
  EXPECT_EQ(complaint("{:y}", {Type::I32}), "unexpected 'y' in a field of the format");
  EXPECT_EQ(complaint("{} {0}", {Type::I32}), "the format mixes {} and {0}: number all fields or none");
}

}  // namespace
}  // namespace cogent::format
