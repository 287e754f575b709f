// Published code runs, is given back and reused, in every way of getting memory for it; none is writable and
// executable.
#include "jit/executable_memory.h"

#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "machine_code.h"

namespace cogent::jit {
namespace {

std::vector<std::string> writable_and_executable_mappings() {
  std::ifstream maps("/proc/self/maps");
  std::vector<std::string> result;
  for (std::string line; std::getline(maps, line);) {
    std::string permissions = line.substr(line.find(' ') + 1, 4);
    if (permissions[1] == 'w' && permissions[2] == 'x') result.push_back(line);
  }
  return result;
}

// Until the end of the scope, system calls that open a file (memfd_create among them) are refused.
class ScopedNoFiles {
 public:
  ScopedNoFiles() {
    getrlimit(RLIMIT_NOFILE, &before_);
    rlimit none{0, before_.rlim_max};
    setrlimit(RLIMIT_NOFILE, &none);
  }
  ~ScopedNoFiles() { setrlimit(RLIMIT_NOFILE, &before_); }

 private:
  rlimit before_;
};

class EveryMethod : public testing::TestWithParam<ExecutableMemoryMethod> {};

TEST_P(EveryMethod, CodeRunsWhereItWasPublished) {
  ExecutableMemory memory(GetParam());
  CodeBlock first = memory.publish(code_returning(41));
  CodeBlock second = memory.publish(code_returning(42));
  EXPECT_EQ(run(first), 41);
  EXPECT_EQ(run(second), 42);
  EXPECT_EQ(first.size, 6u);
}

TEST_P(EveryMethod, BlocksAreAlignedAndKeepTheirBytes) {
  ExecutableMemory memory(GetParam());
  for (std::size_t size : {6, 63, 64, 65, 4095, 4096, 4097, 300'000}) {
    std::vector<std::uint8_t> code = code_returning(static_cast<std::int32_t>(size), size);
    code.back() = code.size() == 6 ? 0xC3 : 0x5A;
    CodeBlock block = memory.publish(code);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(block.entry) % 64, 0u);
    EXPECT_EQ(std::memcmp(block.entry, code.data(), size), 0);
    EXPECT_EQ(run(block), static_cast<std::int32_t>(size));
  }
}

TEST_P(EveryMethod, NoMappingIsWritableAndExecutable) {
  ExecutableMemory memory(GetParam());
  CodeBlock block = memory.publish(code_returning(7));
  memory.publish(code_returning(8, 1 << 20));
  EXPECT_EQ(writable_and_executable_mappings(), std::vector<std::string>{});
  memory.release(block);
  EXPECT_EQ(writable_and_executable_mappings(), std::vector<std::string>{});
}

TEST_P(EveryMethod, ReleasingEverythingReturnsAllButOneSlab) {
  ExecutableMemory memory(GetParam());
  std::vector<CodeBlock> blocks;
  for (int i = 0; i < 300; ++i) {
    blocks.push_back(memory.publish(code_returning(i, 10'000)));
  }
  EXPECT_GE(memory.use().used_bytes, 3'000'000u);
  for (int i = 0; i < 300; ++i) {
    EXPECT_EQ(run(blocks[i]), i);
    memory.release(blocks[i]);
  }
  EXPECT_EQ(memory.use().used_bytes, 0u);
  EXPECT_LE(memory.use().slabs, 1u);
}

TEST_P(EveryMethod, ThreadsPublishAndReleaseAtOnce) {
  ExecutableMemory memory(GetParam());
  auto work = [&memory](int seed, int& failures) {
    std::vector<CodeBlock> blocks;
    for (int i = 0; i < 500; ++i) {
      blocks.push_back(memory.publish(code_returning(seed + i, 6 + i * 37 % 900)));
      if (i % 3 == 2) {
        memory.release(blocks[i - 1]);
        blocks[i - 1] = {};
      }
    }
    for (int i = 0; i < 500; ++i) {
      if (blocks[i].entry != nullptr && run(blocks[i]) != seed + i) ++failures;
      memory.release(blocks[i]);
    }
  };
  int failures[3] = {};
  std::vector<std::thread> threads;
  for (int n = 0; n < 3; ++n) threads.emplace_back(work, 1000 * n, std::ref(failures[n]));
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(std::count(std::begin(failures), std::end(failures), 0), 3);
  EXPECT_EQ(memory.use().used_bytes, 0u);
}

std::string method_name(const testing::TestParamInfo<ExecutableMemoryMethod>& info) {
  switch (info.param) {
    case ExecutableMemoryMethod::Automatic:
      return "Automatic";
    case ExecutableMemoryMethod::DualMapping:
      return "DualMapping";
    default:
      return "Protection";
  }
}

INSTANTIATE_TEST_SUITE_P(ExecutableMemory, EveryMethod,
                         testing::Values(ExecutableMemoryMethod::Automatic, ExecutableMemoryMethod::DualMapping,
                                         ExecutableMemoryMethod::Protection),
                         method_name);

TEST(ExecutableMemory, FreedNeighboursCoalesceAndAreReused) {
  ExecutableMemory memory(ExecutableMemoryMethod::DualMapping);
  CodeBlock blocks[5];
  for (int i = 0; i < 5; ++i) blocks[i] = memory.publish(code_returning(i, 1000));
  for (int i : {1, 3, 2}) memory.release(blocks[i]);
  CodeBlock large = memory.publish(code_returning(9, 3 * 1024));
  EXPECT_EQ(large.entry, blocks[1].entry) << "three freed neighbours make one hole, the first that fits";
  EXPECT_EQ(run(blocks[0]), 0);
  EXPECT_EQ(run(blocks[4]), 4);
  EXPECT_EQ(memory.use().slabs, 1u);
}

TEST(ExecutableMemory, FreedBlocksTrap) {
  ExecutableMemory memory(ExecutableMemoryMethod::DualMapping);
  memory.publish(code_returning(1));
  CodeBlock block = memory.publish(code_returning(2));
  memory.release(block);
  EXPECT_EQ(*static_cast<const std::uint8_t*>(block.entry), 0xCC);
}

TEST(ExecutableMemory, CodeLargerThanASlabGetsItsOwn) {
  ExecutableMemory memory(ExecutableMemoryMethod::DualMapping);
  CodeBlock small = memory.publish(code_returning(1));
  CodeBlock large = memory.publish(code_returning(2, 10 << 20));
  EXPECT_EQ(run(large), 2);
  EXPECT_EQ(memory.use().slabs, 2u);
  memory.release(large);
  EXPECT_EQ(memory.use().slabs, 1u) << "an empty slab goes back to the system";
  EXPECT_EQ(run(small), 1);
}

TEST(ExecutableMemory, AutomaticFallsBackToProtectionWithoutMemfd) {
  ExecutableMemory memory;
  memory.publish(code_returning(4));
  CodeBlock block;
  {
    ScopedNoFiles no_files;
    block = memory.publish(code_returning(5));
    EXPECT_THROW(ExecutableMemory(ExecutableMemoryMethod::DualMapping).publish(code_returning(5)),
                 ExecutableMemoryError);
  }
  EXPECT_EQ(run(block), 5);
  EXPECT_EQ(memory.use().mapped_bytes, 2 * 4096u) << "each function has its own mapping";
  memory.publish(code_returning(6));
  EXPECT_GT(memory.use().mapped_bytes, 100'000u) << "two mappings are used as soon as they are allowed";
}

TEST(ExecutableMemory, RefusalIsExplained) {
  ExecutableMemory memory(ExecutableMemoryMethod::Refuse);
  try {
    memory.publish(code_returning(1));
    FAIL() << "published although everything was to be refused";
  } catch (const ExecutableMemoryError& error) {
    EXPECT_NE(std::string(error.what()).find("no memory for generated code (Operation not permitted)"),
              std::string::npos)
        << error.what();
  }
  EXPECT_EQ(memory.use().slabs, 0u);
}

// In a process of its own, which the kernel forbids to make memory executable that was writable.
[[noreturn]] void publish_under_memory_deny_write_execute() {
  constexpr int set_memory_deny_write_execute = 65;  // PR_SET_MDWE, which Linux has since 6.3
  constexpr unsigned long refuse_gaining_execution = 1;
  if (prctl(set_memory_deny_write_execute, refuse_gaining_execution, 0, 0, 0) != 0) std::exit(0);
  ExecutableMemory memory;
  bool runs = run(memory.publish(code_returning(5))) == 5;
  bool refused = false;
  try {
    ScopedNoFiles no_files;
    ExecutableMemory().publish(code_returning(5));
  } catch (const ExecutableMemoryError&) {
    refused = true;
  }
  std::exit(runs && refused ? 0 : 1);
}

TEST(ExecutableMemory, WhatTheKernelRefusesIsNotForced) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(publish_under_memory_deny_write_execute(), testing::ExitedWithCode(0), "");
}

TEST(ExecutableMemory, EmptyBlockIsIgnored) {
  ExecutableMemory memory;
  memory.release({});
  EXPECT_EQ(memory.use().slabs, 0u);
}

}  // namespace
}  // namespace cogent::jit
