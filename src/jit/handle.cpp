// Handles for C: checks the words of a call, runs it, and turns exceptions into statuses and messages.
#include <cogent/detail/handle_target.h>
#include <cogent/error.h>
#include <cogent/handle.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <mutex>
#include <new>
#include <stdexcept>

#include "ir/type.h"

using cogent::detail::HandleRequest;
using cogent::detail::HandleWord;

struct cogent_handle {
  explicit cogent_handle(HandleRequest request) : made(std::move(request)) {}

  const HandleRequest made;
  std::atomic<std::int64_t> owners = 1;
  mutable std::mutex source_mutex;
  mutable std::string source;  // empty until it is asked for
};

namespace cogent::detail {
namespace {

static_assert(static_cast<int>(ScalarType::Void) == COGENT_VOID && static_cast<int>(ScalarType::Bool) == COGENT_BOOL &&
              static_cast<int>(ScalarType::U64) == COGENT_U64 && static_cast<int>(ScalarType::F64) == COGENT_F64);

/// Without memory of its own, so that it serves when there is none, and when a thread ends.
constinit thread_local char message[2048] = "";

cogent_status report(cogent_status status, const char* text) {
  std::snprintf(message, sizeof message, "%s", text);
  return status;
}

class Misuse : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Does something whose exceptions C must not see.
template <class Act>
cogent_status guard(Act&& act) noexcept {
  try {
    act();
    return COGENT_DONE;
  } catch (const Misuse& error) {
    return report(COGENT_MISUSE, error.what());
  } catch (const RunTimeError& error) {
    return report(COGENT_RUN_TIME_ERROR, error.what());
  } catch (const GenerationError& error) {
    return report(COGENT_GENERATION_ERROR, error.what());
  } catch (const std::bad_alloc&) {
    return report(COGENT_OUT_OF_MEMORY, "there is no memory left");
  } catch (const std::exception& error) {
    return report(COGENT_OTHER_ERROR, error.what());
  } catch (...) {
    return report(COGENT_OTHER_ERROR, "a function that was called has thrown something that is no std::exception");
  }
}

[[noreturn]] void refuse(const cogent_handle& handle, const std::string& what) {
  throw Misuse("the handle of " + handle.made.name + " " + what);
}

std::string word_named(std::size_t index) { return "word " + std::to_string(index); }

/// The words of one call, checked; the generated code is as safe as their addresses.
class Words {
 public:
  Words(const cogent_handle& handle, const std::uint64_t* words, std::size_t count)
      : handle_(handle), count_(handle.made.words.size()) {
    if (count != count_) refuse(handle, "takes " + std::to_string(count_) + " words, not " + std::to_string(count));
    if (words == nullptr && count != 0) refuse(handle, "was called with a null pointer in place of its words");
    if (count_ >= few) many_ = std::make_unique<std::uint64_t[]>(count_ + 1);
    slots()[0] = 0;
    std::copy_n(words, count, slots() + 1);
    for (std::size_t i = 0; i < count; ++i) check(i);
  }
  /// The place of the result, and the words behind it.
  std::uint64_t* slots() { return many_ != nullptr ? many_.get() : few_; }

 private:
  void check(std::size_t index) {
    const HandleWord& known = handle_.made.words[index];
    std::uint64_t& word = slots()[index + 1];
    if (known.kind == COGENT_NUMBER)
      word =
          static_cast<std::uint64_t>(ir::canonical(static_cast<std::int64_t>(word), static_cast<ir::Type>(known.type)));
    if (known.kind != COGENT_INPUT && known.kind != COGENT_OUTPUT) return;
    const std::int64_t elements = known.elements >= 0 ? known.elements : elements_behind(index);
    if (word == 0 && elements != 0)
      refuse(handle_, "was given a null pointer as " + word_named(index) + ", which needs " + std::to_string(elements) +
                          " elements");
  }

  /// How many elements an array has whose shape the words behind it say.
  std::int64_t elements_behind(std::size_t index) {
    constexpr int most_dimensions = 3;
    std::int64_t extents[most_dimensions], strides[most_dimensions] = {1};
    int rank = 0, steps = 0;
    for (std::size_t i = index + 1; i < count_; ++i) {
      const auto number = static_cast<std::int64_t>(slots()[i + 1]);
      if (handle_.made.words[i].kind == COGENT_EXTENT)
        extents[rank++] = number;
      else if (handle_.made.words[i].kind == COGENT_STRIDE)
        strides[steps++] = number;
      else
        break;
    }
    const auto bytes = static_cast<std::size_t>(handle_.made.words[index].element_bytes);
    try {
      return check_shape(rank, extents, strides, bytes, handle_.made.at);
    } catch (const GenerationError& error) {
      refuse(handle_, "was given a wrong array as " + word_named(index) + ": " + error.what());
    }
  }

  static constexpr std::size_t few = 32;
  const cogent_handle& handle_;
  std::size_t count_;
  std::uint64_t few_[few];
  std::unique_ptr<std::uint64_t[]> many_;
};

}  // namespace

cogent_handle* make_handle(HandleRequest request) { return new cogent_handle(std::move(request)); }

}  // namespace cogent::detail

using cogent::detail::guard;
using cogent::detail::report;

std::uint32_t cogent_handle_version() { return COGENT_HANDLE_VERSION; }

std::size_t cogent_word_count(const cogent_handle* handle) { return handle->made.words.size(); }

cogent_status cogent_describe_word(const cogent_handle* handle, std::size_t index, cogent_word* description) {
  if (index >= handle->made.words.size()) return report(COGENT_MISUSE, "the handle has no word of this number");
  const HandleWord& word = handle->made.words[index];
  *description = {word.kind, static_cast<std::int32_t>(word.type), word.element_bytes, word.elements};
  return COGENT_DONE;
}

cogent_type cogent_result_type(const cogent_handle* handle) { return static_cast<cogent_type>(handle->made.result); }

cogent_status cogent_call(const cogent_handle* handle, const std::uint64_t* words, std::size_t count,
                          std::uint64_t* result) {
  return guard([&] {
    cogent::detail::Words checked(*handle, words, count);
    handle->made.target->run(checked.slots());
    if (result != nullptr) *result = checked.slots()[0];
  });
}

const char* cogent_name(const cogent_handle* handle) { return handle->made.name.c_str(); }

const char* cogent_source(const cogent_handle* handle) {
  const cogent_status status = guard([&] {
    const std::lock_guard lock(handle->source_mutex);
    if (handle->source.empty()) handle->source = handle->made.target->get_source();
  });
  return status == COGENT_DONE ? handle->source.c_str() : nullptr;
}

const char* cogent_error_message() { return cogent::detail::message; }

cogent_handle* cogent_retain(cogent_handle* handle) {
  if (handle != nullptr) handle->owners.fetch_add(1, std::memory_order_relaxed);
  return handle;
}

void cogent_release(cogent_handle* handle) {
  if (handle != nullptr && handle->owners.fetch_sub(1, std::memory_order_acq_rel) == 1) delete handle;
}
