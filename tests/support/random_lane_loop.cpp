// Values are drawn from those that exist, so that expressions are graphs and types mix.
#include "support/random_lane_loop.h"

#include <algorithm>
#include <bit>
#include <vector>

#include "ir/builder.h"
#include "support/random.h"

namespace cogent::testing {
namespace {

using ir::Id;
using ir::Op;
using ir::Type;

class LaneLoopMaker {
 public:
  explicit LaneLoopMaker(std::uint64_t seed) : random_(seed) {}

  ir::Program make() {
    builder_.start(program_);
    length_ = random_.one_in(4) ? random_.between(0, 20) : random_.between(0, 200);
    is_dynamic_ = random_.one_in(3);
    favourite_ = any_type();
    add_arrays();
    for (int i = 0; i < 2; ++i) parameters_.push_back(builder_.add_value(i == 0 ? Type::I32 : any_type()));
    for (std::int64_t i = random_.between(0, 2); i > 0; --i) {
      const Type type = any_type();
      sums_.push_back(builder_.declare(type, builder_.constant(random_.value(type), type)));
    }
    const int loops = random_.one_in(4) ? 2 : 1;
    for (int i = 0; i < loops; ++i) add_loop();
    if (random_.one_in(10)) add_permutation();
    for (const Id sum : sums_) store_sum(sum);
    return program_;
  }

 private:
  static constexpr std::int64_t farthest = 3;  // of an access from the index

  Type any_type() {
    static const std::vector<Type> types = {Type::U8,  Type::U8,  Type::I8,  Type::U16, Type::I16,
                                            Type::I32, Type::I32, Type::U32, Type::I64, Type::U64,
                                            Type::F32, Type::F32, Type::F64, Type::Bool};
    return random_.pick(types);
  }
  Type some_type() { return random_.one_in(2) ? favourite_ : any_type(); }
  Type number_type() {
    const Type type = some_type();
    return type == Type::Bool ? Type::U8 : type;
  }

  void add_arrays() {
    const std::int64_t count = random_.between(2, 4);
    for (std::int64_t i = 0; i < count; ++i) {
      ir::Array array{};
      array.type = some_type();
      array.access = i == 0 ? ir::Access::In : random_.one_in(3) ? ir::Access::InOut : ir::Access::Out;
      strides_.push_back(random_.one_in(3) ? random_.between(2, 4) : 1);
      array.size = is_dynamic_ ? ir::dynamic_size : length_ * strides_.back() + 2 * farthest;
      arrays_.push_back(builder_.add_array(array));
    }
    if (random_.one_in(3)) add_table();
  }

  // Of bytes, as many as an index of six, seven or eight bits reaches, or a few more.
  void add_table() {
    ir::Array array{};
    array.type = random_.one_in(2) ? Type::U8 : Type::I8;
    array.access = random_.one_in(4) ? ir::Access::InOut : ir::Access::In;
    index_bits_ = random_.between(6, 8);
    array.size = (std::int64_t{1} << index_bits_) + (random_.one_in(2) ? 0 : random_.between(0, 70));
    table_ = builder_.add_array(array);
  }
  Id look_up() {
    const Id low = builder_.constant((std::int64_t{1} << index_bits_) - 1, Type::U8);
    const Id index = builder_.binary(Op::And, value_of(Type::U8), low);
    return builder_.load(table_, builder_.convert(index, Type::I64));
  }

  std::int64_t stride_of(Id array) const { return strides_[static_cast<std::size_t>(array - arrays_[0])]; }
  Id index_at(Id index, Id array, std::int64_t offset) {
    const Id stride = builder_.constant(stride_of(array), Type::I64);
    const Id at = builder_.binary(Op::Multiply, builder_.convert(index, Type::I64), stride);
    return builder_.binary(Op::Add, at, builder_.constant(offset, Type::I64));
  }
  std::int64_t any_offset() { return random_.one_in(2) ? 0 : random_.between(0, farthest); }

  void add_loop() {
    builder_.at(builder_.place({"random.cpp", static_cast<std::uint32_t>(random_.between(1, 9)), 1}));
    const Type index_type = random_.one_in(2) ? Type::I32 : Type::I64;
    const Id first = builder_.constant(random_.one_in(3) ? random_.between(0, 3) : 0, index_type);
    Id last = builder_.constant(length_, index_type);
    if (is_dynamic_) last = builder_.convert(builder_.size(arrays_[0]), index_type);
    const Id index = builder_.open_for(first, last, builder_.constant(1, index_type));
    values_ = parameters_;
    values_.push_back(index);
    if (!sums_.empty() && random_.one_in(2)) {
      load(index);
      for (std::int64_t i = random_.between(0, 5); i > 0; --i) values_.push_back(operation());
      for (const Id sum : sums_) gather(sum);
      if (random_.one_in(2)) return builder_.close();
    }
    for (std::int64_t i = random_.between(1, 3); i > 0; --i) load(index);
    for (std::int64_t stores = random_.between(1, 2); stores > 0; --stores) {
      for (std::int64_t i = random_.between(0, 12); i > 0; --i) values_.push_back(operation());
      if (random_.one_in(4))
        store_on_condition(index);
      else
        store(writable_array(), index);
      if (random_.one_in(3)) load(index);
    }
    builder_.close();
  }

