// The arrays of a program in text form: shapes, fields, tables, scratch arrays.
#pragma once
#include "ir/program.h"
#include "ir/token_stream.h"

namespace cogent::ir {

class ArrayParser {
 public:
  ArrayParser(Program& program, TokenStream& in) : p_(program), in_(in) {}

  /// A parameter, from its type to its name. Numbers may be passed over (at most 4096 before it): those of fields that
  /// the body declares.
  Id argument(Access access);
  /// Throws ParseError if a number was passed over that the body has not declared.
  void expect_all_declared() const;
  /// TYPE[12], TYPE[?, ?] or TYPE[3, 4] strides [5, 1], each perhaps with `of 12 bytes`.
  Array element_and_shape(Access access);
  /// What follows `array`: a1 = field ..., table ... or scratch ...
  Id other_array();
  /// A number that is not negative.
  std::int64_t number(const char* expected);

 private:
  bool is_declared(std::uint64_t number) const {
    return number < p_.arrays.size() && p_.arrays[number].type != Type::Void;
  }
  Id new_number(std::uint64_t most_passed_over);
  Type element_type();
  int list(std::int64_t (&numbers)[Array::most_dimensions], bool& is_dynamic);
  Array field();
  void table_elements(Array& table);
  void add_element(Type type);

  Program& p_;
  TokenStream& in_;
};

}  // namespace cogent::ir
