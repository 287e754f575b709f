// The program: what a recording produces and what every later stage reads. Nodes are values, statements are effects in
// order, regions nest them. Made only by ir/builder.h; checked by ir/verifier.h, which is the numbered specification.
#pragma once
#include <cstdint>
#include <cstring>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "ir/callee.h"
#include "ir/type.h"

namespace cogent::ir {

using Id = std::uint32_t;
using Line = std::uint16_t;  // 1 + index into Program::places; 0: unknown
inline constexpr Id none = ~Id{0};

/// What a node computes. Both operands of a binary operation have one type, which is also the result's, except that
/// comparisons give Bool. C++'s promotions and conversions are explicit Convert nodes. Integers wrap; floats are
/// IEEE's, rounded to nearest even after every operation, never contracted. Of a NaN that an operation on floats makes,
/// sign and payload are unspecified.
enum class Op : std::uint8_t {
  Constant,   // the canonical 64-bit value, kept in (a, b): Program::value()
  Parameter,  // a: the parameter (a Value<T> of the signature)
  Size,       // a: the array, b: the dimension, or the array's rank + the dimension for its stride; I64; of an argument
              // whose extents are known only at run time
  // Pinned: the value of one execution of one statement; never shared between statements.
  Index,  // a: body region of the For; the type of its bounds
  Get,    // a: the variable; c: sequence number
  Load,   // a: the array; b: the index (I64, in elements); c: sequence number
  // Pure on floats, and when the divisor is a constant other than 0 (c == 0); else pinned, c: sequence number, and a
  // divisor of 0 is a fault. Integers truncate toward zero; lowest / -1 wraps to lowest, lowest % -1 is 0.
  Divide,
  Remainder,
  // Pure: hash-consed, computed anywhere after their operands.
  Add,
  Subtract,
  Multiply,
  Minimum,  // b < a ? b : a
  Maximum,  // a < b ? b : a
  And,      // bitwise; on Bool logical without skipping
  Or,
  Xor,
  ShiftLeft,   // the count is b modulo the width of the type
  ShiftRight,  // arithmetic for signed types, logical for unsigned ones
  Less,
  LessEqual,
  Equal,
  NotEqual,
  Select,   // a: Bool; b if true, else c
  Convert,  // a converted to the node's type: integers modulo 2^width, floats to integers saturating (NaN gives 0), to
            // Bool by != 0, else to the nearest, ties to even
  Bits,     // a's bits as the node's type: a float and an integer of the same size
  // Of a float, which gives a float of the same type.
  Negate,  // flips the sign, of 0 and NaN too
  Absolute,
  SquareRoot,
  Floor,
  Ceil,
  Round,  // half away from zero
  Truncate,
  // Of an integer, which gives an integer of the same type.
  PopulationCount,
  CountLeadingZeros,   // of 0: the width
  CountTrailingZeros,  // of 0: the width
  ByteSwap,
  RotateLeft,        // a binary operation: by b modulo the width of the type
  FusedMultiplyAdd,  // a * b + c, floats, rounded once
  Mathematics,       // c: a function in ir/mathematics.h, of a and, unless it is none, b: floats of the node's type
  // Pinned:
  CallResult,  // a: the callee; c: sequence number
};

/// A value. 16 bytes; operands are ids of earlier nodes.
struct Node {
  Op op;
  Type type;
  Line line;
  Id a = 0, b = 0, c = 0;
};
static_assert(sizeof(Node) == 16);

constexpr bool is_binary(Op op) { return (op >= Op::Divide && op <= Op::NotEqual) || op == Op::RotateLeft; }
/// Of one operand, which alone decides the result's type: all but Convert and Bits.
constexpr bool is_unary(Op op) { return op >= Op::Negate && op <= Op::ByteSwap; }
constexpr bool is_comparison(Op op) { return op >= Op::Less && op <= Op::NotEqual; }
constexpr bool is_division(Op op) { return op == Op::Divide || op == Op::Remainder; }

/// A node whose value is made by a statement (Let, a For for its Index, a Call for its result) and not by its operands
/// alone.
constexpr bool is_pinned(const Node& node) {
  return node.op == Op::Index || node.op == Op::Get || node.op == Op::Load || (is_division(node.op) && node.c != 0) ||
         node.op == Op::CallResult;
}

/// How many of a, b, c are node operands (Load: only b, see operand()).
constexpr int operand_count(const Node& node) {
  if (node.op < Op::Load || node.op == Op::CallResult) return 0;
  if (node.op == Op::Load) return 1;
  if (node.op < Op::Select || node.op == Op::RotateLeft) return 2;
  if (node.op == Op::Select || node.op == Op::FusedMultiplyAdd) return 3;
  return node.op == Op::Mathematics && node.b != none ? 2 : 1;
}
constexpr Id operand(const Node& node, int i) {
  if (node.op == Op::Load) return node.b;
  return i == 0 ? node.a : i == 1 ? node.b : node.c;
}

/// What a statement does, in program order within its region.
enum class Do : std::uint8_t {
  Let,    // a: a pinned node (Get, Load, or a division that may fault): executed here, whether used or not
  Set,    // a: variable, b: value
  Store,  // a: array, b: index (I64), c: value of the array's element type
  For,    // a: Index node, b: first, c: last, d: step; body. All of the index's type, read once. With step > 0 runs
          // ceil((last - first) / step) times while first < last, with step < 0 downward while first > last, computed
          // without overflow; a step that is 0 at run time is a fault. For unsigned types the step counts as positive
  Loop,   // body, for ever: left by Break or Return
  Block,  // body, once: left early by Break (an unrolled loop or one of its iterations)
  If,     // a: Bool; body, or other (may be none)
  Break,  // a: region of the enclosing For, Loop, Block, Cases or States that is left
  Continue,  // a: body region of the enclosing For or Loop whose next iteration begins
  Return,    // a: the result or none
  Require,   // a: Bool that must hold, b: text of the error
  Comment,   // b: text
  Cases,     // a: selector, an integer or Bool; body and its siblings: the regions of constants, of which the one whose
             // constant the selector equals is executed, else other (may be none)
  States,    // body and its siblings: the regions of states, executed from the first on. None of them reaches its end
  Go,     // on with a state of an enclosing States: the region a, or, if that is none, the one that the selector b, a
          // U8 and no constant, chooses among the 256 in `operands` from c on
  Call,   // a: CallResult node, or none; b: callee; c: where its arguments begin in Program::operands, d: how many
          // (nodes, or arrays where the callee takes one). May read and write all memory, and may end the run
  Check,  // a: array, b: index (I64), c: extent (I64), d: dimension: a fault unless 0 <= index < extent
};

constexpr bool has_regions(Do what) {
  return (what >= Do::For && what <= Do::If) || what == Do::Cases || what == Do::States;
}
constexpr bool repeats_regions(Do what) { return what == Do::For || what == Do::Loop || what == Do::States; }

/// Targets of a Go with a selector.
inline constexpr Id byte_values = 256;

enum StatementFlag : std::uint8_t {
  // Of accesses: a Let of a Load, a Store or a Check. Of a Cases: the selector is proven to lie between its smallest
  // and its largest constant.
  proven_in_bounds = 1,  // the index is proven to lie within the array
  unchecked = 2,         // the user vouches for the index: machine code and printed source do not check it
  // Of a For: its iterations may be executed in any order and at once (ir/parallel_loops.h).
  parallel = 4,
};

/// An effect. Statements of a region form a list through `next`.
struct Statement {
  Do what;
  std::uint8_t flags = 0;
  Line line = 0;
  Id a = none, b = none, c = none, d = none;
  Id body = none, other = none;
  Id next = none;
};
static_assert(sizeof(Statement) == 32);

/// Whether machine code must look at the index of an access.
constexpr bool needs_check(const Statement& access) { return (access.flags & (proven_in_bounds | unchecked)) == 0; }

/// A nested list of statements; region 0 is the function's body. A region other than 0 without owner is not in use.
struct Region {
  Id first = none, last = none;
  Id parent = none;   // the region that contains the owner
  Id owner = none;    // the statement whose body, body's sibling or other this is
  Id sibling = none;  // the next region of a Cases or States
  Id choice = none;  // of a Cases: the constant of the selector's type; of a States: the number the user gave the state
  std::uint16_t depth = 0;
  bool is_loop = false;  // of a For, Loop or States
};

inline constexpr std::int64_t dynamic_size = -1;
/// More bytes than any machine can address; the extents and strides of every array are below.
inline constexpr std::int64_t most_bytes = std::int64_t{1} << 46;

/// Where the memory of an array is: the caller's, constants beside the code, or local memory of one run.
enum class Storage : std::uint8_t { Argument, Table, Scratch };

/// An array of the signature, a table or a scratch array, or one field of the structs in such an array. An index counts
/// elements from the array's address; so many lie `step()` bytes apart, and a field `offset` bytes within each.
/// Memory of different arguments may overlap unless a guard at entry excludes it.
struct Array {
  static constexpr int most_dimensions = 3;

