// Retired objects live as long as a guard can reach them, and no longer.
#include "jit/reclaim.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <memory>
#include <semaphore>
#include <thread>
#include <utility>

namespace cogent::jit {
namespace {

struct Counted : Retirable {
  explicit Counted(std::atomic<int>& destroyed) : destroyed(destroyed) {}
  ~Counted() {
    value = -1;
    ++destroyed;
  }
  std::atomic<int>& destroyed;
  int value = 42;
};

// A thread that stays in a guard until told to leave, and then lives on until the end of the scope.
class GuardedThread {
 public:
  GuardedThread() : thread_([this] { run(); }) { entered_.acquire(); }
  ~GuardedThread() {
    leave();
    may_end_.release();
    thread_.join();
  }

  void leave() {
    if (std::exchange(has_left_, true)) return;
    may_leave_.release();
    left_.acquire();
  }

 private:
  void run() {
    {
      Reclaimer::Guard guard;
      entered_.release();
      may_leave_.acquire();
    }
    left_.release();
    may_end_.acquire();
  }

  bool has_left_ = false;
  std::binary_semaphore entered_{0}, may_leave_{0}, left_{0}, may_end_{0};
  std::thread thread_;
};

TEST(Reclaimer, FreesAtOnceWhenNoThreadIsInAGuard) {
  std::atomic<int> destroyed = 0;
  Reclaimer::retire(new Counted(destroyed));
  EXPECT_EQ(destroyed, 1);
  EXPECT_EQ(Reclaimer::pending(), 0u);
}

TEST(Reclaimer, WaitsForTheThreadsOwnGuards) {
  std::atomic<int> destroyed = 0;
  {
    Reclaimer::Guard outer;
    {
      Reclaimer::Guard inner;
      Reclaimer::retire(new Counted(destroyed));
    }
    Reclaimer::collect();
    EXPECT_EQ(destroyed, 0) << "the inner guard's end counted as the outer's";
    EXPECT_EQ(Reclaimer::pending(), 1u);
  }
  Reclaimer::collect();
  EXPECT_EQ(destroyed, 1);
}

TEST(Reclaimer, WaitsForTheOldestGuardOfAnyThread) {
  std::atomic<int> destroyed = 0;
  GuardedThread first;
  Reclaimer::retire(new Counted(destroyed));
  GuardedThread second;
  Reclaimer::retire(new Counted(destroyed));
  EXPECT_EQ(destroyed, 0);
  first.leave();
  Reclaimer::collect();
  EXPECT_EQ(destroyed, 1) << "the second thread entered after the first object was retired";
  second.leave();
  Reclaimer::collect();
  EXPECT_EQ(destroyed, 2);
}

TEST(Reclaimer, GuardsEnteredLaterDoNotDelay) {
  std::atomic<int> destroyed = 0;
  auto early = std::make_unique<GuardedThread>();
  Reclaimer::retire(new Counted(destroyed));
  GuardedThread late;
  early.reset();
  Reclaimer::collect();
  EXPECT_EQ(destroyed, 1);
}

TEST(Reclaimer, DestructorsMayRetireAndEnterGuards) {
  struct Parent : Retirable {
    explicit Parent(std::atomic<int>& destroyed) : child(new Counted(destroyed)) {}
    ~Parent() {
      Reclaimer::Guard guard;
      Reclaimer::retire(child);
    }
    Counted* child;
  };
  std::atomic<int> destroyed = 0;
  Reclaimer::retire(new Parent(destroyed));
  Reclaimer::collect();
  EXPECT_EQ(destroyed, 1);
}

TEST(Reclaimer, EndedThreadsDoNotDelay) {
  std::atomic<int> destroyed = 0;
  for (int i = 0; i < 100; ++i) std::thread([] { Reclaimer::Guard guard; }).join();
  Reclaimer::retire(new Counted(destroyed));
  EXPECT_EQ(destroyed, 1);
}

TEST(Reclaimer, GuardsWorkInDestructorsOfThreadLocalObjects) {
  struct Late {
    ~Late() { Reclaimer::Guard guard; }
    int touched = 0;
  };
  std::atomic<int> destroyed = 0;
  std::thread([] {
    thread_local Late before_registration;
    before_registration.touched = 1;
    Reclaimer::Guard guard;
  }).join();
  Reclaimer::retire(new Counted(destroyed));
  EXPECT_EQ(destroyed, 1);
}

TEST(Reclaimer, ReadersNeverSeeAFreedObject) {
  std::atomic<int> destroyed = 0;
  std::atomic<Counted*> current = new Counted(destroyed);
  std::atomic<bool> stop = false;
  std::atomic<int> wrong_values = 0;
  auto read = [&] {
    while (!stop.load(std::memory_order_relaxed)) {
      Reclaimer::Guard guard;
      if (current.load()->value != 42) ++wrong_values;
    }
  };
  auto replace = [&] {
    for (int i = 0; i < 3000; ++i) Reclaimer::retire(current.exchange(new Counted(destroyed)));
  };
  std::thread readers[] = {std::thread(read), std::thread(read)};
  std::thread writers[] = {std::thread(replace), std::thread(replace)};
  for (std::thread& writer : writers) writer.join();
  stop = true;
  for (std::thread& reader : readers) reader.join();
  Reclaimer::retire(current.load());
  EXPECT_EQ(wrong_values, 0);
  EXPECT_EQ(destroyed, 6001);
}

TEST(Reclaimer, ThreadsThatAForkLeavesBehindDoNotDelayTheChild) {
  GuardedThread other;
  pid_t process = fork();
  if (process == 0) {
    std::atomic<int> destroyed = 0;
    Reclaimer::retire(new Counted(destroyed));
    _exit(destroyed == 1 ? 0 : 1);
  }
  int status = -1;
  waitpid(process, &status, 0);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

}  // namespace
}  // namespace cogent::jit
