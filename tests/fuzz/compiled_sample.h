// The printed C++ of some of the programs, compiled in batches and run on the same inputs.
#pragma once
#include <string>
#include <vector>

#include "fuzz/subject.h"

namespace cogent::fuzz {

class CompiledSample {
 public:
  /// Programs with calls are left out: what they call is not there when the text is compiled. False: it was left out.
  bool add(std::uint64_t seed, Subject subject);
  bool is_batch() const { return entries_.size() >= batch; }

  /// Compiles what was added since the last time. What is wrong, one text for each program.
  std::vector<std::string> run();

 private:
  struct Entry {
    std::uint64_t seed;
    Subject subject;
  };
  static constexpr std::size_t batch = 50;
  std::vector<Entry> entries_;
};

}  // namespace cogent::fuzz
