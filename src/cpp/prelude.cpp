// The text of the helpers.
#include "cpp/prelude.h"

#include "ir/mathematics.h"

namespace cogent::cpp {
namespace {

struct Definition {
  std::string_view name, text;
  bool throws;
};

constexpr Definition definitions_in_order[helper_count] = {
    {"Fault", R"(
// What is thrown instead of reaching outside of an array or dividing by zero, and where.
struct Fault {
  const char* reason;
  int where;
  int64_t index;
};
)",
     true},
    {"at", R"(
// array[index]; faults unless 0 <= index < size.
template <class T>
T& at(T* array, int64_t size, int64_t index, int where) {
  if (index < 0 || index >= size) throw Fault{"index", where, index};
  return array[index];
}
)",
     true},
    {"within", R"(
// Faults unless 0 <= index < extent.
inline void within(int64_t index, int64_t extent, int where) {
  if (index < 0 || index >= extent) throw Fault{"index", where, index};
}
)",
     true},
    {"member_at", R"(
// The T that lies so many bytes behind the beginning of an array of structs.
template <class T>
T& member_at(uint8_t* structs, int64_t bytes) {
  return *reinterpret_cast<T*>(structs + bytes);
}
template <class T>
const T& member_at(const uint8_t* structs, int64_t bytes) {
  return *reinterpret_cast<const T*>(structs + bytes);
}
)",
     false},
    {"require", R"(
inline void require(bool holds, const char* reason, int where) {
  if (!holds) throw Fault{reason, where, 0};
}
)",
     true},
    {"divide", R"(
// a / b; faults when b is 0. The lowest value divided by -1 wraps.
template <class T>
T divide(T a, T b, int where) {
  if (b == 0) throw Fault{"division by zero", where, 0};
  return b == static_cast<T>(-1) && T(-1) < T(0) ? static_cast<T>(0 - static_cast<uint64_t>(a)) : static_cast<T>(a / b);
}
)",
     true},
    {"remainder_of", R"(
// a % b; faults when b is 0.
template <class T>
T remainder_of(T a, T b, int where) {
  if (b == 0) throw Fault{"division by zero", where, 0};
  return b == static_cast<T>(-1) && T(-1) < T(0) ? T(0) : static_cast<T>(a % b);
}
)",
     true},
    {"indexes", R"(
// The indexes of a loop whose bounds or step may be any: first, first + step, ... before last.
template <class T>
struct Indexes {
  uint64_t index, step, count;
  Indexes begin() const { return *this; }
  Indexes end() const { return {0, 0, 0}; }
  bool operator!=(const Indexes& other) const { return count != other.count; }
  T operator*() const { return static_cast<T>(index); }
  void operator++() { index += step, --count; }
};
template <class T>
Indexes<T> indexes(T first, T last, T step, int where) {
  if (step == 0) throw Fault{"step of zero", where, 0};
  const uint64_t from = static_cast<uint64_t>(first), to = static_cast<uint64_t>(last), by = static_cast<uint64_t>(step);
  if (step > T(0)) return {from, by, first < last ? (to - from - 1) / by + 1 : 0};
  return {from, by, last < first ? (from - to - 1) / (0 - by) + 1 : 0};
}
)",
     true},
    {"wrapping_add", R"(
template <class T>
constexpr T wrapping_add(T a, T b) {
  return static_cast<T>(static_cast<uint64_t>(a) + static_cast<uint64_t>(b));
}
)",
     false},
    {"wrapping_subtract", R"(
template <class T>
constexpr T wrapping_subtract(T a, T b) {
  return static_cast<T>(static_cast<uint64_t>(a) - static_cast<uint64_t>(b));
}
)",
     false},
    {"wrapping_multiply", R"(
template <class T>
constexpr T wrapping_multiply(T a, T b) {
  return static_cast<T>(static_cast<uint64_t>(a) * static_cast<uint64_t>(b));
}
)",
     false},
    {"wrapping_divide", R"(
// a / b; the lowest value divided by -1 wraps.
template <class T>
constexpr T wrapping_divide(T a, T b) {
  return b == -1 ? static_cast<T>(0 - static_cast<uint64_t>(a)) : static_cast<T>(a / b);
}
)",
     false},
    {"wrapping_remainder", R"(
// a % b; 0 when b is -1.
template <class T>
constexpr T wrapping_remainder(T a, T b) {
  return b == -1 ? T(0) : static_cast<T>(a % b);
}
)",
     false},
    {"saturate", R"(
// The nearest integer toward zero that a T can hold; 0 for NaN.
template <class T, class F>
constexpr T saturate(F x) {
  constexpr F end = static_cast<F>(uint64_t{1} << (std::numeric_limits<T>::digits - 1)) * 2;
  if (x >= end) return std::numeric_limits<T>::max();
  if (x <= (std::is_signed_v<T> ? -end : F(0))) return std::numeric_limits<T>::min();
  return x == x ? static_cast<T>(x) : T(0);
}
)",
     false},
    {"byte_swap", R"(
template <class T>
constexpr T byte_swap(T x) {
  uint64_t swapped = 0;
  for (unsigned i = 0; i < sizeof(T); ++i) swapped = swapped << 8 | (static_cast<uint64_t>(x) >> (8 * i) & 0xff);
  return static_cast<T>(swapped);
}
)",
     false},
    {"padded", R"(
// The text, filled up to the width: to the right, the left or both sides.
inline std::string padded(std::string text, const char* fill, char align, int width) {
  const int missing = std::max(0, width - static_cast<int>(text.size()));
  const int before = align == '<' ? 0 : align == '>' ? missing : missing / 2;
  std::string result;
  for (int i = 0; i < before; ++i) result += fill;
  result += text;
  for (int i = before; i < missing; ++i) result += fill;
  return result;
}
)",
     false},
    {"integer_text", R"(
// The number in the base that the letter says, with its sign, a prefix if wanted, and zeros up to a width.
template <class T>
std::string integer_text(T value, char letter, char sign, bool with_prefix, int zeros) {
  const bool is_negative = value < T(0);
  const uint64_t magnitude = is_negative ? 0 - static_cast<uint64_t>(value) : static_cast<uint64_t>(value);
  const int base = letter == 'd' ? 10 : letter == 'o' ? 8 : letter == 'b' || letter == 'B' ? 2 : 16;
  std::string digits, front = is_negative ? "-" : sign == '-' ? "" : std::string(1, sign);
  for (uint64_t rest = magnitude; rest != 0 || digits.empty(); rest /= static_cast<uint64_t>(base))
    digits.insert(0, 1, (letter == 'X' ? "0123456789ABCDEF" : "0123456789abcdef")[rest % static_cast<uint64_t>(base)]);
  if (with_prefix && base == 8 && magnitude != 0) front += '0';
  if (with_prefix && (base == 2 || base == 16)) front += std::string("0") + letter;
  while (static_cast<int>(front.size() + digits.size()) < zeros) digits.insert(0, 1, '0');
  return front + digits;
}
)",
     false},
    {"float_text", R"(
// The number as the letter says (-: as short as reads back), with its sign and zeros up to a width.
template <class T>
std::string float_text(T value, char letter, char sign, bool with_point, int zeros, int precision) {
  const bool is_negative = std::signbit(value) && !std::isnan(value), is_upper = letter >= 'A' && letter <= 'Z', is_finite = std::isfinite(value);
  const char lower = is_upper ? static_cast<char>(letter - 'A' + 'a') : letter;
  const auto format = lower == 'e' ? std::chars_format::scientific : lower == 'f' ? std::chars_format::fixed
                    : lower == 'a' ? std::chars_format::hex : std::chars_format::general;
  if (precision < 0 && (lower == 'e' || lower == 'f' || lower == 'g')) precision = 6;
  char text[1500];
  const T magnitude = std::fabs(value);
  const auto end = !is_finite       ? text
                   : precision >= 0 ? std::to_chars(text, text + 1500, magnitude, format, precision).ptr
                   : lower == 'a'   ? std::to_chars(text, text + 1500, magnitude, format).ptr
                                    : std::to_chars(text, text + 1500, magnitude).ptr;
  std::string digits = is_finite ? std::string(text, end) : std::isnan(value) ? "nan" : "inf";
  std::string front = is_negative ? "-" : sign == '-' ? "" : std::string(1, sign);
  if (with_point && is_finite && digits.find('.') == digits.npos) {
    const auto exponent = digits.find(lower == 'a' ? 'p' : 'e');
    digits.insert(exponent == digits.npos ? digits.size() : exponent, ".");
  }
  if (is_finite && lower == 'a') front += "0x";
  while (is_finite && static_cast<int>(front.size() + digits.size()) < zeros) digits.insert(0, 1, '0');
  for (std::string* part : {&front, &digits})
    for (char& c : *part)
      if (is_upper && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return front + digits;
}
)",
     false},
};

