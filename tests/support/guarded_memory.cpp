// Maps whole pages and takes all rights from the last one.
#include "support/guarded_memory.h"

#include <sys/mman.h>
#include <unistd.h>

#include <new>

namespace cogent::testing {

GuardedMemory::GuardedMemory(std::size_t size) : size_(size) {
  const std::size_t page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  const std::size_t usable = (size + page - 1) / page * page;
  mapped_ = usable + page;
  void* mapping = mmap(nullptr, mapped_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapping == MAP_FAILED) throw std::bad_alloc();
  mapping_ = static_cast<std::byte*>(mapping);
  if (mprotect(mapping_ + usable, page, PROT_NONE) != 0) {
    munmap(mapping_, mapped_);
    throw std::bad_alloc();
  }
  data_ = mapping_ + usable - size;
}

GuardedMemory::~GuardedMemory() { munmap(mapping_, mapped_); }

}  // namespace cogent::testing
