// Maps, fills and unmaps one slab of code.
#include "jit/code_slab.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cstring>
#include <iterator>

namespace cogent::jit {
namespace {

constexpr std::size_t page_bytes = 4096;
constexpr std::size_t populated_at_once = 8 * page_bytes;
constexpr std::uint8_t trap_instruction = 0xCC;  // int3

std::size_t round_up(std::size_t bytes, std::size_t unit) { return (bytes + unit - 1) / unit * unit; }

std::size_t block_bytes(std::size_t code_size) { return round_up(code_size, CodeSlab::block_alignment); }

std::uint8_t* map(std::size_t bytes, int protection, int flags, int file) {
  void* address = mmap(nullptr, bytes, protection, flags, file, 0);
  return address == MAP_FAILED ? nullptr : static_cast<std::uint8_t*>(address);
}

void unmap(const void* address, std::size_t bytes) {
  int error = errno;  // of the failure that led here, if any
  munmap(const_cast<void*>(address), bytes);
  errno = error;
}

// Linux 6.3 and later want to be told that the file may be executed; earlier ones do not know the flag.
int create_memory_file() {
  constexpr unsigned executable_flag = 0x10;  // MFD_EXEC
  int file = memfd_create("cogent", MFD_CLOEXEC | executable_flag);
  return file < 0 && errno == EINVAL ? memfd_create("cogent", MFD_CLOEXEC) : file;
}

}  // namespace

CodeSlab::CodeSlab(std::size_t bytes) : bytes_(bytes) {}

std::unique_ptr<CodeSlab> CodeSlab::create_dual_mapped(std::size_t bytes) {
  bytes = round_up(bytes, page_bytes);
  std::unique_ptr<CodeSlab> slab(new CodeSlab(bytes));  // what allocates comes before the mappings
  slab->holes_.push_back({0, bytes});
  int file = create_memory_file();
  if (file < 0) return nullptr;
  std::uint8_t* writable = nullptr;
  std::uint8_t* executable = nullptr;
  if (ftruncate(file, static_cast<off_t>(bytes)) == 0) {
    executable = map(bytes, PROT_READ | PROT_EXEC, MAP_SHARED, file);
    if (executable != nullptr) writable = map(bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file);
  }
  int error = errno;
  close(file);
  errno = error;
  if (writable == nullptr) {
    if (executable != nullptr) unmap(executable, bytes);
    return nullptr;
  }
  slab->writable_ = writable;
  slab->executable_ = executable;
  return slab;
}

std::unique_ptr<CodeSlab> CodeSlab::create_protected(std::span<const std::uint8_t> code) {
  std::size_t bytes = round_up(code.size(), page_bytes);
  std::unique_ptr<CodeSlab> slab(new CodeSlab(bytes));
  std::uint8_t* memory = map(bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1);
  if (memory == nullptr) return nullptr;
  std::memcpy(memory, code.data(), code.size());
  if (mprotect(memory, bytes, PROT_READ | PROT_EXEC) != 0) {
    unmap(memory, bytes);
    return nullptr;
  }
  slab->executable_ = memory;
  slab->used_ = block_bytes(code.size());
  slab->blocks_ = 1;
  return slab;
}

CodeSlab::~CodeSlab() {
  seal();
  if (executable_ != nullptr) unmap(executable_, bytes_);
}

const std::uint8_t* CodeSlab::add(std::span<const std::uint8_t> code) {
  std::size_t bytes = block_bytes(code.size());
  auto hole = std::find_if(holes_.begin(), holes_.end(), [&](const Hole& hole) { return hole.bytes >= bytes; });
  if (hole == holes_.end()) return nullptr;
  const auto position = hole - holes_.begin();
  if (holes_.capacity() < blocks_ + 2) holes_.reserve(2 * (blocks_ + 2));
  hole = holes_.begin() + position;
  ++blocks_;
  std::size_t offset = hole->offset;
  hole->offset += bytes;
  hole->bytes -= bytes;
  if (hole->bytes == 0) holes_.erase(hole);
  used_ += bytes;
  populate(offset + bytes);
  std::memcpy(writable_ + offset, code.data(), code.size());
  return executable_ + offset;
}

// Asks for several pages before they are touched: a fault of each mapping for each page would cost 5 us.
void CodeSlab::populate(std::size_t end) {
  if (end <= populated_) return;
#ifdef MADV_POPULATE_WRITE  // Linux 5.14; what an earlier one refuses is done by faults
  const std::size_t bytes = std::min(round_up(end - populated_, populated_at_once), bytes_ - populated_);
  madvise(writable_ + populated_, bytes, MADV_POPULATE_WRITE);
  madvise(const_cast<std::uint8_t*>(executable_) + populated_, bytes, MADV_POPULATE_READ);
  populated_ += bytes;
#endif
}

void CodeSlab::remove(const void* entry, std::size_t code_size) {
  std::size_t bytes = block_bytes(code_size);
  std::size_t offset = static_cast<std::size_t>(static_cast<const std::uint8_t*>(entry) - executable_);
  assert(offset % block_alignment == 0 && offset + code_size <= bytes_ && used_ >= bytes);
  used_ -= bytes;
  --blocks_;
  if (is_sealed()) return;
  std::memset(writable_ + offset, trap_instruction, bytes);  // a stale pointer traps, it does not run what comes next
  add_hole({offset, bytes});
}

void CodeSlab::add_hole(Hole hole) {
  auto next = std::find_if(holes_.begin(), holes_.end(), [&](const Hole& other) { return other.offset > hole.offset; });
  if (next != holes_.end() && hole.offset + hole.bytes == next->offset) {
    hole.bytes += next->bytes;
    next = holes_.erase(next);
  }
  if (next != holes_.begin() && std::prev(next)->offset + std::prev(next)->bytes == hole.offset) {
    std::prev(next)->bytes += hole.bytes;
  } else {
    holes_.insert(next, hole);
  }
}

void CodeSlab::seal() {
  if (is_sealed()) return;
  unmap(writable_, bytes_);
  writable_ = nullptr;
  holes_.clear();
}

}  // namespace cogent::jit
