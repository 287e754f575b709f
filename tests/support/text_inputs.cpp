// Inputs and what a run leaves behind, as text.
#include "support/text_inputs.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <sstream>
#include <stdexcept>

namespace cogent::testing {
namespace {

[[noreturn]] void fail(const std::string& message) { throw std::runtime_error("run: " + message); }

std::int64_t number_of(const std::string& word) {
  if (word == "true") return 1;
  if (word == "false") return 0;
  std::size_t used = 0;
  const bool is_large = !word.starts_with('-');
  const std::int64_t value = is_large ? static_cast<std::int64_t>(std::stoull(word, &used))
                                      : static_cast<std::int64_t>(std::stoll(word, &used));
  if (used != word.size()) fail("no number: " + word);
  return value;
}

/// `3*7` is 7 7 7.
std::vector<std::int64_t> numbers_of(const std::string& text) {
  std::vector<std::int64_t> numbers;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    const std::size_t star = word.find('*');
    const std::int64_t count = star == std::string::npos ? 1 : number_of(word.substr(0, star));
    numbers.insert(numbers.end(), static_cast<std::size_t>(count), number_of(word.substr(star + 1)));
  }
  return numbers;
}

struct Assignment {
  std::int64_t at = -1;  // the byte of the memory, if it is given
  std::string value;
};

/// What stands behind `NAME =` or `NAME at BYTE =`.
std::map<std::string, Assignment> assignments_of(const std::string& text) {
  std::map<std::string, Assignment> assignments;
  std::istringstream parts(text);
  for (std::string part; std::getline(parts, part, ',');) {
    std::istringstream words(part);
    std::string name, equals;
    Assignment assignment;
    words >> name >> equals;
    if (equals == "at") words >> assignment.at >> equals;
    if (equals != "=") fail("expected NAME = VALUES, found " + part);
    std::getline(words >> std::ws, assignment.value);
    assignments[name] = assignment;
  }
  return assignments;
}

class InputReader {
 public:
  InputReader(const ir::Program& program, const std::string& text)
      : program_(program), assignments_(assignments_of(text)) {}

  Inputs read() {
    for (ir::Id array = 0; array < program_.arrays.size(); ++array)
      if (program_.arrays[array].is_argument()) read_array(array);
    for (ir::Id id = 0; id < program_.parameters.size(); ++id) read_value(id);
    if (!assignments_.empty()) fail("there is no " + assignments_.begin()->first);
    return std::move(inputs_);
  }

 private:
  Assignment take(const std::string& name) {
    const auto found = assignments_.find(name);
    if (found == assignments_.end()) return {};
    const Assignment assignment = found->second;
    assignments_.erase(found);
    return assignment;
  }

  void read_value(ir::Id id) {
    const ir::Parameter& parameter = program_.parameters[id];
    const std::string text = parameter.is_array ? "" : take("p" + std::to_string(id)).value;
    inputs_.values.push_back(text.empty() ? 0 : ir::canonical(number_of(text), parameter.type));
  }

  void read_array(ir::Id id) {
    const ir::Array& array = program_.arrays[id];
    const Assignment assignment = take("a" + std::to_string(id));
    const std::string& text = assignment.value;
    if (text.starts_with('a')) return share(array, text);
    std::vector<std::int64_t> sizes;
    std::string numbers = text;
    if (text.starts_with('[')) {
      const std::size_t end = text.find(']');
      sizes = shape_of(array, numbers_of(text.substr(1, end - 1)));
      numbers = text.substr(end + 1);
    }
    std::vector<std::int64_t> elements = numbers_of(numbers);
    const std::int64_t count = array.size * array.step() / ir::size_of(array.type);
    if (text.empty() && array.size != ir::dynamic_size) elements.resize(static_cast<std::size_t>(count));
    if (array.size != ir::dynamic_size && count != static_cast<std::int64_t>(elements.size()))
      fail("a" + std::to_string(id) + " needs " + std::to_string(count) + " elements");
    if (array.size == ir::dynamic_size && array.rank == 1)
      sizes = {static_cast<std::int64_t>(elements.size()) * ir::size_of(array.type) / array.step()};
    write(array.type, elements, assignment.at);
    inputs_.arrays.back().sizes = sizes;
  }

  void write(ir::Type type, const std::vector<std::int64_t>& elements, std::int64_t at) {
    const std::size_t width = static_cast<std::size_t>(ir::size_of(type));
    const std::size_t offset = at >= 0 ? static_cast<std::size_t>(at) : (inputs_.memory.size() + 15) / 8 * 8;
    inputs_.memory.resize(std::max(inputs_.memory.size(), offset + width * elements.size()));
    for (std::size_t i = 0; i < elements.size(); ++i)
      std::memcpy(&inputs_.memory[offset + i * width], &elements[i], width);
    inputs_.arrays.push_back({offset, static_cast<std::int64_t>(elements.size()), {}});
  }

