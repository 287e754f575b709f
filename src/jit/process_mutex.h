// The one lock of the run-time infrastructure's cold paths, and the notice its users get when the process forks.
#pragma once

#include <mutex>

namespace cogent::jit {

/// Held for about a microsecond when code comes or goes; never while code is generated, looked up or run, and never
/// while code of others (factories, destructors) is called. Because it is the only lock it cannot be taken in a wrong
/// order, and fork() takes it first, so that a child never inherits it locked.
std::mutex& process_mutex();

/// As long as it lives, `before_fork(owner)` runs in the parent and `in_child(owner)` in the child of every fork(),
/// both with the process mutex held. Either may be null.
class ForkSubscription {
 public:
  using Callback = void (*)(void* owner);
  ForkSubscription(void* owner, Callback before_fork, Callback in_child);
  ~ForkSubscription();
  ForkSubscription(const ForkSubscription&) = delete;
  ForkSubscription& operator=(const ForkSubscription&) = delete;

  void* const owner;
  const Callback before_fork;
  const Callback in_child;
};

}  // namespace cogent::jit
