// The text form of a program: canonical, readable, one statement a line; read back by ir/parse.h.
//
//   program "sum"(in u8[12] a0, inout i32[?] a1, static, i32 p2) -> i32 {
//     v0 = var 0i32
//     L1: for %1 = 0i64 to size(a1) step 1 {
//       let %2 = a0[%1] proven
//       let %3 = v0
//       %4 = i32(%2) * p2
//       if %4 < 0 {
//         break L1
//       } else {
//         v0 = %3 + %4
//       }
//     }
//     ...
//
// Statements:   let %n = LOAD or VARIABLE or DIVISION (what program.h calls pinned)     v0 = var VALUE (the first Set)
//               v0 = VALUE     a0[INDEX] = VALUE     for %n = FIRST to LAST step STEP {     loop {     block {
//               if CONDITION {     } else {     break L     continue L     return     return VALUE
//               require CONDITION, "text"     comment "text"     check a0 dimension 1: INDEX within EXTENT
//               cases SELECTOR at 1 {     } at 7 {     } else {     the regions of a Cases; `proven` after the selector
//               states 0 {     } 3 {     the states' numbers        go L 3     go L by BYTE: 0 to 47, 3 to 57, 0 to 255
// Calls:        call "name"(VALUE, in a0, inout a1 sized) -> TYPE     call generated "name"(...)
//               print "{}"(VALUE)     recurse(...)     with `let %n = ` before it if there is a result; `in`, `out` and
//               `inout` say what the callee may do to an array, `sized` that it gets its size too
// Pure values:  + - * / % & | ^ << >> < <= == !=     min(x, y)     max(x, y)     select(c, x, y)     i32(x), a
// conversion
//               negate(x) sqrt(x) fma(x, y, z) popcount(x) ..., the functions of ir/function_names.h     sin(x)
//               pow(x, y) ..., those of ir/mathematics.h     bits_u32(x), the bits of a float, or of an integer
//               size(a0)     extent(a0, 1)     stride(a0, 1)     p2, a parameter     %n = VALUE, a name for what is
//               used more than once
// Constants:    true, -5, 5u8: with its type where the place does not tell it; floats by their bits, 0x3f800000_f32
// Types:        bool i8 u8 i16 u16 i32 u32 i64 u64 f32 f64; arrays u8[12], u8[?] (size known at run time)
// Shaped arrays: u8[3, 4] strides [5, 1], u8[?, ?]; u8[9] strides [1] of 12 bytes: structs; u8[?] of 12 bytes
// Other arrays, before the statements:  array a1 = field f32 at 4 of a0     array a2 = table i16[3] {1 -2 3} (floats by
// their bits)     array a3 = scratch i32[16]
// * / % bind closer than + and -, these closer than all others, which need parentheses among themselves.
// An access that is proven in bounds ends with `proven`, one that is not to be checked with `unchecked`. With lines,
// statements and names end with `@n` and the text ends with the places: `place 1 "file.cpp" 12 3`. Names, labels,
// variables and what nobody uses do not matter: they are numbered in order of appearance, or left out. `;` begins a
// comment.
#pragma once
#include <string>

#include "ir/program.h"

namespace cogent::ir {

struct TextOptions {
  bool lines = false;
};

/// Requires consistent links and operands (verifier rules 1 to 9); says `%?5` for a value that no statement makes.
std::string print(const Program& program, TextOptions options = {});

/// Of the text without lines: equal for programs that do the same in the same way.
std::uint64_t hash(const Program& program);

/// The names of types in the text: "i32"; "void" for Void.
const char* short_name(Type type);

}  // namespace cogent::ir
