// The mix of programs: mostly small ones, since a mistake that shows in a large one shows in a small one sooner.
#include "fuzz/subject.h"

#include "support/random.h"
#include "support/random_lane_loop.h"
#include "support/random_program.h"

namespace cogent::fuzz {
namespace {

constexpr int inputs_per_program = 2;

optimize::PassSet random_passes(testing::Random& random) {
  switch (random.bits() % 4) {
    case 0:
      return static_cast<optimize::PassSet>(random.bits());
    case 1:
      return optimize::PassSet{1} << random.bits() % optimize::passes().size();
    default:
      return 0;
  }
}

}  // namespace

Subject make_subject(std::uint64_t seed) {
  testing::Random random(seed * 2 + 1);
  testing::ProgramOptions options;
  options.size = static_cast<int>(random.one_in(16) ? random.between(25, 120) : random.between(3, 25));
  options.faults = !random.one_in(3);
  options.floats = random.one_in(2);
  options.calls = random.one_in(3);
  options.shapes = random.one_in(2);
  const bool is_for_lanes = random.one_in(8);
  Subject subject{is_for_lanes ? testing::random_lane_loop(seed) : testing::random_program(seed, options), {}};
  subject.setup.optimization.disabled = random_passes(random);
  subject.setup.level = random.pick(testing::cpu_levels());
  for (int i = 0; i < inputs_per_program; ++i)
    subject.setup.inputs.push_back(testing::random_inputs(subject.program, random.bits()));
  return subject;
}

}  // namespace cogent::fuzz
