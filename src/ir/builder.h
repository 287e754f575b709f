// The one way programs are made: nodes are folded and hash-consed while building, effects are appended to the open
// region, and a variable's last straight-line value is forwarded to its readers, so that there are no phis.
#pragma once
#include <array>
#include <span>

#include "ir/node_table.h"
#include "ir/program.h"

namespace cogent::ir {

class Builder {
 public:
  /// Empties the program and begins in its body region. The builder keeps its memory from one program to the next.
  void start(Program& program);

  /// Whether straight-line reads of a variable give its last value (the usual), or each read is a Get of its own and
  /// Blocks stay that nothing leaves: a recording to compare with others.
  void forward_variables(bool forwards) { forwards_ = forwards; }

  Program& program() { return *program_; }
  const Program& program() const { return *program_; }
  Id here() const { return here_; }  // the open region

  /// The line that new nodes and statements carry.
  void at(Line line) { line_ = line; }
  Line line() const { return line_; }
  /// The line number of a place of the user's source. Equal places get one number; 0 when there are too many.
  Line place(const Place& place);

  // ---- the signature
  Id add_array(const Array& array);  // an argument; fills in the parameter
  void add_static_position();        // a parameter that is known at generation time: only takes a position
  Id add_value(Type type);           // returns the Parameter node

  // ---- other arrays, after those of the signature
  /// A field of the elements of an array, `offset` bytes from their beginning; one that exists if there is one.
  /// Elements are the array's own, unless their distance is given, as that of a field that is an array itself.
  Id field(Id array, Type type, std::uint32_t offset, std::uint32_t element_bytes = 0);
  /// A table of these elements as they lie in memory; one that exists if there is an equal one.
  Id table(Type type, std::span<const std::uint8_t> bytes);
  /// Scratch memory of `size` elements, structs if `element_bytes` is given. It is not filled yet.
  Id scratch(Type type, std::int64_t size, std::uint32_t element_bytes);

  // ---- values
  Id constant(std::int64_t value, Type type);
  /// The number of elements in a dimension of an argument, and how many elements lie from one to the next.
  Id extent(Id array, int dimension);
  Id stride(Id array, int dimension);
  Id size(Id array) { return extent(array, 0); }
  Id copy_size(const Node& size) { return node(Op::Size, Type::I64, size.a, size.b); }
  /// A binary operation on operands of one type, simplified. A division that may fault becomes a Let here.
  Id binary(Op op, Id a, Id b);
  Id select(Id condition, Id if_true, Id if_false);
  Id convert(Id value, Type type);
  Id negate(Id condition);  // of a Bool
  Id bits(Id value, Type type);
  Id unary(Op op, Id a);  // Negate to ByteSwap
  Id fused_multiply_add(Id a, Id b, Id c);
  Id mathematics(Id function, Id a, Id b = none);  // a function of ir/mathematics.h; b: if it takes two

  /// Accesses from here on carry StatementFlag::unchecked, or not. Gives what was so before.
  bool leave_unchecked(bool unchecked);

  // ---- effects
  Id load(Id array, Id index);  // the index is I64
  /// A fault unless the index (I64) lies within the dimension of the array; nothing where that is sure.
  void check(Id array, Id index, int dimension);
  void check(const Statement& check);
  /// Checks an index into an array of so many elements within the elements of an array.
  void check_within(Id array, Id index, std::int64_t count);
  /// Checks an index for each dimension of a shaped array and gives that of the element.
  Id place(Id array, std::span<const Id> indexes);
  void store(Id array, Id index, Id value);
  Id declare(Type type, Id initial);  // a variable; returns its number
  void set(Id variable, Id value);
  Id get(Id variable);
  void leave(Do how, Id region);  // Break or Continue
  void go(Id state);
  void go(Id selector, std::span<const Id> states);  // a state for each value of the selector, a U8
  void returns(Id value);
  void require(Id condition, std::string text);
  void comment(std::string text);
  /// Calls a callee that is added to the program. The arguments are nodes of its arguments' types, or arrays. The
  /// result, or none.
  Id call(Callee callee, std::span<const Id> arguments);
  /// Calls a callee that the program has.
  Id call(Id callee, std::span<const Id> arguments);
  /// Appends a copy of `statement` to the open region, without its regions and links.
  Id append(const Statement& statement);

  // ---- regions; each open_... is matched by close()
  Id open_for(Id first, Id last, Id step);  // returns the Index node
  Id open_loop();                           // these three return the region
  Id open_block();
  Id open_if(Id condition);
  void close();
  /// The For that was opened last, of whose body nothing has been appended yet, becomes a parallel one.
  void make_parallel() { program_->statements[program_->regions[here_].owner].flags |= parallel; }
  /// The same two when a copying pass knows which variables the loop writes: all others keep their known value.
  Id open_for(Id first, Id last, Id step, std::span<const Id> written);
  Id open_loop(std::span<const Id> written);

  // ---- statements with several regions
  /// A Cases. Its regions follow, one for each constant of the selector's type: open_case(), close_case(); at last
  /// close_cases(), after which open_other() opens the region of all other values.
  void open_cases(Id selector);
  Id open_case(Id constant);  // returns the region
  void close_case();
  void close_cases();
  /// A States. Its regions follow: open_state(), close_state(); at last close_states().
  void open_states();
  /// A region for a state, which Gos may name before it is opened.
  Id new_state(Id number);
  void open_state(Id region);
  /// The same when it is known which variables the states write: all others keep their known value.
  void open_state(Id region, std::span<const Id> written);
  void close_state() { close(); }
  void close_states();

