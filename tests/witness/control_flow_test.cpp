// Programs with generated control flow do what plain C++ does: run plain, interpreted, as machine code at every CPU
// level, and as printed source.
#include <ostream>

#include "support/compiled_source.h"
#include "support/extent.h"
#include "witness/program.h"

namespace cogent::witness {
namespace {

const Programs& programs() {
  static const Programs list = [] {
    Programs programs;
    add_loops(programs);
    add_lanes(programs);
    add_branches(programs);
    add_arithmetic(programs);
    add_faults(programs);
    add_choices(programs);
    add_floats(programs);
    add_bits(programs);
    add_machines(programs);
    add_views(programs);
    add_structs(programs);
    add_local_arrays(programs);
    add_enums(programs);
    return programs;
  }();
  return list;
}

std::vector<const Program*> all_programs() {
  std::vector<const Program*> list;
  for (const auto& program : programs()) list.push_back(program.get());
  return list;
}

class ControlFlow : public ::testing::TestWithParam<const Program*> {};

TEST_P(ControlFlow, DoesWhatPlainCppDoes) {
  Random random(GetParam()->name().size() * 77 + static_cast<unsigned char>(GetParam()->name()[0]));
  for (int i = 0; i < testing::sample_or_all(60, 2000) && !HasFailure(); ++i) GetParam()->check(random);
}

INSTANTIATE_TEST_SUITE_P(Programs, ControlFlow, ::testing::ValuesIn(all_programs()),
                         [](const auto& info) { return info.param->name(); });

TEST(ControlFlowSources, Compiled) {
  Random random(4);
  std::vector<std::string> sources;
  for (const auto& program : programs()) sources.push_back(program->source(random));
  const testing::CompiledSources compiled(sources);
  ASSERT_EQ("", compiled.messages());
  for (const auto& program : programs()) {
    void* function = compiled.address(program->name());
    ASSERT_NE(nullptr, function) << program->name();
    for (int i = 0; i < 100 && !HasFailure(); ++i) program->check_compiled(function, random);
  }
}

}  // namespace
}  // namespace cogent::witness
