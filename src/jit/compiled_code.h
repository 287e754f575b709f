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
  x86::FaultKind kind;
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
  /// `run_memory`: bytes that each run gets for itself.
  CompiledCode(std::span<const std::uint8_t> bytes, std::vector<FaultSite> sites, std::uint64_t run_memory = 0);
  ~CompiledCode();
  CompiledCode(const CompiledCode&) = delete;
  CompiledCode& operator=(const CompiledCode&) = delete;

  /// `context`: what the calls of the program need; null if it makes none.
  x86::Status run(std::uint64_t* slots, x86::ErrorRecord& error, void* context) const {
    if (run_memory_ != 0) [[unlikely]]
      return run_with_memory(slots, error);
    return static_cast<x86::Status>(entry_(slots, &error, context));
  }
  /// Of code that may call itself so many times within each other.
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
  x86::Status run_with_memory(std::uint64_t* slots, x86::ErrorRecord& error) const;

  CodeBlock block_;
  x86::Entry entry_;
  std::vector<FaultSite> sites_;
  std::uint64_t run_memory_;
};

}  // namespace cogent::jit