  /// `[2 3]`: extents, row by row without gaps; `[2 3 5 1]`: extents and strides.
  static std::vector<std::int64_t> shape_of(const ir::Array& array, std::vector<std::int64_t> extents) {
    if (extents.size() == 2u * array.rank) return extents;
    if (extents.size() != array.rank) fail("as many extents as the array has dimensions");
    std::vector<std::int64_t> strides(array.rank, 1);
    for (std::size_t d = array.rank; d-- > 1;) strides[d - 1] = strides[d] * extents[d];
    extents.insert(extents.end(), strides.begin(), strides.end());
    return extents;
  }

  /// `a0 + 2`: the elements of a0 from its third on.
  void share(const ir::Array& array, const std::string& text) {
    std::istringstream words(text);
    std::string other, plus, number;
    words >> other >> plus >> number;
    const std::int64_t index = number_of(other.substr(1)), shift = number_of(number);
    if (plus != "+" || index >= static_cast<std::int64_t>(inputs_.arrays.size())) fail("expected aN + NUMBER");
    const Inputs::Place& place = inputs_.arrays[static_cast<std::size_t>(index)];
    const std::int64_t size = array.size != ir::dynamic_size ? array.size : place.size - shift;
    if (shift + size > place.size) fail("an array that shares memory is too long");
    const std::size_t offset = place.offset + static_cast<std::size_t>(shift * ir::size_of(array.type));
    inputs_.arrays.push_back({offset, size, {}});
    if (array.size == ir::dynamic_size) inputs_.arrays.back().sizes = {size};
  }

  const ir::Program& program_;
  std::map<std::string, Assignment> assignments_;
  Inputs inputs_;
};

// All NaNs are one: sign and payload are nobody's promise.
std::string text_of(std::int64_t value, ir::Type type) {
  constexpr std::int64_t nan32 = 0x7fc00000, nan64 = 0x7ff8000000000000;
  if (type == ir::Type::F32 && (value & 0x7fffffff) > 0x7f800000) value = nan32;
  if (type == ir::Type::F64 && (value & 0x7fffffffffffffff) > 0x7ff0000000000000) value = nan64;
  return type == ir::Type::U64 ? std::to_string(static_cast<std::uint64_t>(value)) : std::to_string(value);
}

/// The elements of an array, a blank before each.
std::string elements_of(const ir::Array& array, const Inputs::Place& place, const std::vector<std::byte>& memory) {
  std::string text;
  const std::size_t width = static_cast<std::size_t>(ir::size_of(array.type));
  for (std::int64_t at = 0; at < place.size; ++at) {
    std::int64_t element = 0;
    std::memcpy(&element, &memory[place.offset + static_cast<std::size_t>(at) * width], width);
    text += " " + text_of(ir::canonical(element, array.type), array.type);
  }
  return text;
}

std::string sizes_of(const ir::Array& array, const Inputs::Place& place) {
  if (array.rank == 1) return "";
  std::string text;
  for (const std::int64_t size : place.sizes) text += (text.empty() ? " [" : " ") + std::to_string(size);
  return text.empty() ? "" : text + "]";
}

}  // namespace

Inputs read_inputs(const ir::Program& program, const std::string& text) { return InputReader(program, text).read(); }

std::string print_inputs(const ir::Program& program, const Inputs& inputs) {
  std::string text;
  for (std::size_t i = 0; i < inputs.arrays.size(); ++i) {
    const ir::Array& array = program.arrays[i];
    const Inputs::Place& place = inputs.arrays[i];
    text += (text.empty() ? "a" : ", a") + std::to_string(i) + " at " + std::to_string(place.offset) + " =" +
            sizes_of(array, place) + elements_of(array, place, inputs.memory);
  }
  for (std::size_t i = 0; i < inputs.values.size(); ++i)
    if (const ir::Parameter& parameter = program.parameters[i]; !parameter.is_array)
      text += (text.empty() ? "p" : ", p") + std::to_string(i) + " = " + text_of(inputs.values[i], parameter.type);
  return text;
}

std::string print_aftermath(const ir::Program& program, const Inputs& inputs, const Aftermath& aftermath) {
  std::string text = describe(aftermath.outcome) + "\n";
  if (program.result != ir::Type::Void && aftermath.outcome.end == interpret::Outcome::End::Done)
    text += "result " + text_of(static_cast<std::int64_t>(aftermath.result), program.result) + "\n";
  for (std::size_t i = 0; i < inputs.arrays.size(); ++i)
    if (const ir::Array& array = program.arrays[i]; array.is_writable())
      text += "a" + std::to_string(i) + " =" + elements_of(array, inputs.arrays[i], aftermath.memory) + "\n";
  return text;
}

}  // namespace cogent::testing
