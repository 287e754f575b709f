// The numbers that stand for values of users' own types in keys, for all libraries of the process.
#include <cogent/detail/key.h>

#include <algorithm>
#include <array>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <utility>

namespace cogent::detail {
namespace {

struct Known {
  TypeIdentity type = {};
  std::shared_ptr<const void> value;
  std::uint64_t number = 0;

  bool stands_for(const OwnValue& other) const { return type == other.type && other.equal(value.get(), other.value); }
};

/// Numbers are never given twice: forgotten values, whose code is generated anew, get others.
class OwnValues {
 public:
  Known find(const OwnValue& value) {
    const std::lock_guard lock(mutex_);
    const auto [first, last] = known_.equal_range(value.hash);
    const auto same = std::find_if(first, last, [&](const auto& entry) { return entry.second.stands_for(value); });
    if (same != last) return same->second;
    if (known_.size() == most_known) known_.clear();
    return known_.insert({value.hash, {value.type, value.copy(value.value), next_++}})->second;
  }

 private:
  static constexpr std::size_t most_known = 65536;

  std::mutex mutex_;
  std::unordered_multimap<std::size_t, Known> known_;  // by hash
  std::uint64_t next_ = 0;
};

OwnValues& values() {
  static OwnValues& it = *new OwnValues;  // lives as long as static functions that are called at exit
  return it;
}

/// The values that a thread used last: it finds them again without a lock.
class RecentValues {
 public:
  std::uint64_t number(const OwnValue& value) {
    for (const Entry& entry : entries_)
      if (entry.known.value != nullptr && entry.hash == value.hash && entry.known.stands_for(value))
        return entry.known.number;
    Entry& entry = entries_[next_++ % entries_.size()];
    entry = {value.hash, values().find(value)};
    return entry.known.number;
  }

 private:
  struct Entry {
    std::size_t hash = 0;
    Known known;
  };
  std::array<Entry, 16> entries_;
  std::size_t next_ = 0;
};

constinit thread_local RecentValues* recent = nullptr;
constinit thread_local bool has_ended = false;  // what destructors still call comes without

struct ThreadEnd {
  ~ThreadEnd() {
    has_ended = true;
    delete std::exchange(recent, nullptr);
  }
  void begin() const { recent = new RecentValues; }
};
thread_local const ThreadEnd thread_end;

}  // namespace

std::uint64_t number_of(const OwnValue& value) {
  if (has_ended) return values().find(value).number;
  if (recent == nullptr) thread_end.begin();
  return recent->number(value);
}

}  // namespace cogent::detail