constexpr const char* no_contraction = R"(
// a * b + c is rounded twice.
#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#else
#pragma GCC optimize("fp-contract=off")
#endif
)";

/// libm_pow, or libm_powf for floats.
std::string libm_name(ir::Id function, ir::Type type) {
  return std::string("libm_") + ir::mathematical_functions()[function].name + (type == ir::Type::F32 ? "f" : "");
}

std::string libm_definition(ir::Id function, ir::Type type) {
  const auto& called = ir::mathematical_functions()[function];
  const std::string number = ir::name_of(type);
  return number + " (*const volatile " + libm_name(function, type) + ")(" + number +
         (called.operands == 2 ? ", " + number : "") + ") = std::" + called.name + ";\n";
}

}  // namespace

std::string_view name_of(Helper helper) { return definitions_in_order[static_cast<int>(helper)].name; }

std::string Prelude::use(Helper helper) {
  used_ |= bit(helper);
  if (definitions_in_order[static_cast<int>(helper)].throws) used_ |= bit(Helper::Fault);
  if (helper == Helper::Saturate) headers_.insert({"limits", "type_traits"});
  return std::string(name_of(helper));
}

std::string Prelude::use_libm(ir::Id function, ir::Type type) {
  headers_.insert("cmath");
  libm_.insert({function, type});
  return libm_name(function, type);
}

std::string Prelude::includes() const {
  std::string text;
  for (const std::string& header : headers_) text += "#include <" + header + ">\n";
  return forbids_contraction_ ? text + no_contraction : text;
}

std::string Prelude::definitions() const {
  if (used_ == 0 && libm_.empty()) return {};
  std::string text = "namespace {\n";
  for (int i = 0; i < helper_count; ++i)
    if (uses(static_cast<Helper>(i))) text += definitions_in_order[i].text;
  if (!libm_.empty())
    text += "\n// libm's functions, behind pointers so that no compiler computes them in its own way.\n";
  for (const auto& [function, type] : libm_) text += libm_definition(function, type);
  return text + "\n}  // namespace\n";
}

}  // namespace cogent::cpp
