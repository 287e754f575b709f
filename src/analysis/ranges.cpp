// Interval arithmetic over the operations: exact integers first, then a check whether they fit the type.
#include "analysis/ranges.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "ir/semantics.h"

namespace cogent::analysis {

using ir::Node;
using ir::Op;
using ir::Type;

namespace {

Range hull(std::initializer_list<Wide> corners) { return {std::min(corners), std::max(corners)}; }

bool multiply(const Range& a, const Range& b, Range& product) {
  Wide corners[4];
  if (__builtin_mul_overflow(a.low, b.low, &corners[0]) || __builtin_mul_overflow(a.low, b.high, &corners[1]) ||
      __builtin_mul_overflow(a.high, b.low, &corners[2]) || __builtin_mul_overflow(a.high, b.high, &corners[3]))
    return false;
  product = hull({corners[0], corners[1], corners[2], corners[3]});
  return true;
}

// Of a number by itself, whose product with any other of the range is given.
Range square(const Range& range, const Range& product) {
  const Wide low = range.contains(0) ? 0 : std::min(range.low * range.low, range.high * range.high);
  return {low, product.high};
}

Wide magnitude(const Range& range) { return std::max(-range.low, range.high); }

Range quotient(const Range& a, const Range& b) {
  if (b.low >= 0) {  // a divisor of 0 gives nothing
    const Wide least = std::max<Wide>(b.low, 1), most = std::max<Wide>(b.high, 1);
    return hull({a.low / least, a.low / most, a.high / least, a.high / most});
  }
  return {-magnitude(a), magnitude(a)};
}

Range remainder(const Range& a, const Range& b) {
  const Wide most = std::max<Wide>(magnitude(b) - 1, 0);
  return {a.low < 0 ? std::max(a.low, -most) : 0, a.high > 0 ? std::min(a.high, most) : 0};
}

// 2^k - 1, not below any value of either range.
Wide all_ones_above(const Range& a, const Range& b) {
  Wide ones = 0;
  while (ones < std::max(a.high, b.high)) ones = 2 * ones + 1;
  return ones;
}

Range bitwise(Op op, const Range& a, const Range& b, const Range& all) {
  if (op == Op::And) {
    if (a.low >= 0 && b.low >= 0) return {0, std::min(a.high, b.high)};
    if (a.low >= 0) return {0, a.high};
    if (b.low >= 0) return {0, b.high};
    return all;
  }
  if (a.low < 0 || b.low < 0) return all;
  return {op == Op::Or ? std::max(a.low, b.low) : 0, all_ones_above(a, b)};
}

}  // namespace

void Ranges::start(const ir::Program& program) {
  program_ = &program;
  states_.clear();
  contents_.clear();
}

void Ranges::update() {
  states_.resize(program_->nodes.size(), unknown);
  if (ranges_.size() < states_.size()) ranges_.resize(states_.size());
}

void Ranges::push_unknown(Id id) const {
  if (states_[id] == unknown) stack_.push_back(id);
}

void Ranges::push_unknown_operands(const Node& node) const {
  if (node.op == Op::Load) return;
  if (node.op == Op::Index) {
    const ir::Statement& loop = program_->statements[program_->regions[node.a].owner];
    for (Id bound : {loop.b, loop.c, loop.d}) push_unknown(bound);
  }
  for (int i = 0; i < ir::operand_count(node); ++i) push_unknown(ir::operand(node, i));
}

void Ranges::evaluate(Id id) const {
  stack_.assign(1, id);
  while (!stack_.empty()) {
    const Id top = stack_.back();
    const std::size_t size = stack_.size();
    if (states_[top] == unknown) push_unknown_operands(program_->nodes[top]);
    if (stack_.size() != size) continue;
    stack_.pop_back();
    if (states_[top] == unknown) compute(top);
  }
}

Range Ranges::fit(const Range& range, Type type, Id id) const {
  const Range all = range_of(type);
  if (range.within(all)) return range;
  states_[id] = wraps;
  return all;
}

void Ranges::compute(Id id) const {
  const Node& node = program_->nodes[id];
  Range& range = ranges_[id];
  states_[id] = known;
  range = range_of(node.type);
  if (ir::is_float(node.type)) return;
  switch (node.op) {
    case Op::Constant: {
      const Wide value = value_of(program_->value(id), node.type);
      range = {value, value};
      break;
    }
    case Op::Size:
      range = {0, ir::most_bytes};  // or a stride
      break;
    case Op::Index:
      range = index_range(node);
      break;
    case Op::Load:
      if (!contents_.empty())
        range = contents_[node.a];
      else if (program_->arrays[node.a].storage == ir::Storage::Table)
        range = table_range(node.a);
      break;
    case Op::Select:
      range = {std::min(ranges_[node.b].low, ranges_[node.c].low),
               std::max(ranges_[node.b].high, ranges_[node.c].high)};
      break;
    case Op::Convert:
      range = convert_range(node, id);
      break;
    case Op::PopulationCount:
    case Op::CountLeadingZeros:
    case Op::CountTrailingZeros:
      range = {0, ir::width_of(node.type)};
      break;
    case Op::RotateLeft:  // any value
      break;
    case Op::Less:
    case Op::LessEqual:
    case Op::Equal:
    case Op::NotEqual:
      range = comparison_range(node);
      break;
    default:
      if (ir::is_binary(node.op)) range = binary_range(node, id);
      break;
  }
}

Range Ranges::index_range(const Node& node) const {
  const ir::Program& program = *program_;
  const ir::Statement& loop = program.statements[program.regions[node.a].owner];
  const Range first = ranges_[loop.b], last = ranges_[loop.c], step = ranges_[loop.d];
  if (program.is_constant(loop.b) && program.is_constant(loop.c) && program.is_constant(loop.d) && step.low != 0) {
    const std::uint64_t trips =
        ir::trip_count(node.type, program.value(loop.b), program.value(loop.c), program.value(loop.d));
    const Wide final = trips == 0 ? first.low : first.low + (Wide{trips} - 1) * step.low;
    return hull({first.low, final});
  }
  const Range up{first.low, last.high - 1}, down{last.low + 1, first.high};
  const Range range = step.low > 0    ? up
                      : step.high < 0 ? down
                                      : Range{std::min(up.low, down.low), std::max(up.high, down.high)};
  return range.low <= range.high ? range : Range{first.low, first.low};  // else it never runs
}

// All elements of a table are known; long ones are not looked through.
Range Ranges::table_range(Id id) const {
  constexpr std::int64_t longest = 1024;
  const ir::Array& table = program_->arrays[id];
  if (table.size == 0 || table.size > longest) return range_of(table.type);
  const auto bytes = static_cast<std::size_t>(ir::size_of(table.type));
  Range range;
  for (std::int64_t i = 0; i < table.size; ++i) {
    std::int64_t element = 0;
    std::memcpy(&element, &program_->table_bytes[table.first_byte + static_cast<std::size_t>(i) * bytes], bytes);
    const Wide value = value_of(ir::canonical(element, table.type), table.type);
    range = i == 0 ? Range{value, value} : Range{std::min(range.low, value), std::max(range.high, value)};
  }
  return range;
}

Range Ranges::convert_range(const Node& node, Id id) const {
  const Type from = program_->nodes[node.a].type;
  if (ir::is_float(from)) return node.type == Type::Bool ? range_of(node.type) : saturated_range(node);
  const Range& range = ranges_[node.a];
  if (node.type == Type::Bool) return {range.contains(0) ? 0 : 1, range.low == 0 && range.high == 0 ? 0 : 1};
  return fit(range, node.type, id);
}

// Of a float that becomes an integer: limits by constants stay limits, and a NaN becomes 0.
Range Ranges::saturated_range(const Node& node) const {
  const auto number = [&](Id constant) {
    const Node& x = program_->nodes[constant];
    return std::bit_cast<double>(ir::evaluate_convert(program_->value(constant), x.type, Type::F64));
  };
  double low = -HUGE_VAL, high = HUGE_VAL;
  for (Id id = node.a;;) {
    const Node& x = program_->nodes[id];
    if ((x.op != Op::Minimum && x.op != Op::Maximum) || !program_->is_constant(x.b)) break;
    const double limit = number(x.b);
    if (limit != limit) break;
    if (x.op == Op::Minimum)
      high = std::max(low, std::min(high, limit));
    else
      low = std::min(high, std::max(low, limit));
    id = x.a;
  }
  const auto integer = [&](double limit) {
    return value_of(ir::evaluate_convert(std::bit_cast<std::int64_t>(limit), Type::F64, node.type), node.type);
  };
  return {std::min<Wide>(integer(low), 0), std::max<Wide>(integer(high), 0)};
}

Range Ranges::comparison_range(const Node& node) const {
  const Range always{1, 1}, never{0, 0};
  if (ir::is_float(program_->nodes[node.a].type)) return {0, 1};
  const Range &a = ranges_[node.a], &b = ranges_[node.b];
  const bool apart = a.high < b.low || b.high < a.low, same = a.low == a.high && b.low == b.high && a.low == b.low;
  switch (node.op) {
    case Op::Less:
      return a.high < b.low ? always : a.low >= b.high ? never : Range{0, 1};
    case Op::LessEqual:
      return a.high <= b.low ? always : a.low > b.high ? never : Range{0, 1};
    case Op::Equal:
      return apart ? never : same ? always : Range{0, 1};
    default:
      return apart ? always : same ? never : Range{0, 1};
  }
}

// max(x, 0 - x), as abs writes it, is not negative unless the negation wraps, of the lowest number.
Range Ranges::maximum_range(const Node& node) const {
  const Range &a = ranges_[node.a], &b = ranges_[node.b];
  const auto negates = [&](Id outer, Id inner) {
    const Node& negated = program_->nodes[outer];
    return negated.op == Op::Subtract && negated.b == inner && program_->is_constant(negated.a, 0) && !may_wrap(outer);
  };
  const Wide least = negates(node.a, node.b) || negates(node.b, node.a) ? 0 : std::max(a.low, b.low);
  return {std::max(a.low, std::max(b.low, least)), std::max(a.high, b.high)};
}

Range Ranges::shift_range(const Node& node, Id id) const {
  const Range &a = ranges_[node.a], all = range_of(node.type);
  const bool left = node.op == Op::ShiftLeft;
  if (!program_->is_constant(node.b)) {
    if (!left) return {std::min<Wide>(a.low, 0), std::max<Wide>(a.high, a.low < 0 ? -1 : 0)};
    states_[id] = wraps;
    return all;
  }
  const int count = static_cast<int>(program_->value(node.b) & (ir::width_of(node.type) - 1));
  if (!left) return {a.low >> count, a.high >> count};
  Range product;
  if (multiply(a, {Wide{1} << count, Wide{1} << count}, product)) return fit(product, node.type, id);
  states_[id] = wraps;
  return all;
}

Range Ranges::binary_range(const Node& node, Id id) const {
  const Range &a = ranges_[node.a], &b = ranges_[node.b], all = range_of(node.type);
  if (node.type == Type::Bool) return all;
  switch (node.op) {
    case Op::Add:
      return fit({a.low + b.low, a.high + b.high}, node.type, id);
    case Op::Subtract:
      return fit({a.low - b.high, a.high - b.low}, node.type, id);
    case Op::Multiply: {
      Range product;
      if (multiply(a, b, product)) return fit(node.a == node.b ? square(a, product) : product, node.type, id);
      states_[id] = wraps;
      return all;
    }
    case Op::Divide:
      return fit(quotient(a, b), node.type, id);
    case Op::Remainder:
      return remainder(a, b);
    case Op::Minimum:
      return {std::min(a.low, b.low), std::min(a.high, b.high)};
    case Op::Maximum:
      return maximum_range(node);
    case Op::And:
    case Op::Or:
    case Op::Xor:
      return bitwise(node.op, a, b, all);
    default:
      return shift_range(node, id);
  }
}

}  // namespace cogent::analysis
