// COGENT_EXPORT: what users' code calls of the library. All else is hidden in it. Plain C, because <cogent/handle.h>
// is.
#pragma once

#define COGENT_EXPORT __attribute__((visibility("default")))
