// cogent filter: pictures through a pipeline.
#pragma once
#include "options.h"

namespace cogent::cli {

/// Gives the exit status. Throws UsageError, PipelineError or FileError before anything is done.
int filter(const FilterOptions& options);

}  // namespace cogent::cli
