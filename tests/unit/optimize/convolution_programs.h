// Convolutions of byte pictures in the words of different programmers, as a recording makes them.
#pragma once
#include <functional>
#include <vector>

#include "ir/builder.h"

namespace cogent::optimize {

using ir::Id;
using ir::Op;
using ir::Type;

/// Builds values as C++'s operators on staged ints and int64s do.
class Recording {
 public:
  explicit Recording(ir::Program& program) { b.start(program); }

  Id number(std::int64_t value, Type type = Type::I64) { return b.constant(value, type); }
  Id add(Id x, Id y) { return b.binary(Op::Add, x, y); }
  Id plus(Id x, std::int64_t y) { return add(x, number(y, type(x))); }
  Id subtract(Id x, Id y) { return b.binary(Op::Subtract, x, y); }
  Id times(Id x, std::int64_t y) { return b.binary(Op::Multiply, x, number(y, type(x))); }
  Id over(Id x, std::int64_t y) { return b.binary(Op::Divide, x, number(y, type(x))); }
  Id modulo(Id x, std::int64_t y) { return b.binary(Op::Remainder, x, number(y, type(x))); }
  Id load(Id array, Id index) { return b.load(array, b.convert(index, Type::I64)); }
  /// source[index] * factor: a byte is promoted to int.
  Id tap(Id array, Id index, std::int64_t factor) { return times(b.convert(load(array, index), Type::I32), factor); }
  Id clamp(Id x, std::int64_t low, std::int64_t high) {
    return b.binary(Op::Minimum, b.binary(Op::Maximum, x, number(low, type(x))), number(high, type(x)));
  }
  void store(Id array, Id index, Id value) {
    b.store(array, b.convert(index, Type::I64), b.convert(value, b.program().arrays[array].type));
  }
  void loop(Id first, Id last, const std::function<void(Id)>& body) {
    body(b.open_for(first, last, number(1, type(first))));
    b.close();
  }
  void loop(std::int64_t count, const std::function<void(Id)>& body, Type counter = Type::I64) {
    loop(number(0, counter), number(count, counter), body);
  }
  Type type(Id x) { return b.program().nodes[x].type; }

  ir::Builder b;
};

/// A picture of width x height bytes and its padded source, for a square kernel.
struct Convolution : Recording {
  Convolution(ir::Program& program, std::int64_t width, std::int64_t height, std::int64_t side, bool dense = true,
              Type result = Type::U8)
      : Recording(program), width(width), height(height), side(side), pitch(width + side - 1) {
    source = b.add_array({.type = Type::U8, .access = ir::Access::In, .size = pitch * (height + side - 1)});
    destination = b.add_array({.type = result, .access = ir::Access::Out, .size = width * height});
    for (std::int64_t k = 0; k < side * side; ++k) kernel.push_back(dense ? (k * 5 + 3) % 11 - 4 : k % 3 - 1);
    for (std::int64_t& weight : kernel) weight = weight == 0 && dense ? 7 : weight;
  }
  std::int64_t offset(std::int64_t k) const { return k / side * pitch + k % side; }
  /// The sum over the kernel in a variable; zero weights are left out, as users do.
  Id sum(Id base) {
    const Id accumulator = b.declare(Type::I32, number(0, Type::I32));
    for (std::int64_t k = 0; k < side * side; ++k)
      if (kernel[k] != 0) b.set(accumulator, add(b.get(accumulator), tap(source, plus(base, offset(k)), kernel[k])));
    return b.get(accumulator);
  }
  Id corner(Id i) { return add(times(over(i, width), pitch), modulo(i, width)); }
  /// for (auto i : code.range(destination.size())) with / and %
  void flat(Type counter = Type::I64) {
    loop(width * height, [&](Id i) { store(destination, i, clamp(sum(corner(i)), 0, 255)); }, counter);
  }

  std::int64_t width, height, side, pitch;
  Id source, destination;
  std::vector<std::int64_t> kernel;
};

}  // namespace cogent::optimize
