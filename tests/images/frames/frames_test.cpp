// Frames of a video: a compiled pipeline allocates nothing and takes no lock. This executable counts what all of it
// does.
#include <cogent/image/pipeline.h>
#include <dlfcn.h>
#include <gtest/gtest.h>
#include <pthread.h>

#include <atomic>
#include <cstddef>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define COGENT_TEST_CANNOT_COUNT
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(__GLIBC__)
#define COGENT_TEST_CANNOT_COUNT
#endif

namespace {

std::atomic<int> allocations = 0, locks = 0;

}  // namespace

#ifndef COGENT_TEST_CANNOT_COUNT
extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_memalign(std::size_t, std::size_t);

void* malloc(std::size_t bytes) {
  ++allocations;
  return __libc_malloc(bytes);
}
void* aligned_alloc(std::size_t alignment, std::size_t bytes) {
  ++allocations;
  return __libc_memalign(alignment, bytes);
}
int pthread_mutex_lock(pthread_mutex_t* mutex) {
  using Lock = int (*)(pthread_mutex_t*);
  static std::atomic<Lock> lock = nullptr;
  ++locks;
  if (lock == nullptr) lock = reinterpret_cast<Lock>(dlsym(RTLD_NEXT, "pthread_mutex_lock"));
  return lock.load()(mutex);
}
}
#endif

namespace cogent::testing {
namespace {

struct Counts {
  int allocations, locks;
};

constexpr int frames = 20;

// Of some frames after the first ones.
Counts count_in_frames(const char* text, int threads) {
  const image::Format format{640, 360, 3};
  const image::CompiledPipeline code = image::Pipeline::parse(text).compile(format, {.threads = threads});
  image::Picture<std::uint8_t> in(format);
  for (int y = 0; y < format.height; ++y)  // squares, so that there is something to find
    for (int x = 0; x < format.width; ++x)
      for (int c = 0; c < format.channels; ++c) in(y, x, c) = (x / 16 + y / 16) % 2 == 0 ? 0 : 200;
  image::Picture<std::uint8_t> out(code.output_format());
  constexpr int first_frames = 50;
  for (int i = 0; i < first_frames; ++i) code(in, out);
  const Counts before{allocations, locks};
  for (int i = 0; i < frames; ++i) code(in, out);
  return {allocations - before.allocations, locks - before.locks};
}

constexpr const char* pipelines[] = {
    "gray | {sobel(x); sobel(y)} | abs_sum | threshold(100)",  // rings in the frame
    "gaussian(5) | {identity; box(31)} | difference",          // large ones
    "gray | resize(width=333, method=lanczos3) | equalise",    // pictures in memory, facts
    "gray | canny(50, 100)",
};

class Frames : public ::testing::Test {
  void SetUp() override {
#ifdef COGENT_TEST_CANNOT_COUNT
    GTEST_SKIP() << "a sanitizer counts for itself";
#endif
  }
};

TEST_F(Frames, NeitherAllocateNorLockInOneThread) {
  for (const char* text : pipelines) {
    const Counts counts = count_in_frames(text, 1);
    EXPECT_EQ(counts.allocations, 0) << text;
    EXPECT_EQ(counts.locks, 0) << text;
  }
}

// A thread that takes part late allocates what it keeps, and oneTBB now and then for itself; no frame does.
TEST_F(Frames, NeitherAllocateNorLockInTwoThreads) {
  for (const char* text : pipelines) {
    const Counts counts = count_in_frames(text, 2);
    EXPECT_LT(counts.allocations, frames / 2) << text;
    EXPECT_LT(counts.locks, frames / 2) << text;
  }
}

TEST_F(Frames, AreCountedWhereTheyAllocateOrLock) {
  const Counts before{allocations, locks};
  static_cast<void>(image::Pipeline::parse("gray").compile({64, 48, 3}));
  EXPECT_GT(allocations, before.allocations);
  EXPECT_GT(locks, before.locks);
}

}  // namespace
}  // namespace cogent::testing
