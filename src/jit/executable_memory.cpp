// Chooses slabs for code, makes new ones as the system allows, and returns empty ones.
#include "jit/executable_memory.h"

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cstring>
#include <iterator>
#include <ranges>
#include <string>
#include <utility>

#include "jit/debugger.h"

namespace cogent::jit {
namespace {

// The first slab is small because a process's first call waits for it; pages are touched only as code fills them.
constexpr std::size_t first_slab_bytes = 256 << 10;
constexpr std::size_t largest_slab_bytes = 4 << 20;

[[noreturn]] void throw_refused(int error) {
  throw ExecutableMemoryError(
      "The system gives this process no memory for generated code (" + std::string(std::strerror(error)) +
      "). It must allow either memfd_create and mmap with PROT_EXEC, or mprotect with PROT_EXEC; "
      "look for a seccomp filter, SELinux, MemoryDenyWriteExecute or a memory limit.");
}

}  // namespace

ExecutableMemory::ExecutableMemory(ExecutableMemoryMethod method)
    : method_(method),
      next_slab_bytes_(first_slab_bytes),
      fork_subscription_(this, [](void* owner) { static_cast<ExecutableMemory*>(owner)->seal_all(); }, nullptr) {}

ExecutableMemory& ExecutableMemory::process() {
  // Into memory that is shared between two mappings gdb cannot write its breakpoints, and there perf sees a file.
  static ExecutableMemory& result =
      *new ExecutableMemory(expects_tools() ? ExecutableMemoryMethod::Protection : ExecutableMemoryMethod::Automatic);
  return result;
}

CodeBlock ExecutableMemory::publish(std::span<const std::uint8_t> code) {
  assert(!code.empty());
  std::scoped_lock lock(process_mutex());
  if (const std::uint8_t* entry = add_to_writable_slab(code)) return {entry, code.size()};
  CodeSlab* slab = make_slab(code);
  if (slab == nullptr) throw_refused(errno);
  return {slab->is_sealed() ? slab->begin() : slab->add(code), code.size()};
}

const std::uint8_t* ExecutableMemory::add_to_writable_slab(std::span<const std::uint8_t> code) {
  for (CodeSlab* slab : std::views::reverse(writable_slabs_)) {
    if (const std::uint8_t* entry = slab->add(code)) return entry;
  }
  return nullptr;
}

// A slab with room for `code`, or a sealed one that holds it already; null, with errno set, if the system refuses.
CodeSlab* ExecutableMemory::make_slab(std::span<const std::uint8_t> code) {
  using enum ExecutableMemoryMethod;
  errno = EPERM;
  std::unique_ptr<CodeSlab> slab;
  // The process's first function waits for its memory: a mapping of its own is there 25 us sooner than a dual one.
  if (method_ == Automatic && slabs_.empty()) slab = CodeSlab::create_protected(code);
  if (slab == nullptr && method_ != Protection && method_ != Refuse) slab = make_dual_mapped_slab(code.size());
  if (slab == nullptr && method_ != DualMapping && method_ != Refuse) slab = CodeSlab::create_protected(code);
  return slab == nullptr ? nullptr : keep(std::move(slab));
}

CodeSlab* ExecutableMemory::keep(std::unique_ptr<CodeSlab> slab) {
  CodeSlab* result = slab.get();
  if (!result->is_sealed()) writable_slabs_.reserve(writable_slabs_.size() + 1);  // all of it, or nothing
  slabs_.emplace(slab->begin(), std::move(slab));
  if (!result->is_sealed()) writable_slabs_.push_back(result);
  return result;
}

std::unique_ptr<CodeSlab> ExecutableMemory::make_dual_mapped_slab(std::size_t code_size) {
  if (code_size > next_slab_bytes_) return CodeSlab::create_dual_mapped(code_size);
  auto slab = CodeSlab::create_dual_mapped(next_slab_bytes_);
  if (slab != nullptr) next_slab_bytes_ = std::min(2 * next_slab_bytes_, largest_slab_bytes);
  return slab;
}

void ExecutableMemory::release(CodeBlock block) {
  if (block.entry == nullptr) return;
  std::scoped_lock lock(process_mutex());
  auto after = slabs_.upper_bound(static_cast<const std::uint8_t*>(block.entry));
  assert(after != slabs_.begin() && "the block was not published here");
  CodeSlab& slab = *std::prev(after)->second;
  slab.remove(block.entry, block.size);
  drop_if_empty(slab);
}

// The last writable slab stays, so that publishing and releasing by turns does not map and unmap by turns.
void ExecutableMemory::drop_if_empty(CodeSlab& slab) {
  bool is_last_writable = writable_slabs_.size() == 1 && writable_slabs_.front() == &slab;
  if (!slab.is_empty() || is_last_writable) return;
  std::erase(writable_slabs_, &slab);
  slabs_.erase(slab.begin());
}

// Before a fork, because the memory is shared with the child: a block that this process frees may still run there.
void ExecutableMemory::seal_all() {
  for (CodeSlab* slab : writable_slabs_) {
    slab->seal();
  }
  std::erase_if(slabs_, [](const auto& item) { return item.second->is_empty(); });
  writable_slabs_.clear();
}

ExecutableMemoryUse ExecutableMemory::use() const {
  std::scoped_lock lock(process_mutex());
  ExecutableMemoryUse total;
  for (const auto& [address, slab] : slabs_) {
    ++total.slabs;
    total.mapped_bytes += slab->mapped_bytes();
    total.used_bytes += slab->used_bytes();
  }
  return total;
}

}  // namespace cogent::jit
