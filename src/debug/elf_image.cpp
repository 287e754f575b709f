// Lays the sections one behind the other, then the table of sections.
#include "debug/elf_image.h"

#include <elf.h>

#include <cstring>
#include <span>
#include <string>

#include "debug/byte_writer.h"
#include "debug/dwarf.h"

namespace cogent::debug {
namespace {

template <class Structure>
std::span<const std::byte> bytes_of(const Structure& structure) {
  return std::as_bytes(std::span(&structure, 1));
}

class Image {
 public:
  explicit Image(const NativeFunction& function) : function_(function) {
    content_.bytes(bytes_of(Elf64_Ehdr{}));
    sections_.emplace_back();
    section_names_.u8(0);
  }

  std::vector<std::uint8_t> make() {
    add_code();
    add_symbols();
    add(".debug_info", SHT_PROGBITS, make_debug_info(function_));
    add(".debug_abbrev", SHT_PROGBITS, make_abbreviations());
    add(".debug_line", SHT_PROGBITS, make_line_program(function_));
    add(".debug_frame", SHT_PROGBITS, make_frame_description(function_));
    add_section_names();
    content_.align(alignof(Elf64_Shdr));
    const std::size_t table = content_.size();
    for (const Elf64_Shdr& section : sections_) content_.bytes(bytes_of(section));
    std::vector<std::uint8_t> image = content_.data();
    const Elf64_Ehdr header = make_header(table);
    std::memcpy(image.data(), &header, sizeof header);
    return image;
  }

 private:
  static constexpr std::uint16_t code_section = 1;

  Elf64_Shdr& add(const char* name, std::uint32_t type, const std::vector<std::uint8_t>& bytes) {
    content_.align(8);
    Elf64_Shdr section{};
    section.sh_name = static_cast<std::uint32_t>(section_names_.size());
    section.sh_type = type;
    section.sh_offset = content_.size();
    section.sh_size = bytes.size();
    section.sh_addralign = 1;
    section_names_.text(name);
    content_.bytes(std::as_bytes(std::span(bytes)));
    sections_.push_back(section);
    return sections_.back();
  }

  void add_code() {
    Elf64_Shdr& code = add(".text", SHT_NOBITS, {});
    code.sh_flags = SHF_ALLOC | SHF_EXECINSTR;
    code.sh_addr = function_.begin();
    code.sh_size = function_.size;
    code.sh_addralign = 16;
  }

  void add_symbols() {
    ByteWriter names, symbols;
    names.u8(0);
    Elf64_Sym symbol{};
    symbols.bytes(bytes_of(symbol));
    symbol.st_name = static_cast<std::uint32_t>(names.size());
    names.text(function_.name);
    symbol.st_info = ELF64_ST_INFO(STB_GLOBAL, STT_FUNC);
    symbol.st_shndx = code_section;
    symbol.st_size = function_.size;
    symbols.bytes(bytes_of(symbol));
    Elf64_Shdr& table = add(".symtab", SHT_SYMTAB, symbols.data());
    table.sh_link = static_cast<std::uint32_t>(sections_.size());  // the names, which come next
    table.sh_info = 1;                                             // the first global symbol
    table.sh_entsize = sizeof(Elf64_Sym);
    table.sh_addralign = 8;
    add(".strtab", SHT_STRTAB, names.data());
  }

  void add_section_names() {
    Elf64_Shdr& section = add(".shstrtab", SHT_STRTAB, {});  // its own name is among them
    section.sh_size = section_names_.size();
    content_.bytes(std::as_bytes(std::span(section_names_.data())));
  }

  Elf64_Ehdr make_header(std::size_t section_table) const {
    Elf64_Ehdr header{};
    std::memcpy(header.e_ident, ELFMAG, SELFMAG);
    header.e_ident[EI_CLASS] = ELFCLASS64;
    header.e_ident[EI_DATA] = ELFDATA2LSB;
    header.e_ident[EI_VERSION] = EV_CURRENT;
    header.e_type = ET_REL;
    header.e_machine = EM_X86_64;
    header.e_version = EV_CURRENT;
    header.e_shoff = section_table;
    header.e_ehsize = sizeof(Elf64_Ehdr);
    header.e_shentsize = sizeof(Elf64_Shdr);
    header.e_shnum = static_cast<std::uint16_t>(sections_.size());
    header.e_shstrndx = static_cast<std::uint16_t>(sections_.size() - 1);
    return header;
  }

  const NativeFunction& function_;
  ByteWriter content_, section_names_;
  std::vector<Elf64_Shdr> sections_;
};

}  // namespace

std::vector<std::uint8_t> make_elf_image(const NativeFunction& function) { return Image(function).make(); }

}  // namespace cogent::debug