  // ---- moving what was recorded since a moment into a branch (for && and otherwise_when)
  struct Moment {
    Id region = none, last = none;
    std::uint32_t changes = 0;
    Id variables = 0;  // declared so far
  };
  Moment now() const {
    return {here_, program_->regions[here_].last, static_cast<std::uint32_t>(changes_.size()),
            static_cast<Id>(program_->variables.size())};
  }
  /// Whether the open region is the moment's and has got a statement since.
  bool anything_since(const Moment& moment) const;
  /// Whether all that was appended since only computes values, as a condition may, and changes nothing.
  bool only_computes_since(const Moment& moment) const;
  /// The value `value` if `condition` holds, else `otherwise`: what was appended since the moment (the computing of
  /// `value`) moves into a branch, so that it happens only if the condition holds.
  Id skip_unless(const Moment& moment, Id condition, Id otherwise, Id value);

  /// The If whose body was closed last, as long as it can still get an other branch here; `closed` is the moment after
  /// it.
  struct Branch {
    Id statement = none;  // the innermost If of a chain of otherwise_when
    Moment closed;
    std::uint32_t epoch = 0, changes = 0;
  };
  const Branch& last_branch() const { return last_branch_; }
  void forget_branch() { last_branch_ = {}; }
  /// Opens the other branch of last_branch(). What was appended since it was closed moves into the branch.
  void open_other();
  /// Closes the body of an If that stands inside an other branch, and that branch: an otherwise_when.
  void close_chained_if();

  /// Turns the statement `load`, if it is the last of the open region, into a store to the same element: what
  /// `array[index] = value` recorded. False: it is not the last, or the value is made from what it reads.
  bool replace_load_by_store(Id load_node, Id value);

  /// From here on loads are remembered for loaded().
  void remember_loads(bool remembers) { remembers_loads_ = remembers; }
  /// What an earlier load of the element gave in the straight piece that is being written, if nothing since may have
  /// written it; else none.
  Id loaded(Id array, Id index) const;

  /// Operations on constants that were computed instead of recorded.
  std::uint32_t folded() const { return folded_; }
  /// Whether something was recorded after a region was closed. Else every value is used where it is known.
  bool goes_on_behind_a_region() const { return first_close_ != 0 && operations() != first_close_; }
  /// Nodes and statements recorded so far.
  std::size_t operations() const { return program_->nodes.size() + program_->statements.size(); }

 private:
  struct Change {  // what was known of a variable before a change
    Id variable, known;
    std::uint32_t epoch;
  };
  struct Knowledge {  // per variable
    Id known;
    std::uint32_t epoch;
  };
  struct Scope {  // per open region
    Id region;
    Id return_to;  // the region that is open again afterwards
    Id previous;   // the statement before the owner, in its region
    std::uint32_t epoch, changes;
    bool left = false;  // a Break leaves it
  };
  struct Choice {               // a Cases or States that is open
    Id statement, last = none;  // its last region so far
    std::uint32_t changes = 0;
  };
  Id node(Op op, Type type, Id a, Id b = 0, Id c = 0) {
    return table_.intern(*program_, first_word(op, type, line_, a), second_word(b, c));
  }
  Statement& add(Do what);
  Id fresh(Op op, Type type, Id a, Id b, Id c);
  Id pinned(Op op, Type type, Id a, Id b);
  void open(Id owner, Id parent, bool is_other);
  void open_choice(Id region);
  Id append_loop(Do what, Id first, Id last, Id step);
  void splice_block(const Scope& scope);
  void adopt(Id region, Id first);
  void set_depth(Id region);
  Id detach_since(const Moment& moment);
  bool is_used_since(Id made) const;
  void attach(Id first);
  void know(Id variable, Id value);
  Id known(Id variable) const;
  void forget_changes(std::uint32_t from);
  void rewind_changes(std::uint32_t from);

  // builder_arrays.cpp
  Id add_local(const Array& array);
  Id table_element(const Array& table, Id index);
  bool is_checked(const Statement& check);
  void forget_loads(Id written);
  void begin_piece() { check_count_ = load_count_ = 0; }
  /// Accesses to shaped arrays follow their checks.
  std::uint8_t access_flags(Id array) const {
    return program_->arrays[array].is_shaped ? std::uint8_t{proven_in_bounds} : access_flags_;
  }

  // simplify.cpp
  Id fold(Op op, Id a, Id b);
  Id simplify_with_constant(Op op, Id a, Id b);
  Id simplify_same(Op op, Id a, Id b);
  Id simplify_comparison(Op op, Id a, Id b);
  Id bool_of(Id number);
  Id simplify_select(Id condition, Id if_true, Id if_false);

  // simplify_floats.cpp
  Id binary_of_floats(Op op, Id a, Id b);
  Id select_of_floats(const Node& test, Id if_true, Id if_false);

  Program* program_ = nullptr;
  NodeTable table_;
  PlaceTable places_;
  Id here_ = 0;
  Line line_ = 0;
  bool forwards_ = true;
  std::uint8_t access_flags_ = 0;  // of the accesses that are appended
  std::uint32_t sequence_ = 0, folded_ = 0;
  std::size_t first_close_ = 0;  // operations() when a region was closed first; 0: none was
  std::uint32_t epoch_ = 0, last_epoch_ = 0;
  std::vector<Knowledge> knowledge_;
  std::vector<Change> changes_;
  std::vector<Scope> scopes_;
  std::vector<Choice> choices_;
  Branch last_branch_;
  static constexpr std::size_t most_checks = 16, most_table_bytes = std::size_t{256} << 20;
  std::array<Id, most_checks> checks_{};  // the last Check statements of this straight piece
  std::size_t check_count_ = 0;
  bool remembers_loads_ = false;
  static constexpr std::size_t most_loads = 16;
  std::array<Id, most_loads> loads_{};  // the last Load nodes, of here and before Ifs; none: perhaps written since
  std::size_t load_count_ = 0;
};

}  // namespace cogent::ir
