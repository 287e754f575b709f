// The simulator: one switch over the instructions that the random programs contain.
#include "unit/x86/machine_simulator.h"

#include <bit>
#include <cmath>
#include <cstring>
#include <stdexcept>
#include <vector>

#include "unit/x86/clobbering_callees.h"

namespace cogent::x86 {
namespace {

using Vector = std::array<std::uint32_t, 16>;

class Simulator {
 public:
  Simulator(const MachineProgram& program, std::uint64_t* arguments, const Allocation* allocation)
      : program_(program), arguments_(arguments), allocation_(allocation) {
    const std::size_t count = program.registers.size();
    // Homes: one per virtual register, or 32 machine registers and the slots behind them.
    general_.assign(allocation ? 32 + static_cast<std::size_t>(allocation->general_slots) : count, 0xdeadbeef);
    vector_.assign(allocation ? 32 + static_cast<std::size_t>(allocation->vector_slots) : count, Vector{0x5eed});
    labels_.assign(program.label_count, 0);
    for (std::size_t i = 0; i < program.instructions.size(); ++i) {
      const Instruction& instruction = program.instructions[i];
      if (instruction.opcode == Opcode::Label || instruction.opcode == Opcode::LoopBegin) labels_[instruction.d] = i;
    }
  }

  SimulationResult run(std::uint64_t limit) {
    for (std::size_t at = 0; result_.steps < limit; ++result_.steps) {
      const Instruction& instruction = program_.instructions.at(at++);
      switch (instruction.opcode) {
        case Opcode::Jump:
          at = labels_[instruction.d];
          break;
        case Opcode::JumpIf:
          if (holds(instruction)) at = labels_[instruction.d];
          break;
        case Opcode::FaultIf:
          if (!holds(instruction)) break;
          result_.status = Status::Fault;
          result_.error.site = instruction.d;
          result_.error.index = instruction.c == none ? 0 : static_cast<std::int64_t>(general(instruction.c));
          if (instruction.size == 4) result_.error.index = static_cast<std::int32_t>(result_.error.index);
          return result_;
        case Opcode::DeclineIf:
          if (!holds(instruction)) break;
          result_.status = Status::Declined;
          return result_;
        case Opcode::Return:
          result_.status = static_cast<Status>(instruction.immediate);
          return result_;
        default:
          execute(instruction);
      }
    }
    return result_;
  }

 private:
  std::size_t home(VirtualRegister v) const {
    if (allocation_ == nullptr) return v;
    if (allocation_->in_register(v)) return static_cast<std::size_t>(allocation_->machine_register[v]);
    return 32 + static_cast<std::size_t>(allocation_->spill_slot[v]);
  }
  std::uint64_t& general(VirtualRegister v) { return general_.at(home(v)); }

  Vector& vector(VirtualRegister v) {
    const PoolConstant& constant = program_.pool_constants[v];
    if (allocation_ != nullptr && constant.offset >= 0 && !allocation_->in_register(v))
      return pooled_ = expand(constant);
    return vector_.at(home(v));
  }
  double floating(VirtualRegister v) {
    double value;
    std::memcpy(&value, vector(v).data(), sizeof value);
    return value;
  }
  void set_floating(VirtualRegister v, double value) {
    Vector result{};
    std::memcpy(result.data(), &value, sizeof value);
    vector(v) = result;
  }
  Vector expand(const PoolConstant& constant) const {
    Vector result{};
    if (constant.is_scalar) {
      std::memcpy(result.data(), &program_.pool[static_cast<std::size_t>(constant.offset)], constant.element);
      return result;
    }
    for (std::size_t i = 0; i < sizeof result; i += constant.element)
      std::memcpy(reinterpret_cast<char*>(result.data()) + i, &program_.pool[static_cast<std::size_t>(constant.offset)],
                  constant.element);
    return result;
  }

  static std::uint64_t narrow(std::uint64_t value, int size) { return size == 8 ? value : value & 0xffffffffu; }
  static std::int64_t extend(std::uint64_t value, int size) {
    switch (size) {
      case 1:
        return static_cast<std::int8_t>(value);
      case 2:
        return static_cast<std::int16_t>(value);
      case 4:
        return static_cast<std::int32_t>(value);
      default:
        return static_cast<std::int64_t>(value);
    }
  }

