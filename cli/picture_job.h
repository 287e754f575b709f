// One picture from its file through a pipeline into another file.
#pragma once
#include <cogent/image/pipeline.h>

#include <optional>
#include <string>

#include "jobs.h"

namespace cogent::cli {

struct Seconds {
  double read = 0, compile = 0, filter = 0, write = 0;
};

/// What became of a picture.
struct Outcome {
  std::string error = {};  ///< empty: it is done
  bool is_unsure = false;  ///< the error is in the words of libvips, perhaps about another picture
  std::string note = {};   ///< what may not be expected of the result; empty: nothing
  std::optional<image::Format> input = {}, output = {};  ///< output: as it is stored
  Seconds seconds = {};
};

/// Memory that serves one picture after the other.
struct Workspace {
  PixelMemory input, output, stored;
};

/// Filters one picture. What is wrong with it stands in the outcome; nothing is thrown for that. With --dry-run only
/// its header is read.
Outcome run(const Job& job, const image::Pipeline& pipeline, const FilterOptions& options, int threads,
            Workspace& workspace);

}  // namespace cogent::cli