  // Copies elements in another order, mostly as many as lie within a register.
  void add_permutation() {
    const Type type = number_type();
    const std::int64_t most = 64 / static_cast<std::int64_t>(ir::size_of(type));
    std::int64_t stride = random_.one_in(6) ? random_.between(2, most) : 2;
    while (stride * 2 <= most && random_.one_in(2)) stride *= 2;
    ir::Array array{};
    array.type = type;
    array.size = length_ * stride + farthest;
    array.access = ir::Access::In;
    const Id from = builder_.add_array(array);
    array.access = random_.one_in(4) ? ir::Access::InOut : ir::Access::Out;
    const Id to = builder_.add_array(array);
    const auto constant = [&](std::int64_t value) { return builder_.constant(value, Type::I64); };
    const Id index = builder_.open_for(constant(0), constant(length_), constant(1));
    const auto at = [&](std::int64_t offset) {
      return builder_.binary(Op::Add, builder_.binary(Op::Multiply, index, constant(stride)), constant(offset));
    };
    std::vector<std::int64_t> order(static_cast<std::size_t>(stride));
    for (std::int64_t i = 0; i < stride; ++i) {
      order[static_cast<std::size_t>(i)] = i;
      std::swap(order[static_cast<std::size_t>(i)], order[static_cast<std::size_t>(random_.between(0, i))]);
    }
    const std::int64_t from_offset = any_offset(), to_offset = any_offset();
    for (std::int64_t i = 0; i < stride; ++i) {
      const std::int64_t source = random_.one_in(20) ? 0 : order[static_cast<std::size_t>(i)];
      builder_.store(to, at(to_offset + i), builder_.load(from, at(from_offset + source)));
    }
    builder_.close();
  }

  Id writable_array() {
    return arrays_[static_cast<std::size_t>(random_.between(1, static_cast<std::int64_t>(arrays_.size()) - 1))];
  }

  // An element that only the condition proves to be there.
  void access_within_size(Id index) {
    const Id array = writable_array();
    const std::vector<Id> before = values_;
    const Id at = builder_.convert(index, Type::I64);
    builder_.open_if(builder_.binary(Op::Less, at, builder_.size(array)));
    values_.push_back(builder_.load(array, at));
    const Id value = operation();
    builder_.store(array, at, builder_.convert(value, program_.arrays[array].type));
    builder_.close();
    values_ = before;
  }

  // What is made in a branch is not used behind it.
  void store_on_condition(Id index) {
    if (is_dynamic_ && random_.one_in(2)) return access_within_size(index);
    const std::vector<Id> before = values_;
    builder_.open_if(condition());
    branch(index);
    builder_.close();
    values_ = before;
    if (!random_.one_in(3)) return;
    builder_.open_other();
    branch(index);
    builder_.close();
    values_ = before;
  }
  void branch(Id index) {
    if (random_.one_in(2)) load(index);
    for (std::int64_t i = random_.between(0, 4); i > 0; --i) values_.push_back(operation());
    if (random_.one_in(5)) {
      const std::vector<Id> before = values_;
      builder_.open_if(condition());
      store(writable_array(), index);
      builder_.close();
      values_ = before;
    }
    store(writable_array(), index);
  }

  // To all neighbours within a stride, mostly, in some order.
  void store(Id array, Id index) {
    const Type type = program_.arrays[array].type;
    const std::int64_t stride = stride_of(array), offset = any_offset(), turn = random_.between(0, stride - 1);
    for (std::int64_t k = 0; k < stride; ++k) {
      const Id value = random_.one_in(4) ? random_.pick(values_) : values_.back();
      const std::int64_t at = std::min(offset, 2 * farthest - stride) + (k + turn) % stride;
      builder_.store(array, index_at(index, array, at), builder_.convert(value, type));
      if (random_.one_in(20)) return;
      if (stride > 1 && random_.one_in(2)) values_.push_back(operation());
      if (stride > 1 && random_.one_in(8)) load(index);
    }
  }

