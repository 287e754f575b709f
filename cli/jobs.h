// Where the result of each input goes.
#pragma once
#include <stdexcept>
#include <string>
#include <vector>

#include "files/picture_writer.h"
#include "inputs.h"

namespace cogent::cli {

/// What is asked for makes no sense: exit status 2.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// One picture to filter, or an input that is none.
struct Job {
  Input input;
  std::string output;  ///< "-": the standard output
  FileType type;
};

/// The name that a pattern gives for an input: {name} is in.png, {stem} in, {ext} png, {{ a brace. A folder: the name
/// in it. `type` replaces the name's end. Throws UsageError for other words in braces.
std::string output_name(const std::string& pattern, const std::string& input, const std::string& type);

/// Throws UsageError if several inputs have the same output, or if it is of a type that is not written. If an input's
/// name decides the type, that input alone is wrong.
std::vector<Job> plan_jobs(std::vector<Input> inputs, const FilterOptions& options);

}  // namespace cogent::cli