  std::uint64_t right(const Instruction& instruction) {
    return narrow(instruction.b == none ? static_cast<std::uint64_t>(instruction.immediate) : general(instruction.b),
                  instruction.size);
  }

  bool holds_of_floats(const Instruction& instruction) {
    const double a = floating(instruction.a), b = floating(instruction.b);
    switch (instruction.condition) {
      case Condition::Below:
        return !(a >= b);
      case Condition::AboveEqual:
        return a >= b;
      case Condition::BelowEqual:
        return !(a > b);
      case Condition::Above:
        return a > b;
      case Condition::Ordered:
        return a == a && b == b;
      case Condition::Unordered:
        return a != a || b != b;
      case Condition::EqualOrdered:
        return a == b;
      case Condition::NotEqualOrUnordered:
        return a != b;
      default:
        throw std::logic_error("not a condition of floats");
    }
  }

  bool holds(const Instruction& instruction) {
    if (program_.registers[instruction.a] == RegisterClass::Vector) return holds_of_floats(instruction);
    const std::uint64_t a = narrow(general(instruction.a), instruction.size), b = right(instruction);
    const std::int64_t x = extend(a, instruction.size), y = extend(b, instruction.size);
    if (instruction.tests) return ((a & b) == 0) == (instruction.condition == Condition::Equal);
    switch (instruction.condition) {
      case Condition::Below:
        return a < b;
      case Condition::AboveEqual:
        return a >= b;
      case Condition::Equal:
        return a == b;
      case Condition::NotEqual:
        return a != b;
      case Condition::BelowEqual:
        return a <= b;
      case Condition::Above:
        return a > b;
      case Condition::Less:
        return x < y;
      case Condition::GreaterEqual:
        return x >= y;
      case Condition::LessEqual:
        return x <= y;
      case Condition::Greater:
        return x > y;
      default:
        throw std::logic_error("a condition of floats");
    }
  }

  std::uint64_t address(const Instruction& instruction) {
    return general(instruction.b) + (instruction.c == none ? 0 : general(instruction.c) * instruction.scale) +
           static_cast<std::uint64_t>(instruction.immediate);
  }

  std::uint64_t binary(const Instruction& instruction) {
    const int size = instruction.size, bits = 8 * size;
    const std::uint64_t a = narrow(general(instruction.a), size), b = right(instruction);
    const std::int64_t x = extend(a, size), y = extend(b, size);
    __extension__ using Wide = __int128;
    __extension__ using UnsignedWide = unsigned __int128;
    switch (instruction.opcode) {
      case Opcode::Add:
        return a + b;
      case Opcode::Subtract:
        return a - b;
      case Opcode::Multiply:
        return a * b;
      case Opcode::And:
        return a & b;
      case Opcode::Or:
        return a | b;
      case Opcode::Xor:
        return a ^ b;
      case Opcode::ShiftLeft:
        return a << (b % static_cast<unsigned>(bits));
      case Opcode::ShiftRight:
        return a >> (b % static_cast<unsigned>(bits));
      case Opcode::ShiftRightSigned:
        return static_cast<std::uint64_t>(x >> (b % static_cast<unsigned>(bits)));
      case Opcode::DivideSigned:
        return static_cast<std::uint64_t>(x / y);
      case Opcode::DivideUnsigned:
        return a / b;
      case Opcode::RemainderSigned:
        return static_cast<std::uint64_t>(x % y);
      case Opcode::RemainderUnsigned:
        return a % b;
      case Opcode::MultiplyHighSigned:
        return static_cast<std::uint64_t>((static_cast<Wide>(x) * y) >> bits);
      case Opcode::MultiplyHighUnsigned:
        return static_cast<std::uint64_t>((static_cast<UnsignedWide>(a) * b) >> bits);
      case Opcode::MinSigned:
        return x < y ? a : b;
      case Opcode::MaxSigned:
        return x > y ? a : b;
      case Opcode::MinUnsigned:
        return a < b ? a : b;
      case Opcode::MaxUnsigned:
        return a > b ? a : b;
      default:
        throw std::logic_error("not simulated");
    }
  }

