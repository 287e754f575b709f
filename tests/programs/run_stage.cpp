// Reads inputs, runs each witness on a copy of them and puts what is left behind into words.
#include "programs/run_stage.h"

#include <sstream>
#include <stdexcept>

#include "interpret/interpreter.h"
#include "ir/text.h"
#include "programs/witnesses.h"
#include "support/execution.h"
#include "support/text_inputs.h"

namespace cogent::programs {
namespace {

using testing::Inputs;
using testing::print_aftermath;
using testing::run_on_copy;

/// A number, as the text form writes it.
std::string text_of(std::int64_t value, ir::Type type) {
  return type == ir::Type::U64 ? std::to_string(static_cast<std::uint64_t>(value)) : std::to_string(value);
}

/// Takes `, without PASS ...` from the end of the options.
optimize::PassSet take_disabled_passes(std::string& options) {
  const std::size_t begin = options.rfind("without ");
  if (begin == std::string::npos) return 0;
  std::istringstream words(options.substr(begin));
  options.erase(begin == 0 ? 0 : options.rfind(',', begin));
  std::string word;
  words >> word;
  optimize::PassSet disabled = 0;
  while (words >> word) {
    const optimize::PassSet pass = optimize::pass_named(word);
    if (pass == 0) throw std::runtime_error("run: there is no pass " + word);
    disabled |= pass;
  }
  return disabled;
}

}  // namespace

std::string text_after_run(const ir::Program& program, const std::string& options) {
  std::string text = options;
  const optimize::PassSet disabled = take_disabled_passes(text);
  const Inputs inputs = testing::read_inputs(program, text);
  const std::string expected = print_aftermath(program, inputs, run_on_copy(program, inputs, testing::interpreter()));
  for (const Witness& witness : witnesses(disabled)) {
    const std::string actual = print_aftermath(program, inputs, run_on_copy(program, inputs, witness.execute));
    if (actual != expected)
      throw std::runtime_error("run: " + witness.name + " disagrees with the interpreter:\n" + actual + "instead of\n" +
                               expected);
  }
  return expected;
}

std::string text_of_undefined(const ir::Program& program, const std::string& options) {
  const Inputs inputs = testing::read_inputs(program, options);
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