  Type type;
  Access access;
  std::uint8_t rank = 1;
  Storage storage = Storage::Argument;
  /// Its accesses follow Checks of each dimension and are proven themselves; the index of an access is the sum of the
  /// dimensions' indexes times their strides. Else it has rank 1 and stride 1, and accesses are checked themselves.
  bool is_shaped = false;
  Line line = 0;                     // of a table or scratch array: where it was made
  Id parameter = none;               // of an argument
  std::int64_t size = dynamic_size;  // elements from the first to the last, when known at generation time
  std::uint32_t element_bytes = 0;   // from one element to the next; 0: those of the type
  std::uint32_t offset = 0;          // bytes before the field
  Id memory = none;                  // the array whose elements this is a field of; none: it is no field
  std::uint32_t first_byte = 0;      // of a table, in Program::table_bytes
  std::int64_t extents[most_dimensions] = {}, strides[most_dimensions] = {};  // if shaped and size is known

  bool is_writable() const { return access != Access::In; }
  bool is_argument() const { return storage == Storage::Argument && memory == none; }
  std::int64_t step() const { return element_bytes != 0 ? element_bytes : size_of(type); }
  /// The elements from the first to the last, of extents and strides that do not overflow.
  std::int64_t span() const {
    std::int64_t last = 0;
    for (int i = 0; i < rank; ++i) {
      if (extents[i] == 0) return 0;
      last += (extents[i] - 1) * strides[i];
    }
    return last + 1;
  }
  /// Slots of an argument.
  int slot_count() const { return size != dynamic_size ? 1 : rank == 1 ? 2 : 1 + 2 * rank; }
};

/// An array of the signature with the size, extents and strides of a call; `slots` begins with the array's own.
Array array_in_call(const Array& array, const std::uint64_t* slots);

/// A run-time parameter, in the order of the signature. Slots are 64-bit words of the argument block; slot 0 receives
/// the result. An array takes its address and, when its size is dynamic, its size in elements in the next slot (with a
/// rank above 1 its extents and then its strides in the next slots); a value its canonical form.
struct Parameter {
  bool is_array;
  Type type;
  std::uint16_t position;  // in the user's signature, the code block not counted, static parameters counted
  std::uint16_t slot;
  Id array = none;
};

struct Variable {
  Type type;
  Line line;
  std::uint32_t reads = 0;  // Get nodes made; when 0, every Set of it is without effect
};

/// A position in the user's source file.
struct Place {
  const char* file;
  std::uint32_t line, column;
};

struct Program {
  std::string name;
  Type result = Type::Void;
  std::uint16_t signature_length = 0;  // parameters of the user's signature, static ones too
  std::vector<Node> nodes;
  std::vector<Statement> statements;
  std::vector<Region> regions;
  std::vector<Array> arrays;
  std::vector<Parameter> parameters;
  std::vector<Variable> variables;
  std::vector<Place> places;
  std::vector<std::string> texts;
  std::vector<Id> operands;               // lists that statements refer to by their first element and their length
  std::vector<std::uint8_t> table_bytes;  // the elements of the tables, as they lie in memory
  std::vector<Callee> callees;

