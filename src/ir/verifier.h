// The numbered rules of a well-formed program, and their check. What holds here every stage may rely on.
//
// Signature
//   1. Parameters and arrays name each other and agree in type; each parameter has the slot that the ones before it
//      leave free, from 1 on; positions grow and lie below signature_length.
// Nodes
//   2. A constant is canonical and not Void.
//   3. A Parameter, Size, Get, Load or CallResult names a value parameter, an array of dynamic size, a variable, an
//      array, a callee, and has its type (Size: I64).
//   4. Operands are earlier nodes.
//   5. The operands of a binary operation have one type, which is also the result's; that of a comparison is Bool.
//      Arithmetic and shifts are not done on Bool, bits and remainders not on floats. A Select chooses by a Bool
//      between two values of its own type. An index into an array is I64, an Index is an integer.
//   6. A division of integers has no sequence number exactly if its divisor is a constant other than 0, one of floats
//      never has one.
// Regions
//   7. A region in use is the body, a sibling of the body or the other branch of exactly one statement, lies in that
//      statement's region, one deeper, and is_loop exactly for a For, a Loop or a States. Region 0 is nobody's.
//   8. A statement stands in at most one region; `last` ends the list that begins at `first`.
//   9. A For, Loop, Block, If, Cases and States has a body; only the body of a Cases or States has siblings, only an If
//      or a Cases may have another branch.
// Statements
//  10. A Let makes a pinned node that is no Index or CallResult, a For the Index of its body, a Call the CallResult of
//      its callee if that has a result; no node is made twice.
//  11. Operands exist and have the types that ir/program.h demands; only a writable array is stored to.
//  12. A Break leaves an enclosing For, Loop, Block, Cases or States; a Continue goes on with an enclosing For or Loop.
//  13. A Return has a value of the result's type, or none if that is Void; a function with a result does not reach its
//      end.
//  14. Lines and texts exist; only a Let of a Load, a Store, a Check and a Cases are proven in bounds, only the first
//      three are unchecked.
// Functions
//  17. Negate, Absolute, SquareRoot, the roundings, FusedMultiplyAdd and Mathematics take and give floats of one type;
//      counts of bits, ByteSwap and RotateLeft take and give integers of one type. A Bits gives an integer for a float
//      or a float for an integer of the same size. A Mathematics calls a function of ir/mathematics.h with as many
//      operands as it takes.
// Calls
//  20. A Call names a callee and gives it as many arguments as it takes: values of its types, arrays of its element
//      types, writable ones where it writes. A Recurse takes the signature and gives the result of the program.
// Order
//  15. A value is used only after its statement, in the region of that statement or below (ir/dominance.h).
//  16. The first Set of a variable declares it: every other Set and every Get lies after it in its region or below.
//      There are no more Gets than the variable's reads.
//  23. What the statements of a region make has growing node ids (analysis/placement.h and ir/rewriter.h rely on it).
// Choices
//  18. The regions of a Cases have different constants of the selector's type.
//  19. A state does not reach its end; a Go leads to states of one enclosing States.
// Parallel loops
//  24. What a parallel For executes neither leaves it nor sets variables declared outside of it, prints nothing and
//  lets
//      no callee write to memory that is not its iteration's own (ir/parallel_loops.h).
// Arrays
//  21. An array has 1 to 3 dimensions. It is shaped if there is more than one, or its elements lie apart; a shaped
//      array of known size has extents and strides, none negative, that give its size. A table or scratch array has a
//      size and no parameter; a table is only read, not shaped, and has its bytes. A field lies within the elements of
//      an earlier array that is no field, and agrees with it in all but type, offset and step.
//  22. An access to a shaped array is proven. A Check is of a dimension of an array that is no field, or, behind the
//      last one, of an array within its elements, whose extent is a constant.
#pragma once
#include <string>
#include <vector>

#include "ir/program.h"

namespace cogent::ir {

struct Flaw {
  int rule;
  std::string text;
  Line line;  // 0: unknown
};

/// The flaws of a program, none if it is well-formed. Linear. Rules 10 to 16, 18 to 20 and 22 are looked at only where
/// the others hold.
std::vector<Flaw> verify(const Program& program);

/// One flaw a line; empty for none.
std::string describe(const std::vector<Flaw>& flaws);

}  // namespace cogent::ir
