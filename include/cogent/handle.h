// The run-time handle: a generated function as C sees it, and every language that can call C. A C++ host makes it
// (GeneratedFunction::make_handle).
#pragma once
#include <stddef.h>
#include <stdint.h>

#include <cogent/detail/export.h>

#ifdef __cplusplus
extern "C" {
#endif

// What is declared here keeps its meaning and its layout: a program that was compiled with an older version of this
// header works with a newer library. Newer versions only add.

/// The version of this header, and that of the library, which is at least as large if it has what is declared here.
#define COGENT_HANDLE_VERSION 1
COGENT_EXPORT uint32_t cogent_handle_version(void);

/// A generated function for one set of plain arguments and sizes. All functions may be called from several threads at
/// once.
typedef struct cogent_handle cogent_handle;

/// How a call ended. Unless it is COGENT_DONE, cogent_error_message() says more.
typedef enum cogent_status {
  COGENT_DONE = 0,
  COGENT_RUN_TIME_ERROR = 1,    ///< an index out of bounds, a division by zero ...; what came before it has been done
  COGENT_GENERATION_ERROR = 2,  ///< code was needed that cannot be generated
  COGENT_MISUSE = 3,            ///< wrong words; nothing has been done
  COGENT_OUT_OF_MEMORY = 4,
  COGENT_OTHER_ERROR = 5  ///< a function that the generated one called has thrown something else
} cogent_status;

/// What a word of the arguments is.
typedef enum cogent_word_kind {
  COGENT_NUMBER = 0,  ///< an integer, extended to 64 bits by its sign or by zeros; or the bits of a float or double
  COGENT_INPUT = 1,   ///< the address of elements that are read
  COGENT_OUTPUT = 2,  ///< the address of elements that are written, and may be read
  COGENT_EXTENT = 3,  ///< of the array before it: elements in its next dimension
  COGENT_STRIDE = 4   ///< of the array before it: elements from one to the next in its next dimension
} cogent_word_kind;

/// The type of a number, or of elements.
typedef enum cogent_type {
  COGENT_VOID = 0,  ///< no result; of elements: a struct
  COGENT_BOOL = 1,
  COGENT_I8 = 2,
  COGENT_U8 = 3,
  COGENT_I16 = 4,
  COGENT_U16 = 5,
  COGENT_I32 = 6,
  COGENT_U32 = 7,
  COGENT_I64 = 8,
  COGENT_U64 = 9,
  COGENT_F32 = 10,
  COGENT_F64 = 11
} cogent_type;

/// What a handle wants of a word.
typedef struct cogent_word {
  int32_t kind;           ///< a cogent_word_kind
  int32_t type;           ///< a cogent_type
  int64_t element_bytes;  ///< of an address: the size of an element; else 0
  int64_t elements;       ///< of an address: how many there must be, gaps included; -1: the words behind it say
} cogent_word;

/// How many words a call takes: those of the run-time parameters, in their order, then, if the function gives a struct,
/// the address it goes to. Numbers and arrays of known size take one, others also their extents and, of rank 2 and 3,
/// strides.
COGENT_EXPORT size_t cogent_word_count(const cogent_handle* handle);

/// What word number `index` is. COGENT_MISUSE: there is none.
COGENT_EXPORT cogent_status cogent_describe_word(const cogent_handle* handle, size_t index, cogent_word* description);

/// The type of the result.
COGENT_EXPORT cogent_type cogent_result_type(const cogent_handle* handle);

/// Runs the function. `result`, unless it is null, receives the number it gives, as a word.
COGENT_EXPORT cogent_status cogent_call(const cogent_handle* handle, const uint64_t* words, size_t count,
                                        uint64_t* result);

/// The function's name, and the function as C++ that compiles by itself (null: cogent_error_message() says why). Both
/// live as long as the handle.
COGENT_EXPORT const char* cogent_name(const cogent_handle* handle);
COGENT_EXPORT const char* cogent_source(const cogent_handle* handle);

/// What went wrong in the last of these functions that failed in this thread; empty if none has. Valid until the next
/// fails.
COGENT_EXPORT const char* cogent_error_message(void);

/// One more owner of the handle, which is given back; one less: the last one frees it. Null is ignored.
COGENT_EXPORT cogent_handle* cogent_retain(cogent_handle* handle);
COGENT_EXPORT void cogent_release(cogent_handle* handle);

#ifdef __cplusplus
}
#endif
