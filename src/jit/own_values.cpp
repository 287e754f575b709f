// The numbers that stand for values of users' own types in keys, for all libraries of the process.
#include <cogent/detail/key.h>

#include <algorithm>
#include <mutex>
#include <unordered_map>

namespace cogent::detail {
namespace {

/// Numbers are never given twice: forgotten values, whose code is generated anew, get others.
class OwnValues {
 public:
  std::uint64_t number(const OwnValue& value) {
    const std::lock_guard lock(mutex_);
    const auto [first, last] = known_.equal_range(value.hash);
    const auto same = std::find_if(first, last, [&](const auto& entry) {
      return entry.second.type == value.type && value.equal(entry.second.value.get(), value.value);
    });
    if (same != last) return same->second.number;
    if (known_.size() == most_known) known_.clear();
    known_.insert({value.hash, {value.type, value.copy(value.value), next_}});
    return next_++;
  }

 private:
  static constexpr std::size_t most_known = 65536;

  struct Known {
    TypeIdentity type;
    std::shared_ptr<const void> value;
    std::uint64_t number;
  };
  std::mutex mutex_;
  std::unordered_multimap<std::size_t, Known> known_;  // by hash
  std::uint64_t next_ = 0;
};

}  // namespace

std::uint64_t number_of(const OwnValue& value) {
  static OwnValues& values = *new OwnValues;  // lives as long as static functions that are called at exit
  return values.number(value);
}

}  // namespace cogent::detail
