// Counts what the random programs consist of, so that no kind of statement, operation or type is left out unnoticed.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "interpret/interpreter.h"
#include "ir/program.h"

namespace cogent::fuzz {

class Coverage {
 public:
  Coverage();
  void add(const ir::Program& program);
  void add(const interpret::Outcome& outcome);

  /// What has never come up though the language has it.
  std::vector<std::string> missing() const;
  /// A line for each kind, how often it came up, of operations for each type.
  std::string table() const;

 private:
  struct Row {
    std::string name;
    std::vector<std::uint64_t> counts;  // per type
    std::vector<bool> possible;         // per type
    std::uint64_t total() const;
  };
  void count_node(const ir::Program& program, const ir::Node& node);
  void count_statement(const ir::Program& program, const ir::Statement& statement);
  void count_array(const ir::Array& array);

  std::vector<Row> operations_;   // per Op
  std::vector<Row> conversions_;  // per type that is converted from
  std::vector<Row> statements_;   // per Do; of some by type
  std::vector<Row> functions_;    // of ir/mathematics.h
  std::vector<Row> arrays_;       // per storage and shape
  std::vector<Row> endings_;      // per FaultKind
};

}  // namespace cogent::fuzz
