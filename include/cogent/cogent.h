// Cogent: C++ functions that generate machine code for the facts known when they are called.
#pragma once
#if __cplusplus < 202002L
#error "Cogent needs C++20: compile with -std=c++20"
#else
#include <cogent/any_array.h>
#include <cogent/array.h>
#include <cogent/bits.h>
#include <cogent/code_block.h>
#include <cogent/error.h>
#include <cogent/executor.h>
#include <cogent/functions.h>
#include <cogent/generated_function.h>
#include <cogent/mathematics.h>
#include <cogent/output.h>
#include <cogent/value.h>
#include <cogent/variable.h>
#endif
