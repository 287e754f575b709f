// A function whose values find no room in a frame is interpreted.
#include <gtest/gtest.h>

#include <cogent/cogent.h>

#include <vector>

namespace cogent {
namespace {

constexpr int many = 40'000;  // more 8-byte values than a frame of 256 KiB can hold

void reverse_all(GeneratedCodeBlock&, In<std::int64_t> in, Out<std::int64_t> out) {
  std::vector<Value<std::int64_t>> values;
  for (int i = 0; i < many; ++i) values.push_back(in[i]);
  for (int i = 0; i < many; ++i) out[i] = values[static_cast<std::size_t>(many - 1 - i)];
}

TEST(LargeFunction, IsInterpretedWhereItsFrameWouldBeTooLarge) {
  const GeneratedFunction function("reverse_all", reverse_all);
  std::vector<std::int64_t> in(many), out(many);
  for (int i = 0; i < many; ++i) in[static_cast<std::size_t>(i)] = i * 7;
  function(in, out);
  for (int i = 0; i < many; ++i) ASSERT_EQ(out[static_cast<std::size_t>(i)], (many - 1 - i) * 7);
}

}  // namespace
}  // namespace cogent
