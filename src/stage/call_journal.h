// The calls of a plain run, written down so that other ways of running the same function can do without making them.
#pragma once
#include <cogent/detail/call.h>

#include <cstddef>
#include <exception>
#include <string>
#include <vector>

#include "ir/type.h"

namespace cogent::stage {

/// One call: what it was given and what became of it. Of memory, only the arrays that were passed to be written.
struct CallEntry {
  struct Write {
    std::uint32_t slot;  // of the array's address
    std::size_t offset;  // bytes
    std::vector<std::uint8_t> bytes;
  };
  struct Value {
    std::uint32_t slot;
    ir::Type type;
    std::uint64_t value;
  };
  std::string name;
  const void* identity = nullptr;
  SourcePosition at;
  std::vector<Value> values{};     // the slots that are no addresses
  std::vector<Value> addresses{};  // of arrays with elements
  std::uint64_t result = 0;
  std::exception_ptr exception{};
  std::vector<Write> writes{};
};

/// While it lives, the calls of plain runs in this thread are written down; those that a callee makes are not.
class CallJournal {
 public:
  CallJournal();
  ~CallJournal();
  CallJournal(const CallJournal&) = delete;
  CallJournal& operator=(const CallJournal&) = delete;

  /// The journal of this thread, or null.
  static CallJournal* current();
  /// Makes the call from a plain run and writes it down.
  void make(const detail::CallRequest& request, std::uint64_t* slots, const SourcePosition& at);
  const std::vector<CallEntry>& entries() const { return entries_; }

 private:
  CallJournal* outer_;
  std::vector<CallEntry> entries_;
};

/// The memory of one way of running, by that of the plain run.
class MemoryMap {
 public:
  virtual ~MemoryMap() = default;
  /// Where the plain run has what lies at an address; 0 for memory of the run's own, as scratch arrays.
  virtual std::uint64_t original(std::uint64_t address) const = 0;
  /// Whether an address of the plain run is one of those.
  virtual bool covers(std::uint64_t original) const = 0;
};

/// Gives the calls of a journal to another run of the same function, one after the other.
class CallReplay {
 public:
  CallReplay(const CallJournal& journal, const MemoryMap& memory, const char* way)
      : entries_(journal.entries()), memory_(memory), way_(way) {}

  /// In place of a call: its result and its writes, or its exception. Throws CheckError if it is another one.
  void next(const detail::CallTarget& target, std::uint64_t* slots);
  /// Throws CheckError if the plain run made more calls.
  void finish() const;

 private:
  bool is_same(const CallEntry& entry, const detail::CallTarget& target, const std::uint64_t* slots) const;

  const std::vector<CallEntry>& entries_;
  const MemoryMap& memory_;
  const char* way_;
  std::size_t next_ = 0;
};

}  // namespace cogent::stage
