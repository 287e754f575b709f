// One translation unit for a batch, since starting a compiler takes longer than a function.
#include "fuzz/compiled_sample.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "cpp/source.h"
#include "fuzz/guarded_run.h"
#include "support/compiled_source.h"

namespace cogent::fuzz {
namespace {

using interpret::Outcome;

std::string name_of(std::size_t number) { return "f" + std::to_string(number); }

/// Whether it ended as the source could: that calls itself as deep as the stack goes, and as often as it takes.
bool is_comparable(const Outcome& outcome) {
  return outcome.end != Outcome::End::Limit && outcome.fault.kind != ir::FaultKind::Depth;
}

std::string find_difference(const Subject& subject, const testing::Executor& execute) {
  for (const testing::Inputs& inputs : subject.setup.inputs) {
    const testing::Executor interpret = testing::interpreter(subject.setup.step_limit);
    const testing::Aftermath expected = testing::run_on_copy(subject.program, inputs, interpret);
    if (!is_comparable(expected.outcome)) continue;
    try {
      const testing::Aftermath actual = testing::run_on_copy(subject.program, inputs, survivable(execute));
      const std::string difference = testing::find_difference(subject.program, inputs, expected, actual);
      if (!difference.empty()) return difference;
    } catch (const std::runtime_error& error) {
      return error.what();
    }
  }
  return "";
}

}  // namespace

bool CompiledSample::add(std::uint64_t seed, Subject subject) {
  const auto& callees = subject.program.callees;
  const bool calls_others = std::any_of(
      callees.begin(), callees.end(), [](const ir::Callee& callee) { return callee.kind != ir::CalleeKind::Recurse; });
  if (calls_others) return false;
  entries_.push_back({seed, std::move(subject)});
  return true;
}

std::vector<std::string> CompiledSample::run() {
  const std::vector<Entry> entries = std::exchange(entries_, {});
  std::vector<std::string> sources, problems;
  for (std::size_t i = 0; i < entries.size(); ++i)
    sources.push_back(cpp::print_source(entries[i].subject.program, {.function_name = name_of(i), .with_entry = true}));
  testing::CompileOptions options;
  options.flags = "-std=c++20 -O1 -w -fno-strict-aliasing";  // other tests see that nobody warns of printed source
  const testing::CompiledSources compiled(sources, options);
  if (!compiled.is_loaded()) return {"the printed source does not compile: " + compiled.messages()};
  for (std::size_t i = 0; i < entries.size(); ++i)
    if (const std::string difference = find_difference(entries[i].subject, compiled.executor(name_of(i)));
        !difference.empty())
      problems.push_back("seed " + std::to_string(entries[i].seed) + ": the printed source, compiled: " + difference);
  return problems;
}

}  // namespace cogent::fuzz
