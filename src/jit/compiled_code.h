// Machine code that is published, with what is needed to explain its faults.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "ir/program.h"
#include "jit/executable_memory.h"
#include "x86/encoder.h"
#include "x86/entry_convention.h"

namespace cogent::jit {

/// Where an array comes from, so that its name can be found in the user's source.
struct ArrayOrigin {
  std::uint16_t position = 0;      // of an argument, in the user's signature
  ir::Place place{nullptr, 0, 0};  // of a table or scratch array, where it was made
  ir::Storage storage = ir::Storage::Argument;
};
ArrayOrigin origin_of(const ir::Program& program, ir::Id array);

/// A place of the generated code that can fail.
struct FaultSite {
  ir::FaultKind kind;
  const char* file = nullptr;
  std::uint32_t line = 0;
  ir::Id array = ir::none;  // of an access
  ArrayOrigin origin;       // of the array
  int dimension = 0;        // that was exceeded, of `rank`
  int rank = 1;
  std::int64_t size = 0;        // of the dimension; when dynamic, `size_slot` tells where the size is
  std::uint16_t size_slot = 0;  // 0: static
  std::string text;             // of a requirement
};

/// The sites of a machine program, independent of the program that it was made from.
std::vector<FaultSite> describe_sites(const ir::Program& program, std::span<const x86::FaultSite> sites);

/// Published code; given back when this is destroyed.
class CompiledCode {
 public:
  CompiledCode(std::span<const std::uint8_t> bytes, std::vector<FaultSite> sites);
  ~CompiledCode();
  CompiledCode(const CompiledCode&) = delete;
  CompiledCode& operator=(const CompiledCode&) = delete;

  /// Of code that makes no calls and has its scratch memory in its frame.
  x86::Status run(std::uint64_t* slots, x86::ErrorRecord& error) const {
    return static_cast<x86::Status>(entry_(slots, &error, nullptr));
  }
  /// The context begins with an ir::RunState. The code may call itself so many times within each other.
  x86::Status run(std::uint64_t* slots, x86::ErrorRecord& error, void* context, std::int64_t calls_left) const {
    const auto entry = reinterpret_cast<x86::RecursiveEntry>(const_cast<void*>(block_.entry));
    return static_cast<x86::Status>(entry(slots, &error, context, calls_left));
  }
  const FaultSite& site(std::uint32_t number) const { return sites_[number]; }
  /// The memory that it takes, whole blocks of code and what is kept of each place that can fail.
  std::size_t bytes() const {
    return sizeof(CompiledCode) + sites_.capacity() * sizeof(FaultSite) +
           (block_.size + CodeSlab::block_alignment - 1) / CodeSlab::block_alignment * CodeSlab::block_alignment;
  }
  const void* address() const { return block_.entry; }

 private:
  CodeBlock block_;
  x86::Entry entry_;
  std::vector<FaultSite> sites_;
};

}  // namespace cogent::jit
