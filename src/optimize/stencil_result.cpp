// The first half of what is stored: the result's array and type, a float's scale, and the clamp. Inside is the sum.
#include <algorithm>
#include <bit>

#include "optimize/recognise_stencil.h"

namespace cogent::optimize {

using analysis::Range;
using analysis::Wide;
using ir::Node;
using ir::none;
using ir::Op;
using ir::Statement;
using ir::StencilStage;
using ir::Type;

namespace {

constexpr Range all_of_32_bits = {INT32_MIN, INT32_MAX};

bool is_result(Type type) {
  return type == Type::U8 || type == Type::I16 || type == Type::U16 || type == Type::I32 || type == Type::U32 ||
         type == Type::F32;
}

}  // namespace

bool StencilRecogniser::is_plain(Id id) const {
  const ir::Array& array = program_->arrays[id];
  return array.step() == ir::size_of(array.type) && array.is_argument();
}

bool StencilRecogniser::holds_plain_bytes(Id id) const { return program_->arrays[id].type == Type::U8 && is_plain(id); }

bool StencilRecogniser::read_destination(const Statement& store, ir::Stencil& stencil) {
  const Type type = program_->arrays[store.a].type;
  if (!is_plain(store.a) || !is_result(type))
    return refuse(
        "the result's elements are of a type that no stencil has; store std::uint8_t, std::int16_t, std::uint16_t, int "
        "or float, in an array that is an argument",
        store.line);
  Access access;
  if (!read_access(store.b, store.line, access)) return false;
  stencil.destination = store.a;
  stencil.result = type;
  stencil.line = store.line;
  stencil.width = columns_.count * step_;
  stencil.rows = rows_.count;
  stencil.destination_offset = access.offset;
  stencil.destination_pitch = rows_.index == none ? stencil.width : access.pitch;
  if (stencil.destination_pitch < stencil.width)
    return refuse("the rows of the result overlap or run backward; give it a stride that is not less than its width",
                  store.line);
  return true;
}

bool StencilRecogniser::read_value(const Statement& store, ir::Stencil& stencil) {
  const Id stored = peel_float(store.c, stencil);
  const Node& value = program_->nodes[stored];
  const bool narrows =
      stencil.result != Type::F32 && value.op == Op::Convert && ir::is_integer(program_->nodes[value.a].type);
  const bool is_wide = ir::size_of(stencil.result) == 4;  // then what is cut off leaves the bits of the result alone
  const Range limits = is_wide ? all_of_32_bits : analysis::range_of(stencil.result);
  Range clamp = all_of_32_bits;
  const Id sum = peel_clamp(narrows ? value.a : stored, clamp);
  if (is_wide ? clamp.low > limits.high || clamp.high < limits.low
              : narrows && !clamp.within(limits) && ranges_->may_wrap(stored))
    return refuse_wrapping(stencil.result, store.line);
  StencilStage& stage = stencil.stages.emplace_back();
  if (!read_sum(sum, store.line, stage)) return false;
  stage.low = static_cast<std::int32_t>(std::clamp(clamp.low, limits.low, limits.high));
  stage.high = static_cast<std::int32_t>(std::clamp(clamp.high, limits.low, limits.high));
  if (stencil.result != Type::U8 && terms_.size() == 1)
    return refuse("every result is made of one element only; that takes no stencil", store.line);
  return read_terms(store.line, stencil) && place_taps(store.line, stencil);
}

bool StencilRecogniser::refuse_wrapping(Type result, ir::Line line) {
  if (result == Type::U8)
    return refuse(
        "the sum is stored without being clamped to 0 .. 255; write clamp(sum, 0, 255) or "
        "saturate_cast<std::uint8_t>(sum)",
        line);
  if (ir::size_of(result) == 2)
    return refuse(
        "the sum is stored without being clamped to the range of 16 bits; write saturate_cast<std::int16_t>(sum) or "
        "saturate_cast<std::uint16_t>(sum)",
        line);
  return refuse("the sum is clamped to what 32 bits do not hold; use smaller bounds", line);
}

// The integer that becomes a float, and the constant that this is multiplied by; of an integer the value itself.
Id StencilRecogniser::peel_float(Id value, ir::Stencil& stencil) const {
  if (stencil.result != Type::F32) return value;
  const auto is_factor = [&](Id id) { return program_->is_constant(id) && program_->nodes[id].type == Type::F32; };
  const Node& product = program_->nodes[value];
  if (product.op == Op::Multiply && product.type == Type::F32 && is_factor(product.b)) {
    stencil.scale = std::bit_cast<float>(static_cast<std::uint32_t>(program_->value(product.b)));
    value = product.a;
  } else if (product.op == Op::Negate && product.type == Type::F32) {  // what a product with -1 becomes
    stencil.scale = -1;
    value = product.a;
  }
  const Node& conversion = program_->nodes[value];
  const bool is_integer = conversion.op == Op::Convert && ir::is_integer(program_->nodes[conversion.a].type);
  return is_integer ? conversion.a : value;
}

// Whether a conversion changes no value; the types alone often say so, and ranges cost time.
bool StencilRecogniser::keeps_value(Id conversion) const {
  const Node& node = program_->nodes[conversion];
  const ir::Type from = program_->nodes[node.a].type;
  if (!ir::is_integer(from) || !ir::is_integer(node.type)) return false;
  return analysis::range_of(from).within(analysis::range_of(node.type)) || !ranges_->may_wrap(conversion);
}

// Minimums and maximums with constants, the outermost first, and conversions that change nothing.
Id StencilRecogniser::peel_clamp(Id value, Range& clamp) const {
  for (;;) {
    const Node& node = program_->nodes[value];
    if (node.op == Op::Convert && keeps_value(value)) {
      value = node.a;
      continue;
    }
    const bool is_limit = (node.op == Op::Minimum || node.op == Op::Maximum) && ir::is_integer(node.type);
    if (!is_limit || !program_->is_constant(node.b)) return value;
    const Wide bound = analysis::value_of(program_->value(node.b), node.type);
    if (node.op == Op::Minimum)
      clamp.high = std::max(clamp.low, std::min(clamp.high, bound));
    else
      clamp.low = std::min(clamp.high, std::max(clamp.low, bound));
    value = node.a;
  }
}

}  // namespace cogent::optimize
