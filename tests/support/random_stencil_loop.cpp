// A picture of rows * width pixels, each the sum of a window's elements with the window's weights.
#include "support/random_stencil_loop.h"

#include <vector>

#include "ir/builder.h"
#include "support/random.h"

namespace cogent::testing {
namespace {

using ir::Id;
using ir::Op;
using ir::Type;

class StencilLoopMaker {
 public:
  explicit StencilLoopMaker(std::uint64_t seed) : random_(seed) {}

  ir::Program make() {
    builder_.start(program_);
    choose_shape();
    const std::int64_t rows = height_ + rows_ - 1;
    source_ = add_array(ir::Access::In, source_type(), rows * pitch_ + random_.between(0, 3));
    destination_ = add_array(random_.one_in(4) ? ir::Access::InOut : ir::Access::Out, result_type(),
                             rows_ * width_ * channels_ + random_.between(0, 3));
    builder_.at(builder_.place({"random.cpp", 1, 1}));
    switch (random_.between(0, 2)) {
      case 0:
        add_flat_loop();
        break;
      case 1:
        add_loops(false);
        break;
      default:
        add_loops(true);
    }
    return program_;
  }

 private:
  void choose_shape() {
    height_ = random_.between(1, random_.between(1, 7));
    width_ = random_.between(random_.one_in(4) ? 1 : 16, 90);
    window_ = random_.between(1, random_.between(1, 9));
    rows_ = random_.between(1, 5);
    channels_ = random_.one_in(3) ? random_.between(2, 4) : 1;
    pitch_ = (width_ + window_ - 1) * channels_ + (random_.one_in(4) ? random_.between(0, 9) : 0);
    const int largest = random_.one_in(4) ? 127 : random_.one_in(4) ? 900 : 9;
    const bool is_ordered = random_.one_in(3);  // the sum of products of a column and a row
    for (std::int64_t k = 0; k < height_ * window_; ++k) {
      const std::int64_t any = random_.one_in(5) ? 0 : random_.between(random_.one_in(3) ? 0 : -largest, largest);
      weights_.push_back(is_ordered ? (k / window_ % 3 + 1) * (k % window_ % 4 + 1) : any);
    }
  }

  Type source_type() {
    static const std::vector<Type> others = {Type::U16, Type::I16, Type::I8, Type::F32, Type::I32};
    return random_.one_in(5) ? random_.pick(others) : Type::U8;
  }
  Type result_type() {
    static const std::vector<Type> types = {Type::U8, Type::U8, Type::I16, Type::U16, Type::I32, Type::F32};
    return random_.pick(types);
  }
  Id add_array(ir::Access access, Type type, std::int64_t size) {
    ir::Array array{};
    array.type = type;
    array.access = access;
    array.size = size;
    return builder_.add_array(array);
  }

  Id number(std::int64_t value, Type type = Type::I64) { return builder_.constant(value, type); }
  Id plus(Id a, Id b) { return builder_.binary(Op::Add, a, b); }
  Id times(Id a, std::int64_t b) { return builder_.binary(Op::Multiply, a, number(b)); }
  Id open(std::int64_t last) { return builder_.open_for(number(0), number(last), number(1)); }

  void add_flat_loop() {
    const Id i = open(rows_ * width_ * channels_);
    const Id row = builder_.binary(Op::Divide, i, number(width_ * channels_));
    const Id column = builder_.binary(Op::Remainder, i, number(width_ * channels_));
    add_pixel(plus(times(row, pitch_), column), i);
    builder_.close();
  }

  void add_loops(bool of_channels) {
    const Id y = open(rows_);
    const std::int64_t inner = of_channels ? width_ : width_ * channels_;
    const Id x = open(inner);
    if (!of_channels) {
      add_pixel(plus(times(y, pitch_), x), plus(times(y, inner), x));
    } else if (random_.one_in(2)) {
      const Id c = open(channels_);
      add_channel(y, x, c);
      builder_.close();
    } else {
      for (std::int64_t c = 0; c < channels_; ++c) add_channel(y, x, number(c));
    }
    builder_.close();
    builder_.close();
  }
  void add_channel(Id y, Id x, Id c) {
    const Id pixel = plus(times(x, channels_), c);
    add_pixel(plus(times(y, pitch_), pixel), plus(times(y, width_ * channels_), pixel));
  }

  void add_pixel(Id from, Id to) {
    const Id sum = random_.one_in(2) ? sum_of_nodes(from) : sum_in_variable(from);
    builder_.store(destination_, to, finished(sum, program_.arrays[destination_].type));
  }
  Id product(Id from, std::size_t k) {
    const auto at = static_cast<std::int64_t>(k);
    const Id index = plus(from, number(at / window_ * pitch_ + at % window_ * channels_));
    const Id element = builder_.load(source_, index);
    const Type type = ir::is_float(program_.nodes[element].type) ? Type::F32 : Type::I32;
    const Id weight = builder_.convert(number(weights_[k], Type::I32), type);
    return builder_.binary(Op::Multiply, builder_.convert(element, type), weight);
  }
  Id sum_of_nodes(Id from) {
    Id sum = product(from, 0);
    for (std::size_t k = 1; k < weights_.size(); ++k) sum = plus(sum, product(from, k));
    return sum;
  }
  Id sum_in_variable(Id from) {
    const Id first = product(from, 0);
    const Id variable = builder_.declare(program_.nodes[first].type, first);
    for (std::size_t k = 1; k < weights_.size(); ++k)
      builder_.set(variable, plus(builder_.get(variable), product(from, k)));
    return builder_.get(variable);
  }

  Id finished(Id sum, Type result) {
    if (ir::is_float(program_.nodes[sum].type)) return builder_.convert(sum, result);
    if (random_.one_in(2)) sum = plus(sum, number(random_.between(-300, 300), Type::I32));
    if (random_.one_in(2)) sum = builder_.binary(Op::ShiftRight, sum, number(random_.between(1, 9), Type::I32));
    if (result == Type::F32) {
      const Id real = builder_.convert(sum, result);
      const Id divisor = builder_.convert(number(random_.between(1, 40), Type::I32), result);
      return random_.one_in(3) ? real : builder_.binary(Op::Multiply, real, divisor);
    }
    if (result != Type::I32 && !random_.one_in(6)) sum = clamped(sum, ir::lowest_of(result), ir::highest_of(result));
    return builder_.convert(sum, result);
  }
  Id clamped(Id sum, std::int64_t low, std::int64_t high) {
    const Id raised = builder_.binary(Op::Maximum, sum, number(low, Type::I32));
    return builder_.binary(Op::Minimum, raised, number(high, Type::I32));
  }

  Random random_;
  ir::Program program_;
  ir::Builder builder_;
  std::int64_t height_ = 1, window_ = 1, width_ = 1, rows_ = 1, channels_ = 1, pitch_ = 1;
  std::vector<std::int64_t> weights_;  // of the window, row by row
  Id source_ = ir::none, destination_ = ir::none;
};

}  // namespace

ir::Program random_stencil_loop(std::uint64_t seed) { return StencilLoopMaker(seed).make(); }

}  // namespace cogent::testing
