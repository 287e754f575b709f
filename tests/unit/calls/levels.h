// Runs a test at every CPU level of this machine.
#pragma once
#include <gtest/gtest.h>

#include "support/machine_code.h"
#include "x86/cpu_features.h"

namespace cogent::testing {

template <class Test>
void at_every_level(Test&& test) {
  for (const x86::CpuLevel level : cpu_levels()) {
    SCOPED_TRACE(x86::name(level));
    const x86::ScopedCpuLevel mask(level);
    test();
  }
}

}  // namespace cogent::testing
