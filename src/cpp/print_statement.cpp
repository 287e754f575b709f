// Each field of the format becomes a conversion of printf and its argument.
#include "cpp/print_statement.h"

#include "cpp/layout.h"
#include "format/format.h"

namespace cogent::cpp {

using format::Spec;
using ir::Type;

namespace {

std::string escaped(std::string_view text, bool doubles_percent) {
  std::string result;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\n') {
      result += "\\n";
    } else if (byte < ' ' || byte == 0x7f) {
      for (const int shift : {6, 3, 0}) result += std::string(shift == 6 ? "\\" : "") + char('0' + (byte >> shift & 7));
    } else {
      if (c == '"' || c == '\\') result += '\\';
      result += c;
      if (c == '%' && doubles_percent) result += '%';
    }
  }
  return result;
}

struct Conversion {
  std::string text;  // %d
  std::string argument;
};

class FieldPrinter {
 public:
  FieldPrinter(const Spec& spec, Type type, const std::string& value, Prelude& prelude)
      : spec_(spec), type_(type), value_(value), prelude_(prelude) {}

  Conversion run() {
    if (ir::is_float(type_)) return of_float();
    if (type_ == Type::Bool && (spec_.type == 0 || spec_.type == 's'))
      return of_text(value_ + " ? \"true\" : \"false\"", "(" + value_ + " ? \"true\" : \"false\")", '<');
    if (spec_.type == 'c') return of_text("std::string(1, static_cast<char>(" + value_ + "))", "", '<');
    return of_integer();
  }

 private:
  bool has_plain_fill() const { return spec_.align != '^' && (spec_.fill == " " || spec_.width == 0); }

  std::string flags() const {
    std::string flags = "%";
    if (spec_.align == '<') flags += '-';
    if (spec_.sign != '-') flags += spec_.sign;
    if (spec_.zero && spec_.align == 0) flags += '0';
    return flags + (spec_.width != 0 ? std::to_string(spec_.width) : "");
  }

  /// A std::string, filled up; `plain`: the same for printf where that is possible.
  Conversion of_text(const std::string& text, const std::string& plain, char usual_align) {
    prelude_.use_header("string");
    const char align = spec_.align != 0 ? spec_.align : usual_align;
    if (has_plain_fill() && !plain.empty()) {
      const std::string width = spec_.width != 0 ? std::to_string(spec_.width) : "";
      return {std::string("%") + (align == '<' && spec_.width != 0 ? "-" : "") + width + "s", plain};
    }
    prelude_.use_header("algorithm");
    return {"%s", prelude_.use(Helper::Padded) + "(" + text + "," + soft_space + "\"" + escaped(spec_.fill, false) +
                      "\"," + soft_space + "'" + align + "'," + soft_space + std::to_string(spec_.width) + ").c_str()"};
  }

  Conversion of_integer() {
    const bool is_decimal = spec_.type == 0 || spec_.type == 'd';
    const bool is_wide = ir::size_of(type_) == 8;
    const bool is_unsigned = !ir::is_signed(type_);
    const bool has_letter = is_decimal || (is_unsigned && spec_.type != 'b' && spec_.type != 'B');
    const bool keeps_sign = spec_.sign == '-' || (is_decimal && !is_unsigned);
    if (has_plain_fill() && has_letter && keeps_sign && (!spec_.alternate || is_decimal)) {
      const bool as_unsigned = is_unsigned && (is_wide || type_ == Type::U32 || !is_decimal);
      const char letter = !is_decimal ? spec_.type : as_unsigned ? 'u' : 'd';
      const std::string wide = as_unsigned ? "static_cast<unsigned long long>(" : "static_cast<long long>(";
      return {flags() + (is_wide ? "ll" : "") + letter, is_wide       ? wide + value_ + ")"
                                                        : !is_decimal ? "static_cast<unsigned>(" + value_ + ")"
                                                                      : value_};
    }
    const int zeros = spec_.zero && spec_.align == 0 ? spec_.width : 0;
    const std::string text = prelude_.use(Helper::IntegerText) + "(" + value_ + "," + soft_space + "'" +
                             (is_decimal ? 'd' : spec_.type) + "'," + soft_space + "'" + spec_.sign + "'," +
                             soft_space + (spec_.alternate ? "true" : "false") + "," + soft_space +
                             std::to_string(zeros) + ")";
    return of_text(text, text + ".c_str()", '>');
  }

  Conversion of_float() {
    const bool is_shortest = spec_.type == 0 && spec_.precision < 0;
    const bool is_hexadecimal = spec_.type == 'a' || spec_.type == 'A';
    const bool fits_printf = !spec_.alternate && !is_shortest && !is_hexadecimal;
    const std::string letter(1, spec_.type == 0 ? 'g' : spec_.type);
    const std::string precision = spec_.precision >= 0 ? "." + std::to_string(spec_.precision) : "";
    if (has_plain_fill() && fits_printf) return {flags() + precision + letter, value_};
    const int zeros = spec_.zero && spec_.align == 0 ? spec_.width : 0;
    prelude_.use_header("charconv");
    prelude_.use_header("cmath");
    const std::string text = prelude_.use(Helper::FloatText) + "(" + value_ + "," + soft_space + "'" +
                             (spec_.type == 0 ? '-' : spec_.type) + "'," + soft_space + "'" + spec_.sign + "'," +
                             soft_space + (spec_.alternate ? "true" : "false") + "," + soft_space +
                             std::to_string(zeros) + "," + soft_space + std::to_string(spec_.precision) + ")";
    return of_text(text, text + ".c_str()", '>');
  }

  const Spec& spec_;
  const Type type_;
  const std::string& value_;
  Prelude& prelude_;
};

}  // namespace

std::string print_statement(const ir::Callee& callee, const std::vector<std::string>& arguments, Prelude& prelude) {
  std::vector<Type> types;
  types.reserve(callee.arguments.size());
  for (const ir::CalleeArgument& argument : callee.arguments) types.push_back(argument.type);
  prelude.use_header("cstdio");
  std::string text, values;
  for (const format::Piece& piece : format::parse(callee.name, types)) {
    text += escaped(piece.text, true);
    if (!piece.has_field) continue;
    const Conversion field = FieldPrinter(piece.spec, types[piece.argument], arguments[piece.argument], prelude).run();
    text += field.text;
    values += std::string(",") + soft_space + field.argument;
  }
  return "std::printf(\"" + text + "\"" + values + ")";
}

}  // namespace cogent::cpp
