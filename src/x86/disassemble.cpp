// The disassembly is laid out in two passes: the first collects where jumps go, the second prints.
#include "x86/disassemble.h"

#include <algorithm>
#include <cstdio>
#include <vector>

#ifdef COGENT_HAS_ZYDIS
#include <Zydis/Zydis.h>
#endif

namespace cogent::x86 {
namespace {

std::string hexadecimal(std::uint64_t value, int digits) {
  char text[24];
  std::snprintf(text, sizeof text, "%0*llx", digits, static_cast<unsigned long long>(value));
  return text;
}

void print_bytes(std::string& text, std::span<const std::uint8_t> bytes, std::size_t begin, std::size_t end) {
  for (std::size_t i = begin; i < end; i += 16) {
    text += hexadecimal(i, 6) + " ";
    for (std::size_t k = i; k < std::min(i + 16, end); ++k) text += " " + hexadecimal(bytes[k], 2);
    text += "\n";
  }
}

#ifdef COGENT_HAS_ZYDIS

class Disassembler {
 public:
  Disassembler(const MachineCode& code, const std::function<std::string(std::uint16_t line)>& describe_line)
      : code_(code), describe_line_(describe_line) {
    ZydisDecoderInit(&decoder_, ZYDIS_MACHINE_MODE_LONG_64, ZYDIS_STACK_WIDTH_64);
    ZydisFormatterInit(&formatter_, ZYDIS_FORMATTER_STYLE_INTEL);
    ZydisFormatterSetProperty(&formatter_, ZYDIS_FORMATTER_PROP_FORCE_SIZE, ZYAN_FALSE);
    const void* hook = reinterpret_cast<const void*>(&print_address);
    ZydisFormatterSetHook(&formatter_, ZYDIS_FORMATTER_FUNC_PRINT_ADDRESS_ABS, &hook);
  }

  std::string print() {
    collect_targets();
    std::string text;
    for (std::size_t offset = 0; offset < code_.code_size;) {
      print_line(text, offset);
      const auto label = std::lower_bound(targets_.begin(), targets_.end(), offset);
      if (label != targets_.end() && *label == offset) text += label_name(offset) + ":\n";
      offset += print_instruction(text, offset);
    }
    const std::size_t pool = pool_begin();
    if (pool < code_.bytes.size()) {
      text += "pool:\n";
      print_bytes(text, code_.bytes, pool, code_.bytes.size());
    }
    return text;
  }

 private:
  std::size_t pool_begin() const { return (code_.code_size + 63) / 64 * 64; }

  bool decode(std::size_t offset) {
    return ZYAN_SUCCESS(ZydisDecoderDecodeFull(&decoder_, code_.bytes.data() + offset, code_.code_size - offset,
                                               &instruction_, operands_));
  }

  void collect_targets() {
    for (std::size_t offset = 0; offset < code_.code_size; offset += decode(offset) ? instruction_.length : 1) {
      ZyanU64 target = 0;
      if (decode(offset) && instruction_.meta.branch_type != ZYDIS_BRANCH_TYPE_NONE &&
          operands_[0].type == ZYDIS_OPERAND_TYPE_IMMEDIATE &&
          ZYAN_SUCCESS(ZydisCalcAbsoluteAddress(&instruction_, &operands_[0], offset, &target)))
        targets_.push_back(target);
    }
    std::sort(targets_.begin(), targets_.end());
    targets_.erase(std::unique(targets_.begin(), targets_.end()), targets_.end());
  }

  std::string label_name(std::size_t offset) const {
    const auto at = std::lower_bound(targets_.begin(), targets_.end(), offset);
    return "L" + std::to_string(at - targets_.begin());
  }

  void print_line(std::string& text, std::size_t offset) {
    const auto entries = code_.lines;
    std::uint16_t line = 0;
    bool begins = false;
    for (; next_line_ < entries.size() && entries[next_line_].offset <= offset; ++next_line_) {
      line = entries[next_line_].line;
      begins = true;
    }
    if (!begins || line == 0) return;
    const std::string description = describe_line_(line);
    if (!description.empty()) text += "; " + description + "\n";
  }

  std::size_t print_instruction(std::string& text, std::size_t offset) {
    text += hexadecimal(offset, 6) + "  ";
    if (!decode(offset)) {
      text += "byte 0x" + hexadecimal(code_.bytes[offset], 2) + "\n";
      return 1;
    }
    if (next_call_ < code_.calls.size() && code_.calls[next_call_].offset == offset) {
      text += "mov rax, " + std::string(code_.calls[next_call_++].name) + "\n";
      return instruction_.length;
    }
    char buffer[256];
    ZydisFormatterFormatInstruction(&formatter_, &instruction_, operands_, instruction_.operand_count_visible, buffer,
                                    sizeof buffer, offset, this);
    text += buffer;
    text += "\n";
    return instruction_.length;
  }

  // Zydis's hook for absolute addresses: jump targets and constants have names here.
  static ZyanStatus print_address(const ZydisFormatter*, ZydisFormatterBuffer* buffer, ZydisFormatterContext* context) {
    const auto* const self = static_cast<const Disassembler*>(context->user_data);
    ZyanU64 address = 0;
    ZYAN_CHECK(ZydisCalcAbsoluteAddress(context->instruction, context->operand, context->runtime_address, &address));
    const std::size_t pool = self->pool_begin();
    const std::string name = address >= pool && address < self->code_.bytes.size()
                                 ? "pool + 0x" + hexadecimal(address - pool, 0)
                                 : self->label_name(address);
    ZYAN_CHECK(ZydisFormatterBufferAppend(buffer, ZYDIS_TOKEN_SYMBOL));
    ZyanString* string = nullptr;
    ZYAN_CHECK(ZydisFormatterBufferGetString(buffer, &string));
    ZyanStringView view;
    ZYAN_CHECK(ZyanStringViewInsideBufferEx(&view, name.data(), name.size()));
    return ZyanStringAppend(string, &view);
  }

  const MachineCode& code_;
  const std::function<std::string(std::uint16_t line)>& describe_line_;
  ZydisDecoder decoder_;
  ZydisFormatter formatter_;
  ZydisDecodedInstruction instruction_;
  ZydisDecodedOperand operands_[ZYDIS_MAX_OPERAND_COUNT];
  std::vector<std::uint64_t> targets_;  // sorted
  std::size_t next_line_ = 0, next_call_ = 0;
};

#endif

}  // namespace

std::string disassemble(const MachineCode& code, const std::function<std::string(std::uint16_t line)>& describe_line) {
#ifdef COGENT_HAS_ZYDIS
  return Disassembler(code, describe_line).print();
#else
  static_cast<void>(describe_line);
  std::string text = "; bytes only: Cogent was built without Zydis (libzydis-dev), which disassembles\n";
  print_bytes(text, code.bytes, 0, code.bytes.size());
  return text;
#endif
}

}  // namespace cogent::x86