  void execute(const Instruction& instruction) {
    switch (instruction.opcode) {
      case Opcode::Label:
      case Opcode::LoopBegin:
      case Opcode::LoopEnd:
      case Opcode::Prefetch:
      case Opcode::PrefetchForWriting:
        return;
      case Opcode::Arguments:
        general(instruction.d) = reinterpret_cast<std::uint64_t>(arguments_);
        return;
      case Opcode::LoadArgument:
        general(instruction.d) = reinterpret_cast<std::uint64_t*>(general(instruction.a))[instruction.immediate];
        return;
      case Opcode::MoveImmediate:
        general(instruction.d) = static_cast<std::uint64_t>(instruction.immediate);
        return;
      case Opcode::Call:
        return call(instruction);
      case Opcode::Move:
        if (program_.registers[instruction.d] == RegisterClass::Vector) {
          vector(instruction.d) = Vector(vector(instruction.a));
          return;
        }
        general(instruction.d) = general(instruction.a);
        return;
      case Opcode::Negate:
        general(instruction.d) = narrow(-general(instruction.a), instruction.size);
        return;
      case Opcode::Not:
        general(instruction.d) = narrow(~general(instruction.a), instruction.size);
        return;
      case Opcode::Lea:
        general(instruction.d) = narrow(address(instruction), instruction.size);
        return;
      case Opcode::SetIf:
        general(instruction.d) = holds(instruction);
        return;
      case Opcode::MoveIf:
        if (!holds(instruction)) return;
        if (program_.registers[instruction.d] == RegisterClass::Vector)
          vector(instruction.d) = Vector(vector(instruction.c));
        else
          general(instruction.d) = general(instruction.c);
        return;
      case Opcode::SignExtend:
        general(instruction.d) = static_cast<std::uint64_t>(extend(general(instruction.a), instruction.size));
        return;
      case Opcode::ZeroExtend:
        general(instruction.d) = general(instruction.a) & ((std::uint64_t{1} << 8 * instruction.size) - 1);
        return;
      case Opcode::Load:
      case Opcode::LoadSigned: {
        std::uint64_t value = 0;
        std::memcpy(&value, reinterpret_cast<const void*>(address(instruction)), instruction.size);
        if (instruction.opcode == Opcode::LoadSigned)
          value = static_cast<std::uint64_t>(extend(value, instruction.size));
        general(instruction.d) = value;
        return;
      }
      case Opcode::Store:
        std::memcpy(reinterpret_cast<void*>(address(instruction)), &general(instruction.a), instruction.size);
        return;
      case Opcode::AddToMemory: {
        std::uint64_t sum = 0;
        std::memcpy(&sum, reinterpret_cast<const void*>(address(instruction)), instruction.size);
        sum +=
            instruction.a == none ? static_cast<std::uint64_t>(extend(instruction.control, 1)) : general(instruction.a);
        std::memcpy(reinterpret_cast<void*>(address(instruction)), &sum, instruction.size);
        return;
      }
      default:
        if (instruction.opcode >= Opcode::VectorConstant) return execute_vector(instruction);
        const std::uint64_t value = narrow(binary(instruction), instruction.size);
        general(instruction.d) = value;
    }
  }

  template <class Operation>
  void lanes(const Instruction& instruction, Operation operation) {
    const Vector a = vector(instruction.a), b = vector(instruction.b);
    Vector& d = vector(instruction.d);
    for (std::size_t i = 0; i < a.size(); ++i) d[i] = operation(a[i], b[i], d[i]);
  }

  void call(const Instruction& instruction) {
    const CallSite& site = program_.calls[static_cast<std::size_t>(instruction.immediate)];
    std::vector<std::uint64_t> values;
    for (const VirtualRegister v : program_.arguments_of(instruction))
      values.push_back(program_.registers[v] == RegisterClass::General ? general(v)
                                                                       : std::bit_cast<std::uint64_t>(floating(v)));
    for (const Callee& callee : callees()) {
      if (callee.address != site.address) continue;
      const std::uint64_t result = callee.invoke(values.data());
      if (callee.result == 'i') general(instruction.d) = result;
      if (callee.result == 'd') set_floating(instruction.d, std::bit_cast<double>(result));
    }
  }

