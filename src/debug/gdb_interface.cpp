// A list of object files that the debugger reads whenever the function below is called.
#include "debug/gdb_interface.h"

#include <mutex>
#include <utility>

// The names and layouts below are GDB's; a process has one list, shared with other makers of code.
extern "C" {

struct jit_code_entry {
  jit_code_entry* next_entry;
  jit_code_entry* prev_entry;
  const char* symfile_addr;
  std::uint64_t symfile_size;
};

struct jit_descriptor {
  std::uint32_t version;
  std::uint32_t action_flag;
  jit_code_entry* relevant_entry;
  jit_code_entry* first_entry;
};

/// The debugger stops here to read the list.
__attribute__((noinline, weak, visibility("default"))) void __jit_debug_register_code() {
  asm volatile("" ::: "memory");
}

__attribute__((weak, visibility("default"))) jit_descriptor __jit_debug_descriptor = {1, 0, nullptr, nullptr};
}

namespace cogent::debug {
namespace {

enum Action : std::uint32_t { Register = 1, Unregister = 2 };

std::mutex& list_mutex() {
  static std::mutex& mutex = *new std::mutex;  // functions may be given back when the process ends
  return mutex;
}

void tell(Action action, jit_code_entry& entry) {
  __jit_debug_descriptor.action_flag = action;
  __jit_debug_descriptor.relevant_entry = &entry;
  __jit_debug_register_code();
}

void add(jit_code_entry& entry) {
  entry.next_entry = __jit_debug_descriptor.first_entry;
  entry.prev_entry = nullptr;
  if (entry.next_entry != nullptr) entry.next_entry->prev_entry = &entry;
  __jit_debug_descriptor.first_entry = &entry;
  tell(Register, entry);
}

void remove(jit_code_entry& entry) {
  (entry.prev_entry != nullptr ? entry.prev_entry->next_entry : __jit_debug_descriptor.first_entry) = entry.next_entry;
  if (entry.next_entry != nullptr) entry.next_entry->prev_entry = entry.prev_entry;
  tell(Unregister, entry);
}

jit_code_entry entry_of(const std::vector<std::uint8_t>& object_file) {
  return {nullptr, nullptr, reinterpret_cast<const char*>(object_file.data()), object_file.size()};
}

}  // namespace

struct GdbRegistration::Entry {
  explicit Entry(std::vector<std::uint8_t> file) : object_file(std::move(file)), entry(entry_of(object_file)) {}

  const std::vector<std::uint8_t> object_file;
  jit_code_entry entry;
};

GdbRegistration::GdbRegistration(std::vector<std::uint8_t> object_file)
    : entry_(std::make_unique<Entry>(std::move(object_file))) {
  const std::scoped_lock lock(list_mutex());
  add(entry_->entry);
}

GdbRegistration::~GdbRegistration() {
  const std::scoped_lock lock(list_mutex());
  remove(entry_->entry);
}

}  // namespace cogent::debug
