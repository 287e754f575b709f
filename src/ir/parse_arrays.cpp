// Reads the declarations of arrays.
#include "ir/parse_arrays.h"

#include "ir/parse_values.h"

namespace cogent::ir {

std::int64_t ArrayParser::number(const char* expected) {
  return static_cast<std::int64_t>(in_.expect(Token::Kind::Number, expected).number);
}

Type ArrayParser::element_type() {
  const auto type = type_named(in_.peek().text);
  if (!type || *type == Type::Void) in_.fail("the type of the elements");
  in_.take();
  return *type;
}

int ArrayParser::list(std::int64_t (&numbers)[Array::most_dimensions], bool& is_dynamic) {
  int count = 0;
  in_.expect_symbol("[");
  do {
    if (count == Array::most_dimensions) in_.fail("at most 3 dimensions");
    if (in_.accept_symbol("?"))
      is_dynamic = true;
    else
      numbers[count] = number("a size or '?'");
    ++count;
  } while (in_.accept_symbol(","));
  in_.expect_symbol("]");
  return count;
}

Array ArrayParser::element_and_shape(Access access) {
  Array array{.type = element_type(), .access = access};
  bool is_dynamic = false;
  array.rank = static_cast<std::uint8_t>(list(array.extents, is_dynamic));
  array.is_shaped = array.rank > 1;
  if (!is_dynamic) array.size = array.extents[0];
  if (in_.accept_word("strides")) {
    if (list(array.strides, is_dynamic) != array.rank || is_dynamic) in_.fail("as many strides as sizes");
    array.is_shaped = true;
    array.size = array.span();
  }
  if (in_.accept_word("of")) {
    array.element_bytes = static_cast<std::uint32_t>(number("the bytes of an element"));
    in_.expect_word("bytes");
    array.is_shaped = true;
  }
  if (!array.is_shaped) array.extents[0] = 0;
  return array;
}

// The number of an array that begins here: the next one, a later one, or one that was passed over.
Id ArrayParser::new_number(std::uint64_t most_passed_over) {
  const auto number = numbered(in_.peek(), "a");
  const std::size_t next = p_.arrays.size();
  if (!number || is_declared(*number) || *number > next + most_passed_over) in_.fail("'a" + std::to_string(next) + "'");
  in_.take();
  if (*number >= next) p_.arrays.resize(*number + 1, Array{.type = Type::Void, .access = Access::In});
  return static_cast<Id>(*number);
}

Id ArrayParser::argument(Access access) {
  const Array array = element_and_shape(access);
  const Id id = new_number(4096);
  p_.arrays[id] = array;
  return id;
}

void ArrayParser::expect_all_declared() const {
  for (std::size_t id = 0; id < p_.arrays.size(); ++id)
    if (!is_declared(id)) in_.fail("a declaration of a" + std::to_string(id));
}

Id ArrayParser::other_array() {
  const Id id = new_number(0);
  in_.expect_symbol("=");
  Array array{.type = Type::Void, .access = Access::In};
  if (in_.accept_word("field")) {
    array = field();
  } else if (in_.accept_word("table")) {
    array = element_and_shape(Access::In);
    array.storage = Storage::Table;
    table_elements(array);
  } else {
    in_.expect_word("scratch");
    array = element_and_shape(Access::InOut);
    array.storage = Storage::Scratch;
  }
  p_.arrays[id] = array;
  return id;
}

Array ArrayParser::field() {
  const Type type = element_type();
  in_.expect_word("at");
  const std::int64_t offset = number("an offset in bytes");
  in_.expect_word("of");
  const Token at = in_.take();
  const auto memory = numbered(at, "a");
  if (!memory || !is_declared(*memory)) TokenStream::fail_at(at, "expected an array, found " + describe(at));
  Array array = p_.arrays[*memory];
  array.type = type;
  array.offset = static_cast<std::uint32_t>(offset);
  array.memory = static_cast<Id>(*memory);
  if (in_.accept_word("of")) {
    array.element_bytes = static_cast<std::uint32_t>(number("the bytes of an element"));
    in_.expect_word("bytes");
  }
  return array;
}

void ArrayParser::table_elements(Array& table) {
  table.first_byte = static_cast<std::uint32_t>(p_.table_bytes.size());
  in_.expect_symbol("{");
  std::int64_t count = 0;
  for (; !in_.accept_symbol("}"); ++count) add_element(table.type);
  if (count != table.size) in_.fail("as many elements as the table's size says");
}

void ArrayParser::add_element(Type type) {
  const bool is_negative = in_.accept_symbol("-");
  const std::uint64_t magnitude = in_.expect(Token::Kind::Number, "an element").number;
  const std::uint64_t bits = is_negative ? 0 - magnitude : magnitude;
  std::uint8_t bytes[8];
  std::memcpy(bytes, &bits, sizeof bytes);
  p_.table_bytes.insert(p_.table_bytes.end(), bytes, bytes + size_of(type));
}

}  // namespace cogent::ir
