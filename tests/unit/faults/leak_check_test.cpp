// The address sanitizer's build looks for leaks when a test process ends.
#include <gtest/gtest.h>

#include <cstdlib>

namespace cogent {
namespace {

#if defined(__SANITIZE_ADDRESS__)
constexpr bool is_sanitized = true;
#elif defined(__has_feature)
constexpr bool is_sanitized = __has_feature(address_sanitizer);
#else
constexpr bool is_sanitized = false;
#endif

[[noreturn]] void leak_and_end() {
  static void* volatile leaked;
  leaked = std::malloc(1234);
  if (leaked == nullptr) std::abort();
  leaked = nullptr;
  std::exit(0);
}

TEST(LeakCheck, FindsALeakAtTheEndOfTheProcess) {
  if (!is_sanitized) GTEST_SKIP() << "only with the address sanitizer";
  EXPECT_EXIT(leak_and_end(), [](int status) { return status != 0; }, "LeakSanitizer: detected memory leaks");
}

}  // namespace
}  // namespace cogent
