// Writes the sections, each from beginning to end.
#include "debug/dwarf.h"

#include <initializer_list>
#include <utility>

#include "debug/byte_writer.h"

namespace cogent::debug {
namespace {

constexpr std::uint8_t address_bytes = 8;

// Of the many codes of DWARF those that are used here, with its names.
enum : std::uint8_t {
  tag_compile_unit = 0x11,
  tag_subprogram = 0x2e,
  at_name = 0x03,
  at_stmt_list = 0x10,
  at_low_pc = 0x11,
  at_high_pc = 0x12,
  at_language = 0x13,
  at_producer = 0x25,
  at_external = 0x3f,
  at_decl_file = 0x3a,
  at_decl_line = 0x3b,
  at_frame_base = 0x40,
  form_addr = 0x01,
  form_data2 = 0x05,
  form_data4 = 0x06,
  form_data8 = 0x07,
  form_string = 0x08,
  form_data1 = 0x0b,
  form_sec_offset = 0x17,
  form_exprloc = 0x18,
  form_flag_present = 0x19,
  op_call_frame_cfa = 0x9c,
  line_copy = 0x01,
  line_advance_pc = 0x02,
  line_advance_line = 0x03,
  line_extended = 0x00,
  line_end_sequence = 0x01,
  line_set_address = 0x02,
  frame_advance_loc4 = 0x04,
  frame_remember_state = 0x0a,
  frame_restore_state = 0x0b,
  frame_def_cfa = 0x0c,
  frame_def_cfa_register = 0x0d,
  frame_def_cfa_offset = 0x0e,
  frame_offset = 0x80,  // with the register in the low six bits
};
constexpr std::uint8_t register_rbp = 6, register_rsp = 7, register_return_address = 16;
constexpr std::uint16_t language_c_plus_plus = 0x0004;
constexpr int slot_bytes = 8;

}  // namespace

std::vector<std::uint8_t> make_abbreviations() {
  ByteWriter out;
  const auto entry = [&](std::uint8_t code, std::uint8_t tag, bool has_children,
                         std::initializer_list<std::pair<std::uint8_t, std::uint8_t>> attributes) {
    out.unsigned_leb(code);
    out.unsigned_leb(tag);
    out.u8(has_children);
    for (const auto& [name, form] : attributes) {
      out.unsigned_leb(name);
      out.unsigned_leb(form);
    }
    out.u16(0);
  };
  entry(1, tag_compile_unit, true,
        {{at_producer, form_string},
         {at_language, form_data2},
         {at_name, form_string},
         {at_low_pc, form_addr},
         {at_high_pc, form_data8},
         {at_stmt_list, form_sec_offset}});
  entry(2, tag_subprogram, false,
        {{at_name, form_string},
         {at_external, form_flag_present},
         {at_decl_file, form_data1},
         {at_decl_line, form_data4},
         {at_low_pc, form_addr},
         {at_high_pc, form_data8},
         {at_frame_base, form_exprloc}});
  out.u8(0);
  return out.data();
}

std::vector<std::uint8_t> make_debug_info(const NativeFunction& function) {
  ByteWriter out;
  const std::size_t unit = out.begin_length();
  out.u16(4);  // the version
  out.u32(0);  // where its abbreviations begin
  out.u8(address_bytes);
  out.unsigned_leb(1);
  out.text("Cogent");
  out.u16(language_c_plus_plus);
  out.text(function.file);
  out.u64(function.begin());
  out.u64(function.size);
  out.u32(0);  // where its line program begins
  out.unsigned_leb(2);
  out.text(function.name);
  out.u8(1);  // the first file of the line program
  out.u32(function.first_line);
  out.u64(function.begin());
  out.u64(function.size);
  out.unsigned_leb(1);
  out.u8(op_call_frame_cfa);
  out.u8(0);  // the end of the unit's children
  out.end_length(unit);
  return out.data();
}

std::vector<std::uint8_t> make_line_program(const NativeFunction& function) {
  constexpr std::uint8_t operands_of_standard[] = {0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1};
  ByteWriter out;
  const std::size_t unit = out.begin_length();
  out.u16(4);  // the version
  const std::size_t header = out.begin_length();
  out.u8(1);                              // bytes of the shortest instruction
  out.u8(1);                              // operations in an instruction
  out.u8(1);                              // rows are where statements begin
  out.u8(static_cast<std::uint8_t>(-5));  // special opcodes are not used: any numbers will do
  out.u8(14);
  out.u8(sizeof operands_of_standard + 1);
  for (const std::uint8_t count : operands_of_standard) out.u8(count);
  out.u8(0);  // no folders
  out.text(function.file);
  out.unsigned_leb(0);  // its folder, time and size
  out.unsigned_leb(0);
  out.unsigned_leb(0);
  out.u8(0);
  out.end_length(header);

  std::uint64_t offset = 0;
  std::int64_t line = 1;
  const auto advance = [&](std::uint64_t to) {
    out.u8(line_advance_pc);
    out.unsigned_leb(to - offset);
    offset = to;
  };
  const auto row = [&](std::uint64_t at, std::int64_t of) {
    advance(at);
    out.u8(line_advance_line);
    out.signed_leb(of - line);
    out.u8(line_copy);
    line = of;
  };
  out.u8(line_extended);
  out.unsigned_leb(1 + address_bytes);
  out.u8(line_set_address);
  out.u64(function.begin());
  row(0, function.first_line);
  for (const LineRow& next : function.rows) row(next.offset, next.line);
  advance(function.size);
  out.u8(line_extended);
  out.unsigned_leb(1);
  out.u8(line_end_sequence);
  out.end_length(unit);
  return out.data();
}

namespace {

void describe_caller(ByteWriter& out) {
  const std::size_t length = out.begin_length();
  out.u32(0xffffffff);  // what every function has in common
  out.u8(4);            // the version
  out.u8(0);            // no augmentation
  out.u8(address_bytes);
  out.u8(0);  // no segments
  out.unsigned_leb(1);
  out.signed_leb(-slot_bytes);
  out.unsigned_leb(register_return_address);
  out.u8(frame_def_cfa);
  out.unsigned_leb(register_rsp);
  out.unsigned_leb(slot_bytes);
  out.u8(static_cast<std::uint8_t>(frame_offset + register_return_address));
  out.unsigned_leb(1);
  out.align(address_bytes);  // 0 is "nothing"
  out.end_length(length);
}

}  // namespace

std::vector<std::uint8_t> make_frame_description(const NativeFunction& function) {
  constexpr std::uint32_t behind_push = 1, behind_move = 4;
  ByteWriter out;
  describe_caller(out);
  const std::size_t length = out.begin_length();
  out.u32(0);
  out.u64(function.begin());
  out.u64(function.size);
  std::uint32_t offset = 0;
  const auto advance = [&](std::uint32_t to) {
    out.u8(frame_advance_loc4);
    out.u32(to - offset);
    offset = to;
  };
  advance(behind_push);
  out.u8(frame_def_cfa_offset);
  out.unsigned_leb(2 * slot_bytes);
  out.u8(static_cast<std::uint8_t>(frame_offset + register_rbp));
  out.unsigned_leb(2);
  advance(behind_move);
  out.u8(frame_def_cfa_register);
  out.unsigned_leb(register_rbp);
  advance(function.frame_ready);
  std::uint64_t slot = 4;  // below the return address, rbp and the error record
  for (const std::uint8_t saved : function.saved_registers) {
    out.u8(static_cast<std::uint8_t>(frame_offset + saved));
    out.unsigned_leb(slot++);
  }
  for (const std::uint32_t at : function.returns) {
    advance(at);
    out.u8(frame_remember_state);
    out.u8(frame_def_cfa);
    out.unsigned_leb(register_rsp);
    out.unsigned_leb(slot_bytes);
    advance(at + 1);
    out.u8(frame_restore_state);
  }
  out.align(address_bytes);
  out.end_length(length);
  return out.data();
}

}  // namespace cogent::debug
