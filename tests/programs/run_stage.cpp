// Reads inputs, runs each witness on a copy of them and puts what is left behind into words.
#include "programs/run_stage.h"

#include <cstring>
#include <map>
#include <sstream>
#include <stdexcept>

#include "interpret/interpreter.h"
#include "ir/text.h"
#include "programs/witnesses.h"
#include "support/execution.h"

namespace cogent::programs {
namespace {

using testing::Inputs;

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

/// The texts behind `NAME =`.
std::map<std::string, std::string> assignments_of(const std::string& options) {
  std::map<std::string, std::string> assignments;
  std::istringstream parts(options);
  for (std::string part; std::getline(parts, part, ',');) {
    std::istringstream words(part);
    std::string name, equals, value;
    words >> name >> equals;
    if (equals != "=") fail("expected NAME = VALUES, found " + part);
    std::getline(words >> std::ws, value);
    assignments[name] = value;
  }
  return assignments;
}

class InputReader {
 public:
  InputReader(const ir::Program& program, const std::string& options)
      : program_(program), assignments_(assignments_of(options)) {}

  Inputs read() {
    for (ir::Id array = 0; array < program_.arrays.size(); ++array)
      if (program_.arrays[array].is_argument()) read_array(array);
    for (ir::Id id = 0; id < program_.parameters.size(); ++id) read_value(id);
    if (!assignments_.empty()) fail("there is no " + assignments_.begin()->first);
    return std::move(inputs_);
  }

 private:
  std::string take(const std::string& name) {
    const auto found = assignments_.find(name);
    if (found == assignments_.end()) return "";
    const std::string value = found->second;
    assignments_.erase(found);
    return value;
  }

  void read_value(ir::Id id) {
    const ir::Parameter& parameter = program_.parameters[id];
    const std::string text = parameter.is_array ? "" : take("p" + std::to_string(id));
    inputs_.values.push_back(text.empty() ? 0 : ir::canonical(number_of(text), parameter.type));
  }

  void read_array(ir::Id id) {
    const ir::Array& array = program_.arrays[id];
    const std::string text = take("a" + std::to_string(id));
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
    const std::size_t width = static_cast<std::size_t>(ir::size_of(array.type));
    const std::size_t offset = (inputs_.memory.size() + 15) / 8 * 8;
    inputs_.memory.resize(offset + width * elements.size());
    for (std::size_t i = 0; i < elements.size(); ++i)
      std::memcpy(&inputs_.memory[offset + i * width], &elements[i], width);
    inputs_.arrays.push_back({offset, static_cast<std::int64_t>(elements.size()), sizes});
  }

  /// `[2 3]`: extents, row by row without gaps.
  static std::vector<std::int64_t> shape_of(const ir::Array& array, std::vector<std::int64_t> extents) {
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
  std::map<std::string, std::string> assignments_;
  Inputs inputs_;
};

std::string text_of(std::int64_t value, ir::Type type) {
  return type == ir::Type::U64 ? std::to_string(static_cast<std::uint64_t>(value)) : std::to_string(value);
}

std::string text_of(const ir::Program& program, const Inputs& inputs, const testing::Aftermath& aftermath) {
  std::string text = describe(aftermath.outcome) + "\n";
  if (program.result != ir::Type::Void && aftermath.outcome.end == interpret::Outcome::End::Done)
    text += "result " + text_of(static_cast<std::int64_t>(aftermath.result), program.result) + "\n";
  for (std::size_t i = 0; i < inputs.arrays.size(); ++i) {
    const ir::Array& array = program.arrays[i];
    if (!array.is_writable()) continue;
    text += "a" + std::to_string(i) + " =";
    const std::size_t width = static_cast<std::size_t>(ir::size_of(array.type));
    for (std::int64_t at = 0; at < inputs.arrays[i].size; ++at) {
      std::int64_t element = 0;
      std::memcpy(&element, &aftermath.memory[inputs.arrays[i].offset + static_cast<std::size_t>(at) * width], width);
      text += " " + text_of(ir::canonical(element, array.type), array.type);
    }
    text += "\n";
  }
  return text;
}

}  // namespace

std::string text_after_run(const ir::Program& program, const std::string& options) {
  const Inputs inputs = InputReader(program, options).read();
  const std::string expected = text_of(program, inputs, run_on_copy(program, inputs, testing::interpreter()));
  for (const Witness& witness : witnesses()) {
    const std::string actual = text_of(program, inputs, run_on_copy(program, inputs, witness.execute));
    if (actual != expected)
      fail(witness.name + " disagrees with the interpreter:\n" + actual + "instead of\n" + expected);
  }
  return expected;
}

std::string text_of_undefined(const ir::Program& program, const std::string& options) {
  const Inputs inputs = InputReader(program, options).read();
  std::vector<interpret::Undefined> found;
  run_on_copy(program, inputs, [&](const ir::Program& executed, std::uint64_t* arguments) {
    interpret::Options run_options;
    run_options.undefined = &found;
    return interpret::run(executed, arguments, run_options);
  });
  std::string text;
  for (const interpret::Undefined& undefined : found)
    text += "line " + std::to_string(undefined.line) + ": " + ir::short_name(undefined.type) + " operands " +
            text_of(undefined.a, undefined.type) + " and " + text_of(undefined.b, undefined.type) + "\n";
  return text.empty() ? "nothing\n" : text;
}

}  // namespace cogent::programs
