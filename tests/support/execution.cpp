// Lays random arrays out in one piece of memory, runs programs on copies of it and compares what they leave behind.
#include "support/execution.h"

#include <algorithm>
#include <cstring>
#include <optional>

#include "ir/semantics.h"
#include "ir/text.h"
#include "support/guarded_memory.h"
#include "support/random.h"

namespace cogent::testing {
namespace {

class InputMaker {
 public:
  InputMaker(const ir::Program& program, std::uint64_t seed, const InputOptions& options)
      : program_(program), options_(options), random_(seed) {}

  Inputs make() {
    may_overlap_ = options_.overlap && random_.one_in(4) && !has_bools_or_floats();
    const auto count = static_cast<std::size_t>(
        std::ranges::count_if(program_.arrays, [](const ir::Array& array) { return array.is_argument(); }));
    inputs_.arrays.resize(count);
    begins_.resize(count);
    const bool backwards = random_.one_in(2);
    for (std::size_t i = 0; i < count; ++i) place(backwards ? count - 1 - i : i);
    inputs_.memory.resize(total_ + gap);
    for (std::byte& byte : inputs_.memory) byte = static_cast<std::byte>(random_.bits());
    for (std::size_t i = 0; i < count; ++i) fill(program_.arrays[i].type, i);
    for (const ir::Array& array : program_.arrays)
      if (array.memory != ir::none && array.storage == ir::Storage::Argument) fill_field(array);
    for (const ir::Parameter& parameter : program_.parameters)
      inputs_.values.push_back(parameter.is_array ? 0 : random_.value(parameter.type));
    return std::move(inputs_);
  }

 private:
  static constexpr std::size_t gap = 24;

  // A byte of a Bool must be 0 or 1, and the bits of a NaN may differ, so these share no memory with other types.
  bool has_bools_or_floats() const {
    const auto is_either = [](const ir::Array& array) { return array.type == ir::Type::Bool || is_float(array.type); };
    return std::any_of(program_.arrays.begin(), program_.arrays.end(), is_either);
  }

  // Laid out from the end, where the unreadable page begins, so that the array there ends right before it and yet all
  // are aligned.
  void place(std::size_t i) {
    const ir::Array& array = program_.arrays[i];
    const std::size_t element = static_cast<std::size_t>(ir::size_of(array.type));
    const std::int64_t numbers = array.step() / ir::size_of(array.type);  // in an element
    const std::int64_t size = (array.size != ir::dynamic_size ? array.size : random_sizes(i)) * numbers;
    const std::size_t bytes = element * static_cast<std::size_t>(size);
    std::size_t begin = bytes + (total_ == 0 ? 0 : (total_ + gap) / 8 * 8);
    if (may_overlap_ && !placed_.empty() && random_.one_in(2)) {
      const std::size_t shift = element * static_cast<std::size_t>(random_.between(0, 3));
      const std::size_t other = (begins_[random_.pick(placed_)] + 7) / 8 * 8;
      begin = std::max(bytes, other > shift ? other - shift : 0);
    }
    inputs_.arrays[i].size = size;
    begins_[i] = begin;
    placed_.push_back(i);
    total_ = std::max(total_, begin);
  }

  // Extents and strides of an array of dynamic size, and how many elements it takes.
  std::int64_t random_sizes(std::size_t i) {
    ir::Array array = program_.arrays[i];
    std::vector<std::int64_t>& sizes = inputs_.arrays[i].sizes;
    const std::int64_t most = array.rank == 1 ? options_.most_elements : 7;
    std::int64_t stride = 1;
    for (int d = array.rank; d-- > 0;) {
      array.extents[d] = random_.one_in(3) ? random_.between(0, 4) : random_.between(0, most);
      array.strides[d] = stride;
      stride = stride * array.extents[d] + (array.rank > 1 ? random_.between(0, 2) : 0);
    }
    sizes.assign(array.extents, array.extents + array.rank);
    if (array.rank > 1) sizes.insert(sizes.end(), array.strides, array.strides + array.rank);
    return array.span();
  }

