// The ways, one after the other, each on every input.
#include "fuzz/contest.h"

#include <stdexcept>

#include "fuzz/guarded_run.h"
#include "ir/verifier.h"

namespace cogent::fuzz {

using interpret::Outcome;

// Whether the way does what is expected.
bool Contest::compare(const std::string& way, const Compile& compile) {
  std::size_t input = 0;
  std::string difference;
  try {
    const testing::Executor execute = compile();
    for (input = 0; input < setup_->inputs.size() && difference.empty(); ++input) {
      if (expected_[input].outcome.end == Outcome::End::Limit) continue;
      const bool is_reversed = setup_->last_parts_first && expected_[input].outcome.end == Outcome::End::Done;
      const testing::Executor ordered = testing::last_parts_first_of(execute, is_reversed);
      const testing::Aftermath actual = testing::run_on_copy(*program_, setup_->inputs[input], survivable(ordered));
      if (actual.outcome.end == Outcome::End::Limit) continue;
      difference = testing::find_difference(*program_, setup_->inputs[input], expected_[input], actual);
      if (!difference.empty()) break;
    }
  } catch (const std::exception& error) {
    difference = error.what();
  }
  if (!difference.empty()) mismatch_ = {way, difference, input};
  return difference.empty();
}

std::optional<Mismatch> Contest::run(const ir::Program& program, const Setup& setup) {
  program_ = &program;
  setup_ = &setup;
  mismatch_.reset();
  expected_.clear();
  const testing::Executor interpret = testing::interpreter(setup.step_limit);
  for (const testing::Inputs& inputs : setup.inputs)
    expected_.push_back(testing::run_on_copy(program, inputs, interpret));
  run_all();
  return mismatch_;
}

void Contest::run_all() {
  const std::string as_written = std::string("machine code for ") + x86::name(setup_->level);
  if (!compare(as_written, [&] { return compiler_.scalar(*program_, setup_->level); })) return;
  const Compile interpret_optimised = [&] {
    const ir::Program& optimised = compiler_.optimize(*program_, setup_->optimization);
    if (const std::string flaws = ir::describe(ir::verify(optimised)); !flaws.empty())
      throw std::runtime_error("it is not well-formed: " + flaws);
    return [&optimised, interpret = testing::interpreter(2 * setup_->step_limit)](
               const ir::Program&, std::uint64_t* arguments) { return interpret(optimised, arguments); };
  };
  if (!compare("the optimised program", interpret_optimised)) return;
  for (const x86::CpuLevel level : testing::cpu_levels())
    if (!compare(std::string("optimised machine code for ") + x86::name(level), [&] { return compiler_.best(level); }))
      return;
}

}  // namespace cogent::fuzz
