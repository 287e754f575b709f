// Which pictures the command line means: files, folders, patterns, lists in files.
#pragma once
#include <string>
#include <vector>

#include "options.h"

namespace cogent::cli {

/// One thing that was asked for: a picture's file, or why there is none.
struct Input {
  std::string path;   ///< "-": the standard input
  std::string error;  ///< empty: all is well so far
};

/// In the order of the command line, what a folder or pattern has in alphabetical order; each file once. A folder means
/// the files in it whose names end like a picture's. Throws FileError if the list of --files-from cannot be read.
std::vector<Input> find_inputs(const FilterOptions& options);

}  // namespace cogent::cli
