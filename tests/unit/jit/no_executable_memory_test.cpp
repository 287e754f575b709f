// Where the system lets a process have no executable memory, generated functions are interpreted.
#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cogent/cogent.h>

#include <numeric>
#include <vector>

#include "jit/executable_memory.h"

namespace cogent {
namespace {

constexpr int set_mdwe = 65;  // PR_SET_MDWE, since Linux 6.3: no memory becomes executable after it was writable
constexpr int refuse_exec_gain = 1;
constexpr int child_cannot_be_refused = 77;

// The sanitizers' own checks need files, which the child forgoes.
#if defined(__SANITIZE_ADDRESS__)
constexpr bool is_sanitized = true;
#elif defined(__has_feature)
constexpr bool is_sanitized = __has_feature(address_sanitizer) || __has_feature(thread_sanitizer);
#else
constexpr bool is_sanitized = false;
#endif

bool refuse_executable_memory() {
  const rlimit none{0, 0};  // no memfd either
  return prctl(set_mdwe, refuse_exec_gain, 0, 0, 0) == 0 && setrlimit(RLIMIT_NOFILE, &none) == 0;
}

void double_all(GeneratedCodeBlock& code, In<int> in, Out<int> out) {
  for (auto i : code.range(out.size())) out[i] = in[i] * 2;
}

int interpret_in_child() {
  if (!refuse_executable_memory()) return child_cannot_be_refused;
  const GeneratedFunction function("double_all", double_all);
  std::vector<int> in(100), out(100);
  std::iota(in.begin(), in.end(), -50);
  try {
    jit::ExecutableMemory memory;
    const std::uint8_t code[] = {0xc3};
    memory.publish(code);
    return child_cannot_be_refused;
  } catch (const jit::ExecutableMemoryError&) {
  }
  for (int call = 0; call < 2; ++call) function(in, out);
  for (std::size_t i = 0; i < in.size(); ++i)
    if (out[i] != in[i] * 2) return 1;
  try {
    std::vector<int> longer(101);
    function(in, longer);
    return 2;
  } catch (const GenerationError&) {
  }
  return 0;
}

TEST(NoExecutableMemory, FunctionsAreInterpreted) {
  if (is_sanitized) GTEST_SKIP() << "the sanitizers do not work where nothing may be opened";
  const pid_t child = fork();
  if (child == 0) _exit(interpret_in_child());
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status));
  if (WEXITSTATUS(status) == child_cannot_be_refused) GTEST_SKIP() << "this kernel cannot refuse executable memory";
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

}  // namespace
}  // namespace cogent
