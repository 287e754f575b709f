// The direct vector encoder against Xbyak, byte for byte: every instruction of the table, all registers in every field,
// all base and index registers, displacements around the limits of one byte, embedded broadcasts and pool references.
#include "x86/encoder_direct.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <functional>
#include <string>
#include <vector>

#include <xbyak/xbyak.h>

#include "unit/x86/encoder_reference.h"

namespace cogent::x86 {
namespace {

std::string hex(const std::uint8_t* bytes, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    constexpr char digits[] = "0123456789abcdef";
    text += digits[bytes[i] >> 4];
    text += digits[bytes[i] & 15];
    text += ' ';
  }
  return text;
}

class EncoderDirect : public testing::Test {
 protected:
  // Whether both encoders write the same; Xbyak may refuse what is not an instruction, which the caller must not ask
  // for.
  void expect_same(const VectorForm& form, Encoding encoding) {
    std::uint8_t bytes[32] = {};
    const std::uint8_t* const end = encoding == Encoding::Evex  ? write_evex(bytes, form)
                                    : encoding == Encoding::Vex ? write_vex(bytes, form)
                                                                : write_legacy(bytes, form);
    const std::size_t count = static_cast<std::size_t>(end - bytes);
    SCOPED_TRACE(form.descriptor->name);
    const ReferenceBytes expected = encode_by_xbyak(form, encoding);
    ++compared_;
    ASSERT_EQ(hex(bytes, count), hex(expected.bytes, expected.count))
        << form.descriptor->name << " size " << int(form.size) << " reg " << int(form.reg) << " v " << int(form.v)
        << " base " << int(form.base) << " index " << int(form.index) << " displacement " << form.displacement
        << " broadcast " << form.broadcast;
  }

  void registers(VectorForm form, Encoding encoding) {
    const Descriptor& descriptor = *form.descriptor;
    if (has_trait(descriptor, VectorMemory)) return;
    const int count = encoding == Encoding::Evex ? 32 : 16;
    const int rm_count = has_trait(descriptor, MaskRm) ? 8 : has_trait(descriptor, GeneralRm) ? 16 : count;
    const int reg_count = has_trait(descriptor, MaskReg) ? 8 : has_trait(descriptor, GeneralReg) ? 16 : count;
    form.rm = VectorForm::Rm::Register;
    for (int reg = 0; reg < reg_count; ++reg)
      for (int rm = 0; rm < rm_count; ++rm) {
        form.reg = static_cast<std::uint8_t>(reg);
        form.v = has_trait(descriptor, NoFirstSource) ? 0 : static_cast<std::uint8_t>((reg * 7 + rm * 3 + 5) % count);
        form.base = static_cast<std::uint8_t>(rm);
        if (encoding != Encoding::Evex || needs_evex(form)) expect_same(form, encoding);
      }
  }

  void memory(VectorForm form, Encoding encoding) {
    const bool evex = encoding == Encoding::Evex, has_general = has_trait(*form.descriptor, GeneralReg);
    if (!has_memory_form(*form.descriptor, evex)) return;
    if (evex && has_general && !has_trait(*form.descriptor, EvexOnly)) return;  // Xbyak prefers VEX
    form.rm = VectorForm::Rm::Memory;
    static constexpr std::int32_t displacements[] = {0,    1,    16,   64,    127,   128,   -128,  -129,  504,
                                                     508,  512,  1016, 1024,  2032,  2048,  4064,  4096,  8128,
                                                     8192, -512, -513, -1024, -2048, -4096, -8192, -8256, 100001};
    int turn = 0;
    for (int base = 0; base < 16; ++base)
      for (int index = -1; index < 16; ++index) {
        if (index == 4) continue;  // rsp cannot be an index
        ++turn;
        const bool is_mask = has_trait(*form.descriptor, MaskReg);
        form.reg = static_cast<std::uint8_t>(is_mask ? turn % 8 : evex && !has_general ? 16 + turn % 16 : turn % 16);
        form.v =
            has_trait(*form.descriptor, NoFirstSource) ? 0 : static_cast<std::uint8_t>(turn * 5 % (evex ? 32 : 16));
        form.base = static_cast<std::uint8_t>(base);
        form.index = static_cast<std::int8_t>(index);
        form.scale = static_cast<std::uint8_t>(1 << turn % 4);
        form.displacement = displacements[static_cast<std::size_t>(turn) % std::size(displacements)];
        expect_same(form, encoding);
      }
    for (const std::int32_t displacement : displacements) {
      form.base = 6;
      form.index = -1;
      form.displacement = displacement;
      expect_same(form, encoding);
    }
    form.rm = VectorForm::Rm::Pool;
    form.displacement = 0;
    expect_same(form, encoding);
  }

  static bool needs_evex(const VectorForm& form) {  // else Xbyak prefers VEX
    return form.size == 64 || form.reg >= 16 || form.v >= 16 || form.base >= 16 ||
           has_trait(*form.descriptor, EvexOnly);
  }

