// cogent bench: how fast a pipeline is on a picture.
#pragma once
#include "options.h"

namespace cogent::cli {

/// Gives the exit status. Throws PipelineError, FileError.
int bench(const BenchOptions& options);

}  // namespace cogent::cli
