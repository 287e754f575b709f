// What the system refuses of executable memory, by a filter of system calls: the other way is taken, and where there is
// none, functions are interpreted.
#include <gtest/gtest.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cogent/cogent.h>

#include <cerrno>
#include <cstddef>
#include <numeric>
#include <vector>

#include "jit/executable_memory.h"

namespace cogent {
namespace {

enum Refused : unsigned { MemoryFiles = 1, MapExecutable = 2, ProtectExecutable = 4 };
constexpr int no_filters = 77;

/// `if (the call is `number`, and its third argument has PROT_EXEC if that is asked for) refuse`, as a filter.
void add_rule(std::vector<sock_filter>& filter, unsigned number, bool asks_protection) {
  constexpr unsigned load = BPF_LD | BPF_W | BPF_ABS, refuse = SECCOMP_RET_ERRNO | EPERM;
  filter.push_back(BPF_STMT(load, offsetof(seccomp_data, nr)));
  filter.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, static_cast<unsigned char>(asks_protection ? 3 : 1)));
  if (asks_protection) {
    filter.push_back(BPF_STMT(load, offsetof(seccomp_data, args) + 2 * sizeof(__u64)));
    filter.push_back(BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 0, 1));
  }
  filter.push_back(BPF_STMT(BPF_RET | BPF_K, refuse));
}

bool refuse(unsigned what) {
  std::vector<sock_filter> filter;
  if ((what & MemoryFiles) != 0) add_rule(filter, SYS_memfd_create, false);
  if ((what & MapExecutable) != 0) add_rule(filter, SYS_mmap, true);
  if ((what & ProtectExecutable) != 0) add_rule(filter, SYS_mprotect, true);
  filter.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
  const sock_fprog program{static_cast<unsigned short>(filter.size()), filter.data()};
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

void scale(GeneratedCodeBlock& code, In<int> in, Out<int> out, int factor) {
  for (auto i : code.range(out.size())) out[i] = in[i] * factor;
}

/// 0: right, as machine code; 1: right, interpreted; else wrong. Several functions: the first one's memory is special.
int use() {
  const auto published = [] { return jit::ExecutableMemory::process().use().used_bytes; };
  const std::size_t published_before = published();
  const GeneratedFunction function("scale", scale);
  std::vector<int> in(100), out(100);
  std::iota(in.begin(), in.end(), -50);
  for (int factor = 1; factor < 6; ++factor)
    for (int call = 0; call < 2; ++call) {
      function(in, out, factor);
      for (std::size_t i = 0; i < in.size(); ++i)
        if (out[i] != in[i] * factor) return 2;
    }
  return published() != published_before ? 0 : 1;
}

/// What a child process does after it was refused this.
int use_without(unsigned what) {
  const pid_t child = fork();
  if (child == 0) _exit(refuse(what) ? use() : no_filters);
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

class RefusedMemory : public ::testing::Test {
 protected:
  void SetUp() override {
    if (use_without(0) == no_filters) GTEST_SKIP() << "this system takes no filters of system calls";
  }
};

TEST_F(RefusedMemory, CodeRunsWithoutMemoryFiles) { EXPECT_EQ(use_without(MemoryFiles), 0); }
TEST_F(RefusedMemory, CodeRunsWithoutProtecting) { EXPECT_EQ(use_without(ProtectExecutable), 0); }
TEST_F(RefusedMemory, CodeRunsWithoutMappingExecutably) { EXPECT_EQ(use_without(MapExecutable), 0); }
TEST_F(RefusedMemory, FunctionsAreInterpretedWithoutAny) {
  EXPECT_EQ(use_without(MapExecutable | ProtectExecutable), 1);
  EXPECT_EQ(use_without(MemoryFiles | ProtectExecutable), 1);
}

}  // namespace
}  // namespace cogent
