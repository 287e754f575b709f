// Keeps the process mutex and its users in order when the process forks.
#include "jit/process_mutex.h"

#include <pthread.h>

#include <algorithm>
#include <vector>

namespace cogent::jit {
namespace {

struct ProcessState {
  std::mutex mutex;
  std::vector<const ForkSubscription*> subscriptions;  // guarded by the mutex

  ProcessState();
};

ProcessState& state() {
  static ProcessState& result = *new ProcessState;
  return result;
}

using ConstCallback = const ForkSubscription::Callback ForkSubscription::*;

void notify(ConstCallback callback) {
  for (const ForkSubscription* subscription : state().subscriptions) {
    if (subscription->*callback != nullptr) (subscription->*callback)(subscription->owner);
  }
}

void lock_before_fork() {
  state().mutex.lock();
  notify(&ForkSubscription::before_fork);
}

void unlock_in_parent() { state().mutex.unlock(); }

void unlock_in_child() {
  notify(&ForkSubscription::in_child);
  state().mutex.unlock();
}

ProcessState::ProcessState() { pthread_atfork(lock_before_fork, unlock_in_parent, unlock_in_child); }

}  // namespace

std::mutex& process_mutex() { return state().mutex; }

ForkSubscription::ForkSubscription(void* owner, Callback before_fork, Callback in_child)
    : owner(owner), before_fork(before_fork), in_child(in_child) {
  std::scoped_lock lock(state().mutex);
  state().subscriptions.push_back(this);
}

ForkSubscription::~ForkSubscription() {
  std::scoped_lock lock(state().mutex);
  std::erase(state().subscriptions, this);
}

}  // namespace cogent::jit
