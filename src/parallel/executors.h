// The executor that parallel loops of this thread run on.
#pragma once
#include <cogent/executor.h>

namespace cogent::parallel {

/// Null: there is none, loops run in the thread that calls.
std::shared_ptr<Executor> present_executor();

}  // namespace cogent::parallel
