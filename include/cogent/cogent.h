// Cogent: C++ functions that generate machine code for the facts known when they are called.
#pragma once
#include <cogent/array.h>
#include <cogent/bits.h>
#include <cogent/code_block.h>
#include <cogent/error.h>
#include <cogent/functions.h>
#include <cogent/generated_function.h>
#include <cogent/mathematics.h>
#include <cogent/output.h>
#include <cogent/value.h>
#include <cogent/variable.h>
