// The arrays of a program in text form: shapes, fields, tables, scratch arrays.
#pragma once
#include "ir/program.h"
#include "ir/token_stream.h"

namespace cogent::ir {

class ArrayParser {
 public:
  ArrayParser(Program& program, TokenStream& in) : p_(program), in_(in) {}

  /// TYPE[12], TYPE[?, ?] or TYPE[3, 4] strides [5, 1], each perhaps with `of 12 bytes`.
  Array element_and_shape(Access access);
  /// What follows `array`: a1 = field ..., table ... or scratch ... Returns it, for the line at the end.
  Array& other_array();
  /// A number that is not negative.
  std::int64_t number(const char* expected);

 private:
  Type element_type();
  int list(std::int64_t (&numbers)[Array::most_dimensions], bool& is_dynamic);
  Array field();
  void table_elements(Array& table);
  void add_element(Type type);

  Program& p_;
  TokenStream& in_;
};

}  // namespace cogent::ir
