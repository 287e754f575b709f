// Compares the arrays that a call may write before and after it.
#include "stage/call_journal.h"

#include <cogent/error.h>

#include <cstring>

#include "ir/semantics.h"

namespace cogent::stage {
namespace {

constinit thread_local CallJournal* journal = nullptr;

/// What a callee does is written down as a whole: the calls that it makes itself are not.
struct Pause {
  Pause() { journal = nullptr; }
  ~Pause() { journal = kept; }
  CallJournal* const kept = journal;
};

std::uint8_t* memory_at(std::uint64_t address) {
  return reinterpret_cast<std::uint8_t*>(static_cast<std::uintptr_t>(address));
}

/// Calls visit(argument, the slot of its value or address).
template <class Visit>
void for_each_argument(std::span<const detail::CallArgument> arguments, Visit&& visit) {
  std::uint32_t slot = 1;
  for (const detail::CallArgument& argument : arguments) {
    visit(argument, slot);
    slot += argument.passes_size ? 2 : 1;
  }
}

/// The arrays that a call may write, as they were before it; writes() is what has changed since.
class Snapshot {
 public:
  Snapshot(std::span<const detail::CallArgument> arguments, const std::uint64_t* slots) {
    for_each_argument(arguments, [&](const detail::CallArgument& argument, std::uint32_t slot) {
      if (!argument.is_array || argument.access == detail::ArrayAccess::In) return;
      const std::uint8_t* memory = memory_at(slots[slot]);
      arrays_.push_back({slot, slots[slot], {memory, memory + argument.bytes}});
    });
  }

  std::vector<CallEntry::Write> writes() const {
    std::vector<CallEntry::Write> result;
    for (const Array& array : arrays_) {
      const std::uint8_t* now = memory_at(array.address);
      std::size_t first = 0, last = array.before.size();
      while (first < last && array.before[first] == now[first]) ++first;
      while (last > first && array.before[last - 1] == now[last - 1]) --last;
      if (first < last) result.push_back({array.slot, first, {now + first, now + last}});
    }
    return result;
  }

 private:
  struct Array {
    std::uint32_t slot;
    std::uint64_t address;
    std::vector<std::uint8_t> before;
  };
  std::vector<Array> arrays_;
};

}  // namespace

CallJournal::CallJournal() : outer_(journal) { journal = this; }
CallJournal::~CallJournal() { journal = outer_; }
CallJournal* CallJournal::current() { return journal; }

void CallJournal::make(const detail::CallRequest& request, std::uint64_t* slots, const SourcePosition& at) {
  CallEntry entry{.name = std::string(request.name), .identity = request.target->identity(), .at = at};
  for_each_argument(request.arguments, [&](const detail::CallArgument& argument, std::uint32_t slot) {
    if (!argument.is_array) entry.values.push_back({slot, static_cast<ir::Type>(argument.type), slots[slot]});
    if (argument.is_array && argument.bytes != 0) entry.addresses.push_back({slot, ir::Type::I64, slots[slot]});
    if (argument.passes_size) entry.values.push_back({slot + 1, ir::Type::I64, slots[slot + 1]});
  });
  const Snapshot before(request.arguments, slots);
  try {
    const Pause pause;
    request.target->run_plain(slots);
  } catch (...) {
    entry.exception = std::current_exception();
  }
  entry.result = slots[0];
  entry.writes = before.writes();
  entries_.push_back(std::move(entry));
  if (entries_.back().exception) std::rethrow_exception(entries_.back().exception);
}

bool CallReplay::is_same(const CallEntry& entry, const detail::CallTarget& target, const std::uint64_t* slots) const {
  const void* identity = target.identity();
  bool same = identity == nullptr || entry.identity == nullptr || identity == entry.identity;
  for (const auto& [slot, type, value] : entry.values)
    same = same && ir::is_same_value(type, static_cast<std::int64_t>(value), static_cast<std::int64_t>(slots[slot]));
  for (const auto& [slot, type, address] : entry.addresses)
    same = same && memory_.original(slots[slot]) == (memory_.covers(address) ? address : 0);
  return same;
}

void CallReplay::next(const detail::CallTarget& target, std::uint64_t* slots) {
  if (next_ == entries_.size()) throw CheckError(std::string(way_) + " makes more calls than the plain run", {});
  const CallEntry& entry = entries_[next_++];
  if (!is_same(entry, target, slots))
    throw CheckError(std::string(way_) + " makes another call than the plain run, or with other arguments", entry.at);
  for (const CallEntry::Write& write : entry.writes)
    std::memcpy(memory_at(slots[write.slot]) + write.offset, write.bytes.data(), write.bytes.size());
  slots[0] = entry.result;
  if (entry.exception) std::rethrow_exception(entry.exception);
}

void CallReplay::finish() const {
  if (next_ != entries_.size())
    throw CheckError(std::string(way_) + " does not make this call, which the plain run makes", entries_[next_].at);
}

}  // namespace cogent::stage