  // Arrays of dynamic size may be empty.
  void store_sum(Id sum) {
    const Id array = arrays_.back();
    if (is_dynamic_) return;
    const Id value = builder_.get(sum);
    builder_.store(array, builder_.constant(0, Type::I64), builder_.convert(value, program_.arrays[array].type));
  }
  void gather(Id sum) {
    static const std::vector<Op> gathering = {Op::Add,     Op::Add, Op::Subtract, Op::Minimum,
                                              Op::Maximum, Op::And, Op::Or,       Op::Xor};
    const Type type = program_.variables[sum].type;
    Op op = random_.pick(gathering);
    if (type == Type::Bool) op = random_.one_in(2) ? Op::And : Op::Or;
    if (ir::is_float(type)) op = Op::Add;
    const Id before = builder_.get(sum), value = random_.one_in(4) ? product(type) : value_of(type);
    Id after = builder_.binary(op, before, value);
    if (random_.one_in(4)) after = builder_.select(condition(), after, before);
    builder_.set(sum, after);
  }
  Id product(Type type) {
    if (type == Type::Bool || ir::is_float(type)) return value_of(type);
    const Id a = builder_.convert(value_of(Type::I16), type);
    return builder_.binary(Op::Multiply, a, builder_.convert(value_of(Type::U8), type));
  }

  void load(Id index) {
    const Id array = random_.pick(arrays_);
    const std::int64_t offset = any_offset(), stride = stride_of(array);
    values_.push_back(builder_.load(array, index_at(index, array, offset)));
    for (std::int64_t k = 1; k < stride; ++k)
      if (!random_.one_in(3)) values_.push_back(builder_.load(array, index_at(index, array, (offset + k) % stride)));
  }

  Id value_of(Type type) {
    if (random_.one_in(6)) return builder_.constant(random_.value(type), type);
    const Id value = random_.one_in(2) ? values_.back() : random_.pick(values_);
    return builder_.convert(value, type);
  }
  Id condition() {
    if (random_.one_in(4)) return value_of(Type::Bool);
    static const std::vector<Op> comparisons = {Op::Less, Op::LessEqual, Op::Equal, Op::NotEqual};
    const Type type = number_type();
    const Op op = random_.pick(comparisons);
    if (random_.one_in(3)) {  // with what does not change in the loop
      const Id a = builder_.convert(value_of(Type::U8), Type::I32), limit = parameters_.front();
      return random_.one_in(2) ? builder_.binary(op, a, limit) : builder_.binary(op, limit, a);
    }
    const Id a = value_of(type);
    return builder_.binary(op, a, value_of(type));
  }

  Id distance(Type type) {
    const Id a = builder_.convert(value_of(number_type()), type), b = builder_.convert(value_of(Type::U8), type);
    const Id difference = builder_.binary(Op::Subtract, a, b);
    const Id negated =
        builder_.binary(Op::Subtract, builder_.convert(builder_.constant(0, Type::I32), type), difference);
    return builder_.binary(Op::Maximum, difference, negated);
  }

  // Of neighbours, if there are some.
  Id weighted_sum() {
    const auto constant = [&](std::int64_t number) { return builder_.constant(number, Type::I32); };
    Id sum = constant(random_.between(0, 300));
    int terms = 0;
    for (auto value = values_.rbegin(); value != values_.rend() && terms < 4; ++value) {
      if (program_.nodes[*value].op != Op::Load || program_.nodes[*value].type != Type::U8) continue;
      ++terms;
      const std::int64_t most = random_.one_in(2) ? 150 : 20000;
      const Id weight = constant(random_.between(random_.one_in(2) ? 0 : -most, most));
      const Id product = builder_.binary(Op::Multiply, builder_.convert(*value, Type::I32), weight);
      sum = builder_.binary(random_.one_in(4) ? Op::Subtract : Op::Add, sum, product);
    }
    return random_.one_in(2) ? sum : builder_.binary(Op::ShiftRight, sum, constant(random_.between(1, 16)));
  }

  // Of words, each by a weight or by another one.
  Id sum_of_products() {
    const auto constant = [&](std::int64_t number) { return builder_.constant(number, Type::I32); };
    const auto word = [&] { return builder_.convert(value_of(random_.one_in(2) ? Type::I16 : Type::U8), Type::I32); };
    Id sum = constant(random_.between(-3000, 3000));
    for (std::int64_t i = random_.between(1, 5); i > 0; --i) {
      const Id a = word(), b = random_.one_in(3) ? a : word();
      const Id factor = random_.one_in(2) ? b : constant(random_.between(-300, 300));
      sum = builder_.binary(random_.one_in(6) ? Op::Subtract : Op::Add, sum, builder_.binary(Op::Multiply, a, factor));
    }
    return random_.one_in(2) ? sum : builder_.binary(Op::ShiftRight, sum, constant(random_.between(1, 16)));
  }