  int compared_ = 0;
};

TEST_F(EncoderDirect, EveryVectorInstructionHasAReference) {
  for (int i = static_cast<int>(Opcode::VectorMove); i < static_cast<int>(Opcode::Count); ++i) {
    const Descriptor& descriptor = describe(static_cast<Opcode>(i));
    EXPECT_TRUE(has_reference(descriptor.opcode, has_trait(descriptor, VexOnly) ? Encoding::Vex : Encoding::Evex))
        << descriptor.name;
  }
}

// As of_type() takes for granted. Conversions are named one by one.
TEST(Opcodes, OnDoublesFollowThoseOnSingles) {
  const auto name_of = [](int opcode) { return std::string(describe(static_cast<Opcode>(opcode)).name); };
  std::vector<std::string> names;
  for (int i = 0; i < static_cast<int>(Opcode::Count); ++i) names.push_back(name_of(i));
  int pairs = 0;
  for (std::size_t i = 0; i + 1 < names.size(); ++i) {
    if (!names[i].ends_with("ps") || names[i].starts_with("vcvt")) continue;
    const std::string on_doubles = names[i].substr(0, names[i].size() - 1) + "d";
    if (std::ranges::find(names, on_doubles) == names.end()) continue;
    EXPECT_EQ(names[i + 1], on_doubles);
    ++pairs;
  }
  EXPECT_GT(pairs, 8);
}

TEST_F(EncoderDirect, WritesEvexAsXbyakDoes) {
  for (int i = static_cast<int>(Opcode::VectorMove); i < static_cast<int>(Opcode::Count); ++i) {
    const Descriptor& descriptor = describe(static_cast<Opcode>(i));
    if (has_trait(descriptor, VexOnly)) continue;
    for (const std::uint8_t size : sizes_of(descriptor.opcode, true)) {
      const VectorForm form{&descriptor, size, static_cast<std::uint8_t>(has_trait(descriptor, ControlByte) ? 3 : 0)};
      registers(form, Encoding::Evex);
      memory(form, Encoding::Evex);
      if (descriptor.encoding.broadcast == 0) continue;
      VectorForm broadcast = form;
      broadcast.broadcast = true;
      memory(broadcast, Encoding::Evex);
      if (HasFatalFailure()) return;
    }
  }
  EXPECT_GT(compared_, 100000);
}

TEST_F(EncoderDirect, WritesMasksAsXbyakDoes) {
  std::uint8_t bytes[32], expected[32];
  for (const bool zeroes : {false, true}) {
    VectorForm form{&describe(zeroes ? Opcode::VmovdqudMasked : Opcode::VmovdqudMaskedStore), 64, 0, 17};
    form.rm = VectorForm::Rm::Memory;
    form.base = 6;
    form.zeroes = zeroes;
    for (form.mask = 1; form.mask < 8; ++form.mask) {
      Xbyak::CodeGenerator xbyak(sizeof expected, expected);
      const Xbyak::Opmask mask(form.mask);
      if (zeroes)
        xbyak.vmovdqu32(xbyak.zmm17 | mask | Xbyak::util::T_z, xbyak.ptr[xbyak.rsi]);
      else
        xbyak.vmovdqu32(xbyak.ptr[xbyak.rsi] | mask, xbyak.zmm17);
      const std::uint8_t* const end = write_evex(bytes, form);
      EXPECT_EQ(hex(bytes, static_cast<std::size_t>(end - bytes)), hex(expected, xbyak.getSize()));
    }
  }
}

TEST_F(EncoderDirect, WritesVexAsXbyakDoes) {
  for (int i = static_cast<int>(Opcode::VectorMove); i < static_cast<int>(Opcode::Count); ++i) {
    const Descriptor& descriptor = describe(static_cast<Opcode>(i));
    if (has_trait(descriptor, EvexOnly)) continue;
    for (const std::uint8_t size : sizes_of(descriptor.opcode, false)) {
      const std::uint8_t control = descriptor.opcode == Opcode::Vpblendvb ? 0x30 : 3;
      const VectorForm form{&descriptor, size, has_trait(descriptor, ControlByte) ? control : std::uint8_t{0}};
      registers(form, Encoding::Vex);
      memory(form, Encoding::Vex);
      if (HasFatalFailure()) return;
    }
  }
  EXPECT_GT(compared_, 40000);
}

TEST_F(EncoderDirect, WritesWhatBaselineHasAsXbyakDoes) {
  for (int i = static_cast<int>(Opcode::VectorMove); i < static_cast<int>(Opcode::Count); ++i) {
    const Descriptor& descriptor = describe(static_cast<Opcode>(i));
    if (!has_trait(descriptor, Legacy)) continue;
    ASSERT_TRUE(has_reference(descriptor.opcode, Encoding::Legacy)) << descriptor.name;
    const VectorForm form{&descriptor, 16};
    registers(form, Encoding::Legacy);
    memory(form, Encoding::Legacy);
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(compared_, 15000);
}

}  // namespace
}  // namespace cogent::x86