  void execute_float(const Instruction& instruction) {
    const auto a = [&] { return floating(instruction.a); };
    const auto b = [&] { return floating(instruction.b); };
    const VirtualRegister d = instruction.d;
    switch (instruction.opcode) {
      case Opcode::VmovsdStore:
        std::memcpy(reinterpret_cast<void*>(address(instruction)), vector(instruction.a).data(), 8);
        return;
      case Opcode::Vaddsd:
        return set_floating(d, a() + b());
      case Opcode::Vsubsd:
        return set_floating(d, a() - b());
      case Opcode::Vmulsd:
        return set_floating(d, a() * b());
      case Opcode::Vdivsd:
        return set_floating(d, a() / b());
      case Opcode::Vminsd:
        return set_floating(d, a() < b() ? a() : b());
      case Opcode::Vmaxsd:
        return set_floating(d, a() > b() ? a() : b());
      case Opcode::Vsqrtsd:
        return set_floating(d, std::sqrt(b()));
      case Opcode::Vfmadd213sd:
        return set_floating(d, std::fma(floating(d), a(), b()));
      case Opcode::Vfmadd231sd:
        return set_floating(d, std::fma(a(), b(), floating(d)));
      case Opcode::Vcvtsi2sdFrom64:
        return set_floating(d, static_cast<double>(static_cast<std::int64_t>(general(instruction.b))));
      case Opcode::Vcvttsd2siTo64: {
        const bool fits = b() >= -0x1p63 && b() < 0x1p63;
        general(d) = fits ? static_cast<std::uint64_t>(static_cast<std::int64_t>(b())) : std::uint64_t{1} << 63;
        return;
      }
      default:
        throw std::logic_error("not simulated");
    }
  }

  void execute_vector(const Instruction& instruction) {
    if (instruction.opcode >= Opcode::Vmovaps) return execute_float(instruction);
    switch (instruction.opcode) {
      case Opcode::VectorConstant:
        vector(instruction.d) = expand(program_.pool_constants[instruction.d]);
        return;
      case Opcode::VectorZero:
        vector(instruction.d) = Vector{};
        return;
      case Opcode::VectorMove:
        vector(instruction.d) = Vector(vector(instruction.b));
        return;
      case Opcode::VmovdFromGeneral:
        vector(instruction.d) = Vector{static_cast<std::uint32_t>(general(instruction.b))};
        return;
      case Opcode::VmovdToGeneral:
        general(instruction.d) = vector(instruction.a)[0];
        return;
      case Opcode::VmovqToGeneral:
        general(instruction.d) = std::bit_cast<std::uint64_t>(floating(instruction.a));
        return;
      case Opcode::Vpaddd:
        return lanes(instruction, [](auto a, auto b, auto) { return a + b; });
      case Opcode::Vpsubd:
        return lanes(instruction, [](auto a, auto b, auto) { return a - b; });
      case Opcode::Vpxor:
        return lanes(instruction, [](auto a, auto b, auto) { return a ^ b; });
      case Opcode::Vpslld: {
        const Vector b = vector(instruction.b);
        for (std::size_t i = 0; i < b.size(); ++i) vector(instruction.d)[i] = b[i] << instruction.control;
        return;
      }
      case Opcode::Vpdpbusd:
        return lanes(instruction, [](std::uint32_t a, std::uint32_t b, std::uint32_t d) {
          for (int i = 0; i < 32; i += 8)
            d += static_cast<std::uint32_t>(static_cast<int>(a >> i & 255) * static_cast<std::int8_t>(b >> i));
          return d;
        });
      case Opcode::Vmovdqu:
        std::memcpy(vector(instruction.d).data(), reinterpret_cast<const void*>(address(instruction)),
                    instruction.size);
        return;
      case Opcode::VmovdquStore:
        std::memcpy(reinterpret_cast<void*>(address(instruction)), vector(instruction.a).data(), instruction.size);
        return;
      default:
        throw std::logic_error("not simulated");
    }
  }

  const MachineProgram& program_;
  std::uint64_t* const arguments_;
  const Allocation* const allocation_;
  std::vector<std::uint64_t> general_;
  std::vector<Vector> vector_;
  Vector pooled_{};
  std::vector<std::size_t> labels_;
  SimulationResult result_;
};

}  // namespace

SimulationResult simulate(const MachineProgram& program, std::uint64_t* arguments, const Allocation* allocation,
                          std::uint64_t step_limit) {
  return Simulator(program, arguments, allocation).run(step_limit);
}

}  // namespace cogent::x86
