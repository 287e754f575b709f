// Spoiling a well-formed sample, to see which of the verifier's rules notices.
#pragma once
#include <functional>
#include <stdexcept>
#include <vector>

#include "ir/parse.h"
#include "ir/verifier.h"

namespace cogent::ir {

inline Statement& find_statement(Program& program, Do what) {
  for (Statement& statement : program.statements)
    if (statement.what == what) return statement;
  throw std::logic_error("the sample has no such statement");
}

/// The rule of the first flaw of the sample after `spoil`; 0 if it has none.
inline int broken_rule_of(const char* sample, const std::function<void(Program&)>& spoil) {
  Program program = parse(sample);
  spoil(program);
  const std::vector<Flaw> flaws = verify(program);
  return flaws.empty() ? 0 : flaws[0].rule;
}

}  // namespace cogent::ir