  Id rounded_root(Type type) {
    const auto number = [&](float value) { return builder_.constant(std::bit_cast<std::int32_t>(value), Type::F32); };
    const Id x = builder_.convert(value_of(Type::U8), Type::I32), y = builder_.convert(value_of(Type::U8), Type::I32);
    Id whole = builder_.binary(Op::Add, builder_.binary(Op::Multiply, x, x), builder_.binary(Op::Multiply, y, y));
    if (random_.one_in(3)) whole = builder_.convert(value_of(Type::U16), Type::I32);
    Id root = builder_.unary(Op::SquareRoot, builder_.convert(whole, Type::F32));
    if (random_.one_in(2)) root = builder_.binary(Op::Maximum, root, number(0));
    if (!random_.one_in(4)) root = builder_.binary(Op::Minimum, root, number(random_.one_in(2) ? 255 : 90));
    if (random_.one_in(2)) {
      constexpr float rounding = 12582912;
      root = builder_.binary(Op::Subtract, builder_.binary(Op::Add, root, number(rounding)), number(rounding));
    } else {
      root = builder_.unary(Op::Round, root);
    }
    return builder_.convert(builder_.convert(root, Type::I32), type);
  }

  Id population_count(Type type) {
    const Id counted = value_of(ir::is_float(type) ? Type::U16 : type);
    return builder_.convert(builder_.unary(Op::PopulationCount, counted), type);
  }

  Id operation() {
    const Type type = number_type();
    if (table_ != ir::none && random_.one_in(4)) return look_up();
    switch (random_.between(0, 13)) {
      case 12:
        return rounded_root(type);
      case 11:
        return sum_of_products();
      case 13:
      case 10:
        return weighted_sum();
      case 9:
        return population_count(type);
      case 8:
        return distance(type);
      case 0:
        return builder_.convert(value_of(number_type()), type);
      case 1: {
        const Id test = condition(), a = value_of(type);
        return builder_.select(test, a, value_of(type));
      }
      case 2:
        return clamped(type);
      case 3:
        return condition();
      case 4:
        return ir::is_float(type) ? float_function(type) : shift(type);
      default:
        return arithmetic(type);
    }
  }
  Id arithmetic(Type type) {
    static const std::vector<Op> on_integers = {Op::Add, Op::Subtract, Op::Multiply, Op::And,
                                                Op::Or,  Op::Xor,      Op::Minimum,  Op::Maximum};
    static const std::vector<Op> on_floats = {Op::Add,    Op::Subtract, Op::Multiply,
                                              Op::Divide, Op::Minimum,  Op::Maximum};
    if (!ir::is_float(type) && random_.one_in(8)) return division(type);
    const Id a = value_of(type), b = value_of(type);
    return builder_.binary(random_.pick(ir::is_float(type) ? on_floats : on_integers), a, b);
  }
  Id division(Type type) {
    const Id a = value_of(type);
    const std::int64_t magnitude = random_.between(1, random_.one_in(2) ? 20 : 100'000);
    const std::int64_t divisor = ir::canonical(random_.one_in(3) ? -magnitude : magnitude, type);
    const Op op = random_.one_in(2) ? Op::Divide : Op::Remainder;
    return builder_.binary(op, a, builder_.constant(divisor == 0 ? 3 : divisor, type));
  }
  Id clamped(Type type) {
    const auto limit = [&](std::int64_t number) {
      return builder_.convert(builder_.constant(number, Type::I32), type);
    };
    const Id low = builder_.binary(Op::Maximum, value_of(type), limit(0));
    return builder_.binary(Op::Minimum, low, limit(random_.one_in(2) ? 255 : 100));
  }
  Id shift(Type type) {
    const Id a = value_of(type);
    const Id count = random_.one_in(3) ? value_of(type) : builder_.constant(random_.between(0, 9), type);
    return builder_.binary(random_.one_in(2) ? Op::ShiftLeft : Op::ShiftRight, a, count);
  }
  Id float_function(Type type) {
    static const std::vector<Op> functions = {Op::Negate, Op::Absolute, Op::SquareRoot, Op::Floor,
                                              Op::Ceil,   Op::Truncate, Op::Round};
    if (!random_.one_in(4)) return builder_.unary(random_.pick(functions), value_of(type));
    const Id a = value_of(type), b = value_of(type);
    return builder_.fused_multiply_add(a, b, value_of(type));
  }

  Random random_;
  ir::Program program_;
  ir::Builder builder_;
  std::int64_t length_ = 0;
  bool is_dynamic_ = false;
  Id table_ = ir::none;  // an array of bytes that are looked up, or none
  std::int64_t index_bits_ = 0;
  Type favourite_ = Type::I32;
  std::vector<Id> arrays_, parameters_, values_, sums_;
  std::vector<std::int64_t> strides_;  // of the arrays: between the elements of neighbouring iterations
};

}  // namespace

ir::Program random_lane_loop(std::uint64_t seed) { return LaneLoopMaker(seed).make(); }

}  // namespace cogent::testing
