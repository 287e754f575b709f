// After a fork, parent and child share published code and neither ever writes to it.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <functional>
#include <string>

#include "jit/executable_memory.h"
#include "jit/process_mutex.h"
#include "machine_code.h"

namespace cogent::jit {
namespace {

// A child process that runs `body` and exits with 0 if it returned true. It can be made to wait for the parent.
class Child {
 public:
  explicit Child(const std::function<bool()>& body, bool starts_at_once = true) {
    int ends[2];
    if (pipe(ends) != 0) ADD_FAILURE() << "no pipe";
    process_ = fork();
    if (process_ == 0) {
      close(ends[1]);
      char byte;
      while (!starts_at_once && read(ends[0], &byte, 1) > 0) {
      }
      _exit(body() ? 0 : 1);
    }
    close(ends[0]);
    start_ = ends[1];
    if (starts_at_once) close(start_);
  }

  void start() const { close(start_); }

  bool succeeds() const {
    int status = -1;
    waitpid(process_, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
  }

 private:
  pid_t process_;
  int start_;
};

int writable_code_mappings() {
  std::ifstream maps("/proc/self/maps");
  int count = 0;
  for (std::string line; std::getline(maps, line);) {
    if (line.find("memfd:cogent") != std::string::npos && line.find(" rw") != std::string::npos) ++count;
  }
  return count;
}

class ForkOfEveryMethod : public testing::TestWithParam<ExecutableMemoryMethod> {};

TEST_P(ForkOfEveryMethod, ChildRunsOldAndNewCodeAndLeavesTheParentsAlone) {
  ExecutableMemory memory(GetParam());
  CodeBlock freed_by_child = memory.publish(code_returning(1));
  CodeBlock kept = memory.publish(code_returning(2));
  Child child([&] {
    bool old_runs = run(freed_by_child) == 1 && run(kept) == 2;
    memory.release(freed_by_child);
    bool new_runs = true;
    for (int i = 0; i < 100; ++i) new_runs = new_runs && run(memory.publish(code_returning(100 + i))) == 100 + i;
    return old_runs && new_runs && run(kept) == 2;
  });
  EXPECT_TRUE(child.succeeds());
  EXPECT_EQ(run(freed_by_child), 1);
  EXPECT_EQ(run(kept), 2);
}

TEST_P(ForkOfEveryMethod, ParentLeavesTheChildsCodeAlone) {
  ExecutableMemory memory(GetParam());
  CodeBlock freed_by_parent = memory.publish(code_returning(1));
  CodeBlock kept = memory.publish(code_returning(2));
  Child child([&] { return run(freed_by_parent) == 1 && run(kept) == 2; }, false);
  memory.release(freed_by_parent);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(run(memory.publish(code_returning(100 + i))), 100 + i);
  child.start();
  EXPECT_TRUE(child.succeeds());
}

INSTANTIATE_TEST_SUITE_P(Fork, ForkOfEveryMethod,
                         testing::Values(ExecutableMemoryMethod::DualMapping, ExecutableMemoryMethod::Protection),
                         [](const auto& info) {
                           return info.param == ExecutableMemoryMethod::DualMapping ? "DualMapping" : "Protection";
                         });

TEST(Fork, ChildInheritsNoWritableMappingOfTheParentsCode) {
  ExecutableMemory memory(ExecutableMemoryMethod::DualMapping);
  memory.publish(code_returning(1));
  EXPECT_EQ(writable_code_mappings(), 1);
  Child child([] { return writable_code_mappings() == 0; });
  EXPECT_TRUE(child.succeeds());
}

TEST(Fork, SlabsFromBeforeTheForkGoWhenTheyAreEmpty) {
  ExecutableMemory memory(ExecutableMemoryMethod::DualMapping);
  CodeBlock before = memory.publish(code_returning(1));
  EXPECT_TRUE(Child([] { return true; }).succeeds());
  CodeBlock after = memory.publish(code_returning(2));
  EXPECT_EQ(memory.use().slabs, 2u);
  memory.release(before);
  EXPECT_EQ(memory.use().slabs, 1u);
  EXPECT_EQ(run(after), 2);
}

TEST(Fork, SubscribersAreToldInTheParentAndInTheChild) {
  struct Told {
    int before = 0;
    int in_child = 0;
  } told;
  {
    ForkSubscription subscription(
        &told, [](void* owner) { ++static_cast<Told*>(owner)->before; },
        [](void* owner) { ++static_cast<Told*>(owner)->in_child; });
    EXPECT_TRUE(Child([&] { return told.before == 1 && told.in_child == 1; }).succeeds());
    EXPECT_EQ(told.before, 1);
    EXPECT_EQ(told.in_child, 0);
  }
  EXPECT_TRUE(Child([&] { return told.before == 1 && told.in_child == 0; }).succeeds());
}

}  // namespace
}  // namespace cogent::jit
