// What the C++ host of from_c.c gives to C.
#pragma once
#include <cogent/handle.h>

#ifdef __cplusplus
extern "C" {
#endif

// A function of (const int32_t* numbers, int64_t size, double factor) that gives the product of the sum and the factor,
// for a plain offset that is added to each number, and one that reads the element `index` of four bytes. The caller
// owns them.
cogent_handle* make_scaled_sum(int offset);
cogent_handle* make_pick(void);

#ifdef __cplusplus
}
#endif
