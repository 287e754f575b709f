// cogent explain: what becomes of a pipeline.
#pragma once
#include "options.h"

namespace cogent::cli {

/// Gives the exit status. Throws UsageError or PipelineError.
int explain(const ExplainOptions& options);

}  // namespace cogent::cli
