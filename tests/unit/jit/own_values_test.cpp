// The numbers of values of users' own types in keys.
#include <gtest/gtest.h>

#include <cogent/cogent.h>

#include <functional>
#include <string>

namespace cogent::detail {
namespace {

struct Mode {
  int value;
  bool operator==(const Mode&) const = default;
};
struct Twin : Mode {};

OwnValue own(const Mode& mode, const TypeIdentity& type) {
  return {type, &mode, 0,
          [](const void* a, const void* b) { return *static_cast<const Mode*>(a) == *static_cast<const Mode*>(b); },
          [](const void* of) -> std::shared_ptr<const void> {
            return std::make_shared<const Mode>(*static_cast<const Mode*>(of));
          }};
}

TEST(OwnValues, HaveTheSameNumberInAllLibraries) {
  const TypeIdentity here = identify<Mode>();
  const char tag_of_other_library = 0;
  const TypeIdentity there{&tag_of_other_library, here.info};
  const std::uint64_t five = number_of(own({5}, here));
  EXPECT_EQ(five, number_of(own({5}, there)));
  EXPECT_NE(five, number_of(own({7}, there)));  // of the same hash
}

TEST(OwnValues, OfOtherTypesAreOthers) {
  const std::uint64_t five = number_of(own({5}, identify<Mode>()));
  EXPECT_NE(five, number_of(own({5}, identify<Twin>())));
  EXPECT_EQ(five, number_of(own({5}, identify<Mode>())));
}

TEST(OwnValues, AreForgottenWhenTheyAreManyAndNumbersAreNotUsedAgain) {
  const auto number = [](int value) {
    const Mode mode{value};
    OwnValue many = own(mode, identify<Mode>());
    many.hash = static_cast<std::size_t>(value);
    return number_of(many);
  };
  const std::uint64_t first = number(-1);
  std::uint64_t last = first;
  for (int i = 0; i < 70'000; ++i) {
    const std::uint64_t next = number(i);
    ASSERT_EQ(last + 1, next);
    last = next;
  }
  EXPECT_EQ(last + 1, number(-1));
}

}  // namespace
}  // namespace cogent::detail
