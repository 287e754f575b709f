// The mix of programs: mostly small ones, since a mistake that shows in a large one shows in a small one sooner.
#include "fuzz/subject.h"

#include "support/parallel_programs.h"
#include "support/random.h"
#include "support/random_lane_loop.h"
#include "support/random_program.h"
#include "support/random_stencil_loop.h"

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

ir::Program random_general_program(std::uint64_t seed, testing::Random& random) {
  testing::ProgramOptions options;
  options.size = static_cast<int>(random.one_in(16) ? random.between(25, 120) : random.between(3, 25));
  options.faults = !random.one_in(3);
  options.floats = random.one_in(2);
  options.calls = random.one_in(3);
  options.shapes = random.one_in(2);
  return testing::random_program(seed, options);
}

ir::Program random_program(std::uint64_t seed, testing::Random& random) {
  switch (random.bits() % 16) {
    case 0:
    case 1:
      return testing::random_lane_loop(seed);
    case 2:
      return testing::random_stencil_loop(seed);
    default:
      return random_general_program(seed, random);
  }
}

}  // namespace

Subject make_subject(std::uint64_t seed) {
  testing::Random random(seed * 2 + 1);
  Subject subject{random_program(seed, random), {}};
  if (random.one_in(4) && testing::make_parallel(subject.program)) subject.setup.last_parts_first = random.one_in(2);
  subject.setup.optimization.disabled = random_passes(random);
  subject.setup.level = random.pick(testing::cpu_levels());
  for (int i = 0; i < inputs_per_program; ++i)
    subject.setup.inputs.push_back(
        testing::random_inputs(subject.program, random.bits(), {.overlap = !subject.setup.last_parts_first}));
  return subject;
}

}  // namespace cogent::fuzz
