// Every step runs the contest again on something smaller.
#include "fuzz/failure.h"

#include <algorithm>
#include <fstream>

#include "fuzz/reduce.h"
#include "ir/parse.h"
#include "ir/text.h"
#include "support/callees.h"
#include "support/text_inputs.h"

namespace cogent::fuzz {
namespace {

constexpr int most_attempts = 6000;

std::string names_of(optimize::PassSet passes) {
  std::string names;
  for (const optimize::Pass& pass : optimize::passes())
    if ((optimize::pass_named(pass.name) & passes) != 0) names += std::string(" ") + pass.name;
  return names;
}

// The rewrite that makes the difference, in words.
std::string find_rewrite(Contest& contest, const ir::Program& program, const Setup& setup) {
  if (contest.run(program, setup)->way.starts_with("machine code")) return "";
  const std::uint32_t guilty = bisect(contest.rewrites(), [&](std::uint32_t fuel) {
    Setup limited = setup;
    limited.optimization.fuel = fuel;
    return contest.run(program, limited).has_value();
  });
  if (guilty == 0) return "";
  Setup limited = setup;
  limited.optimization.fuel = guilty;
  contest.run(program, limited);
  const optimize::Fuel::Rewrite rewrite = contest.last_rewrite();
  return "rewrite " + std::to_string(guilty) + " of " + (rewrite.pass == nullptr ? "no pass" : rewrite.pass) +
         (rewrite.line == 0 ? "" : " at line " + std::to_string(rewrite.line));
}

// Where making a program smaller has made a claim of it untrue, nothing that it does counts.
bool makes_sense(const testing::Aftermath& expected) {
  return expected.outcome.end != interpret::Outcome::End::Limit && !expected.outcome.fault.was_proven;
}

bool ends_by_signal(const Mismatch& mismatch) { return mismatch.difference.starts_with("signal"); }

}  // namespace

std::uint32_t bisect(std::uint32_t rewrites, const std::function<bool(std::uint32_t fuel)>& fails) {
  if (fails(0)) return 0;
  std::uint32_t works = 0, broken = rewrites;
  while (broken - works > 1) {
    const std::uint32_t middle = works + (broken - works) / 2;
    (fails(middle) ? broken : works) = middle;
  }
  return broken;
}

Failure examine(Contest& contest, std::uint64_t seed, const ir::Program& program, const Setup& setup) {
  Setup smaller = setup;
  const std::optional<Mismatch> first = contest.run(program, setup);
  smaller.inputs = {setup.inputs[std::min(first->input, setup.inputs.size() - 1)]};
  const auto fails = [&](const ir::Program& candidate) {
    const std::optional<Mismatch> mismatch = contest.run(candidate, smaller);
    return mismatch && mismatch->way == first->way && ends_by_signal(*mismatch) == ends_by_signal(*first) &&
           makes_sense(contest.expected()[0]);
  };
  Failure failure{
      .seed = seed, .text = {}, .inputs = {}, .disabled = setup.optimization.disabled, .mismatch = {}, .rewrite = {}};
  failure.text = reduce_program(ir::print(program, {.lines = true}), fails, most_attempts);
  ir::Program reduced = ir::parse(failure.text);
  testing::bind_callees(reduced);
  smaller.inputs[0] = reduce_inputs(reduced, smaller.inputs[0], [&](const testing::Inputs& inputs) {
    Setup candidate = smaller;
    candidate.inputs = {inputs};
    const std::optional<Mismatch> mismatch = contest.run(reduced, candidate);
    return mismatch && mismatch->way == first->way;
  });
  failure.inputs = smaller.inputs[0];
  failure.mismatch = contest.run(reduced, smaller).value_or(*first);
  failure.rewrite = find_rewrite(contest, reduced, smaller);
  return failure;
}

std::filesystem::path save(const Failure& failure, const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  const std::filesystem::path path = folder / ("seed_" + std::to_string(failure.seed) + ".cogent");
  ir::Program program = ir::parse(failure.text);
  testing::bind_callees(program);
  std::ofstream out(path);
  out << "; Found by the fuzzer, seed " << failure.seed << ": " << failure.mismatch.way << " was wrong.\n";
  out << "; " << failure.mismatch.difference << "\n";
  if (!failure.rewrite.empty()) out << "; Since " << failure.rewrite << ".\n";
  out << failure.text << "\n;; test run " << testing::print_inputs(program, failure.inputs);
  if (failure.disabled != 0) out << ", without" << names_of(failure.disabled);
  out << "\n"
      << testing::print_aftermath(program, failure.inputs,
                                  testing::run_on_copy(program, failure.inputs, testing::interpreter()));
  return path;
}

}  // namespace cogent::fuzz
