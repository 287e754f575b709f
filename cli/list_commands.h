// cogent filters and cogent kernels: what there is, as tables.
#pragma once
#include "options.h"

namespace cogent::cli {

/// Gives the exit status. Throws UsageError for an unknown name.
int list_filters(const ListOptions& options);
int list_kernels(const ListOptions& options);

}  // namespace cogent::cli
