// Numbers of states become regions when the whole text has been read.
#include "ir/parse_states.h"

namespace cogent::ir {

bool StateTargets::define(Id states, std::uint64_t number, Id region) {
  return regions_.emplace(std::pair(states, number), region).second;
}

void StateTargets::resolve(Program& program) const {
  for (const Wanted& wanted : wanted_) {
    const auto found = regions_.find({wanted.states, wanted.number.number});
    if (found == regions_.end()) TokenStream::fail_at(wanted.number, "there is no state " + describe(wanted.number));
    if (wanted.go != none)
      program.statements[wanted.go].a = found->second;
    else
      program.operands[wanted.operand] = found->second;
  }
}

}  // namespace cogent::ir
