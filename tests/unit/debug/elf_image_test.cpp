// The object files that debuggers read: their structure by the standards' own definitions.
#include "debug/elf_image.h"

#include <elf.h>
#include <gtest/gtest.h>

#include <cstring>
#include <map>
#include <string>

#include "debug/byte_writer.h"

namespace cogent::debug {
namespace {

using Bytes = std::vector<std::uint8_t>;

TEST(ByteWriter, WritesLittleEndianNumbersAndTexts) {
  ByteWriter out;
  out.u16(0x1234);
  out.u32(0x89abcdef);
  out.text("ab");
  EXPECT_EQ(out.data(), (Bytes{0x34, 0x12, 0xef, 0xcd, 0xab, 0x89, 'a', 'b', 0}));
}

// The examples of the DWARF standard, version 4, figures 22 and 23.
TEST(ByteWriter, WritesLeb128) {
  const auto of_unsigned = [](std::uint64_t value) {
    ByteWriter out;
    out.unsigned_leb(value);
    return out.data();
  };
  const auto of_signed = [](std::int64_t value) {
    ByteWriter out;
    out.signed_leb(value);
    return out.data();
  };
  EXPECT_EQ(of_unsigned(2), (Bytes{2}));
  EXPECT_EQ(of_unsigned(127), (Bytes{127}));
  EXPECT_EQ(of_unsigned(128), (Bytes{0x80, 1}));
  EXPECT_EQ(of_unsigned(12857), (Bytes{57 + 0x80, 100}));
  EXPECT_EQ(of_signed(-2), (Bytes{0x7e}));
  EXPECT_EQ(of_signed(127), (Bytes{127 + 0x80, 0}));
  EXPECT_EQ(of_signed(-127), (Bytes{1 + 0x80, 0x7f}));
  EXPECT_EQ(of_signed(-129), (Bytes{0x7f + 0x80, 0x7e}));
}

TEST(ByteWriter, FillsALengthIn) {
  ByteWriter out;
  const std::size_t length = out.begin_length();
  out.text("four!");
  out.end_length(length);
  EXPECT_EQ(out.data()[0], 6);
}

class ElfImage : public testing::Test {
 protected:
  static NativeFunction describe() {
    NativeFunction function;
    function.name = "scale";
    function.address = reinterpret_cast<const void*>(0x12340);
    function.size = 77;
    function.file = "/tmp/scale.cpp";
    function.rows = {{5, 2}, {9, 3}};
    function.saved_registers = {3, 12};
    function.returns = {70};
    return function;
  }

  template <class Structure>
  Structure read(std::size_t offset) const {
    Structure result;
    std::memcpy(&result, image_.data() + offset, sizeof result);
    return result;
  }
  std::string text_at(std::size_t offset) const { return reinterpret_cast<const char*>(image_.data() + offset); }

  std::map<std::string, Elf64_Shdr> sections() const {
    const auto header = read<Elf64_Ehdr>(0);
    const auto at = [&](std::size_t i) { return read<Elf64_Shdr>(header.e_shoff + i * sizeof(Elf64_Shdr)); };
    std::map<std::string, Elf64_Shdr> result;
    for (std::size_t i = 0; i < header.e_shnum; ++i) {
      const Elf64_Shdr section = at(i);
      result[text_at(at(header.e_shstrndx).sh_offset + section.sh_name)] = section;
    }
    return result;
  }

  const Bytes image_ = make_elf_image(describe());
};

TEST_F(ElfImage, PlacesTheCodeWithoutHoldingIt) {
  const Elf64_Shdr code = sections().at(".text");
  EXPECT_EQ(code.sh_type, static_cast<std::uint32_t>(SHT_NOBITS));
  EXPECT_EQ(code.sh_addr, 0x12340u);
  EXPECT_EQ(code.sh_size, 77u);
}

TEST_F(ElfImage, NamesTheFunction) {
  const auto all = sections();
  const Elf64_Shdr symbols = all.at(".symtab");
  ASSERT_EQ(symbols.sh_size, 2 * sizeof(Elf64_Sym));
  const auto symbol = read<Elf64_Sym>(symbols.sh_offset + sizeof(Elf64_Sym));
  EXPECT_EQ(text_at(all.at(".strtab").sh_offset + symbol.st_name), "scale");
  EXPECT_EQ(ELF64_ST_TYPE(symbol.st_info), STT_FUNC);
  EXPECT_EQ(symbol.st_size, 77u);
}

// Each of these sections begins with its own length.
TEST_F(ElfImage, HoldsWholeUnitsOfDwarf) {
  const auto all = sections();
  for (const char* name : {".debug_info", ".debug_line"}) {
    const Elf64_Shdr section = all.at(name);
    EXPECT_EQ(read<std::uint32_t>(section.sh_offset) + sizeof(std::uint32_t), section.sh_size) << name;
  }
  EXPECT_NE(all.at(".debug_abbrev").sh_size, 0u);
  EXPECT_EQ(all.at(".debug_frame").sh_size % 8, 0u);
}

TEST_F(ElfImage, EndsWithItsTableOfSections) {
  const auto header = read<Elf64_Ehdr>(0);
  EXPECT_EQ(header.e_shoff + header.e_shnum * sizeof(Elf64_Shdr), image_.size());
}

}  // namespace
}  // namespace cogent::debug