  void fill(ir::Type type, std::size_t i) {
    const std::size_t element = static_cast<std::size_t>(ir::size_of(type));
    Inputs::Place& place = inputs_.arrays[i];
    place.offset = inputs_.memory.size() - begins_[i];
    for (std::int64_t at = 0; at < place.size; ++at) {
      const std::int64_t value = random_.value(type);
      std::memcpy(&inputs_.memory[place.offset + element * static_cast<std::size_t>(at)], &value, element);
    }
  }

  // What is no number of every type: truth values, and NaNs that signal.
  void fill_field(const ir::Array& field) {
    if (field.type != ir::Type::Bool && !is_float(field.type)) return;
    const Inputs::Place& place = inputs_.arrays[field.memory];
    for (std::int64_t at = 0; at < place.size; at += field.step()) {
      const std::int64_t value = random_.value(field.type);
      std::memcpy(&inputs_.memory[place.offset + static_cast<std::size_t>(at) + field.offset], &value,
                  static_cast<std::size_t>(ir::size_of(field.type)));
    }
  }

  const ir::Program& program_;
  const InputOptions options_;
  Random random_;
  Inputs inputs_;
  std::vector<std::size_t> begins_;  // per array: from there to the end of the memory, in bytes
  std::vector<std::size_t> placed_;
  std::size_t total_ = 0;
  bool may_overlap_ = false;
};

std::vector<std::uint64_t> slots_of(const ir::Program& program, const Inputs& inputs, std::byte* memory) {
  std::vector<std::uint64_t> slots(program.slot_count());
  for (std::size_t i = 0; i < program.parameters.size(); ++i) {
    const ir::Parameter& parameter = program.parameters[i];
    if (!parameter.is_array) {
      slots[parameter.slot] = static_cast<std::uint64_t>(inputs.values[i]);
      continue;
    }
    const Inputs::Place& place = inputs.arrays[parameter.array];
    slots[parameter.slot] = reinterpret_cast<std::uintptr_t>(memory + place.offset);
    for (std::size_t k = 0; k < place.sizes.size(); ++k)
      slots[parameter.slot + 1u + k] = static_cast<std::uint64_t>(place.sizes[k]);
  }
  return slots;
}

/// The element at a byte of the memory; of structs the field.
struct ElementAt {
  std::size_t array, index, begin, size;
};

std::size_t size_of_elements(const ir::Program& program, const Inputs& inputs, ir::Id array) {
  return static_cast<std::size_t>(ir::size_of(program.arrays[array].type) * inputs.arrays[array].size);
}

std::vector<ElementAt> elements_at(const ir::Program& program, const Inputs& inputs, std::size_t offset) {
  std::vector<ElementAt> found;
  for (ir::Id id = 0; id < program.arrays.size(); ++id) {
    const ir::Array& array = program.arrays[id];
    if (array.storage != ir::Storage::Argument) continue;
    const Inputs::Place& place = inputs.arrays[program.memory_of(id)];
    const std::size_t size = static_cast<std::size_t>(ir::size_of(array.type));
    const std::size_t bytes = size_of_elements(program, inputs, program.memory_of(id));
    if (offset < place.offset + array.offset || offset >= place.offset + bytes) continue;
    const std::size_t step = static_cast<std::size_t>(array.step());
    const std::size_t index = (offset - place.offset - array.offset) / step;
    const std::size_t begin = place.offset + array.offset + index * step;
    const bool is_struct = array.element_bytes != 0 && array.memory == ir::none;
    if (offset < begin + size && !is_struct) found.push_back({id, index, begin, size});
  }
  return found;
}

std::int64_t canonical_at(const std::vector<std::byte>& memory, const ElementAt& element, ir::Type type) {
  std::int64_t value = 0;
  std::memcpy(&value, &memory[element.begin], element.size);
  return ir::canonical(value, type);
}

std::string memory_difference(const ir::Program& program, const Inputs& inputs, const Aftermath& expected,
                              const Aftermath& actual) {
  for (std::size_t offset = 0; offset < expected.memory.size(); ++offset) {
    if (expected.memory[offset] == actual.memory[offset]) continue;
    const std::vector<ElementAt> elements = elements_at(program, inputs, offset);
    const bool is_same = !elements.empty() && std::all_of(elements.begin(), elements.end(), [&](const ElementAt& at) {
      const ir::Type type = program.arrays[at.array].type;
      return ir::is_same_value(type, canonical_at(expected.memory, at, type), canonical_at(actual.memory, at, type));
    });
    if (is_same) continue;
    std::string where = "outside of all arrays";
    for (const ElementAt& at : elements) where = "a" + std::to_string(at.array) + "[" + std::to_string(at.index) + "]";
    return "memory differs first at " + where + ": byte " +
           std::to_string(std::to_integer<int>(expected.memory[offset])) + " expected, " +
           std::to_string(std::to_integer<int>(actual.memory[offset])) + " found";
  }
  return "";
}

std::string describe_inputs(const ir::Program& program, const Inputs& inputs) {
  std::string text = "inputs:";
  for (std::size_t i = 0; i < inputs.arrays.size(); ++i)
    text += " a" + std::to_string(i) + " has " + std::to_string(inputs.arrays[i].size) + " elements from byte " +
            std::to_string(inputs.arrays[i].offset) + ";";
  for (std::size_t i = 0; i < inputs.values.size(); ++i)
    if (!program.parameters[i].is_array)
      text += " p" + std::to_string(i) + " = " + std::to_string(inputs.values[i]) + ";";
  return text + "\n";
}

}  // namespace

Inputs random_inputs(const ir::Program& program, std::uint64_t seed, const InputOptions& options) {
  return InputMaker(program, seed, options).make();
}

Executor interpreter(std::uint64_t step_limit) {
  return [step_limit](const ir::Program& program, std::uint64_t* arguments) {
    interpret::Options options;
    options.step_limit = step_limit;
    return interpret::run(program, arguments, options);
  };
}

Aftermath run_on_copy(const ir::Program& program, const Inputs& inputs, const Executor& executor) {
  // One piece for all runs: mapping it anew takes longer than most runs.
  thread_local std::optional<GuardedMemory> guarded;
  const std::size_t size = inputs.memory.size();
  if (!guarded || guarded->size() < size) guarded.emplace(std::max<std::size_t>(size, 1 << 14));
  std::byte* const memory = guarded->data() + (guarded->size() - size);
  std::copy(inputs.memory.begin(), inputs.memory.end(), memory);
  std::vector<std::uint64_t> slots = slots_of(program, inputs, memory);
  Aftermath aftermath;
  aftermath.outcome = executor(program, slots.data());
  aftermath.result = slots[0];
  aftermath.memory.assign(memory, memory + size);
  return aftermath;
}

std::string find_difference(const ir::Program& program, const Inputs& inputs, const Aftermath& expected,
                            const Aftermath& actual) {
  if (expected.outcome != actual.outcome)
    return "outcome: \"" + describe(expected.outcome) + "\" expected, \"" + describe(actual.outcome) + "\" found";
  const bool has_result = program.result != ir::Type::Void && expected.outcome.end == interpret::Outcome::End::Done;
  const auto expected_result = static_cast<std::int64_t>(expected.result);
  if (has_result && !ir::is_same_value(program.result, expected_result, static_cast<std::int64_t>(actual.result)))
    return "result: " + std::to_string(expected_result) + " expected, " +
           std::to_string(static_cast<std::int64_t>(actual.result)) + " found";
  return memory_difference(program, inputs, expected, actual);
}

std::string find_difference(const Inputs& inputs, const Contender& expected, const Contender& actual) {
  const Aftermath first = run_on_copy(expected.program, inputs, expected.execute);
  if (first.outcome.end == interpret::Outcome::End::Limit) return "";
  const Aftermath second = run_on_copy(actual.program, inputs, actual.execute);
  const std::string difference = find_difference(expected.program, inputs, first, second);
  if (difference.empty()) return "";
  std::string text = actual.name + " differs from " + expected.name + ": " + difference + "\n";
  text += describe_inputs(expected.program, inputs);
  for (const Contender* contender : {&expected, &actual})
    text += "---- " + contender->name + "\n" + ir::print(contender->program, {.lines = true});
  return text;
}

}  // namespace cogent::testing