  std::int64_t value(Id node) const {
    std::int64_t result_value;
    std::memcpy(&result_value, &nodes[node].a, sizeof result_value);
    return result_value;
  }
  bool is_constant(Id node) const { return nodes[node].op == Op::Constant; }
  bool is_constant(Id node, std::int64_t expected) const { return is_constant(node) && value(node) == expected; }

  /// A Set of a variable that nobody reads.
  bool is_dead(const Statement& statement) const {
    return statement.what == Do::Set && variables[statement.a].reads == 0;
  }

  std::uint16_t slot_count() const {
    std::uint16_t count = 1;
    for (const Parameter& parameter : parameters)
      count = static_cast<std::uint16_t>(count + (parameter.is_array ? arrays[parameter.array].slot_count() : 1));
    return count;
  }
  /// The array that has the memory of an array: itself, unless it is a field.
  Id memory_of(Id array) const { return arrays[array].memory == none ? array : arrays[array].memory; }
  /// Whether two accesses, each to any element of its array, may meet in memory. Two fields of one array of structs do
  /// not; different arguments may.
  bool may_overlap(Id a, Id b) const;
  /// An array of the signature with the size, extents and strides of a call.
  Array in_call(Id array, const std::uint64_t* slots) const;

  /// Empties the program and keeps its memory.
  void clear() {
    name.clear();
    result = Type::Void;
    signature_length = 0;
    nodes.clear();
    statements.clear();
    regions.assign(1, Region{});
    arrays.clear();
    parameters.clear();
    variables.clear();
    places.clear();
    texts.clear();
    operands.clear();
    callees.clear();
    table_bytes.clear();
  }

  /// The arguments of a Call.
  std::span<const Id> arguments(const Statement& call) const { return {operands.data() + call.c, call.d}; }
};

/// Nodes and statements that one program may have.
inline constexpr std::size_t operation_limit = 1'000'000;

/// The program has grown past the limit.
struct ProgramTooLong : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Calls visit(id, statement) for each statement of a region, in order, not descending.
template <class Visit>
void for_each_statement(const Program& program, Id region, Visit&& visit) {
  for (Id id = program.regions[region].first; id != none; id = program.statements[id].next)
    visit(id, program.statements[id]);
}

/// The region that the same statement has after this one: its sibling, or the other branch; none: it is the last.
inline Id next_region(const Program& program, Id region) {
  if (program.regions[region].sibling != none) return program.regions[region].sibling;
  const Id other = program.statements[program.regions[region].owner].other;
  return region == other ? none : other;
}

/// Calls visit(region) for each region of a statement, in order.
template <class Visit>
void for_each_region(const Program& program, const Statement& statement, Visit&& visit) {
  for (Id region = statement.body; region != none; region = next_region(program, region)) visit(region);
}

}  // namespace cogent::ir
