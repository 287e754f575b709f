// Arrays whose element type is a fact of the call: one body, a specialisation for each type.
#include <gtest/gtest.h>

#include <cogent/cogent.h>

#include <vector>

namespace cogent {
namespace {

// Written once for elements of two types: C++'s own templates do the rest.
template <class T>
void write_doubled(GeneratedCodeBlock& code, const AnyIn<2>& source, const AnyOut<2>& destination) {
  const auto from = source.as<T>();
  const auto to = destination.as<T>();
  for (auto y : code.range(source.extent(0)))
    for (auto x : code.range(source.extent(1))) to(y, x) = from(y, x) + from(y, x);
}

GeneratedFunction doubled("doubled", [](GeneratedCodeBlock& code, AnyIn<2> source, AnyOut<2> destination) {
  if (source.holds<float>())
    write_doubled<float>(code, source, destination);
  else
    write_doubled<std::uint8_t>(code, source, destination);
});

template <class T>
std::vector<T> run_doubled(const std::vector<T>& source) {
  std::vector<T> destination(source.size());
  doubled(View(source, {2, 3}), View(destination, {2, 3}));
  doubled.run_checked(View(source, {2, 3}), View(destination, {2, 3}));
  return destination;
}

TEST(AnyArray, HasASpecialisationForEachElementType) {
  EXPECT_EQ(run_doubled<std::uint8_t>({1, 2, 3, 4, 100, 200}), (std::vector<std::uint8_t>{2, 4, 6, 8, 200, 144}));
  EXPECT_EQ(run_doubled<float>({1, 2, 3, 4, 0.25F, 200}), (std::vector<float>{2, 4, 6, 8, 0.5F, 400}));
}

TEST(AnyArray, IsPrintedWithTheTypeItHas) {
  const std::vector<float> source(6);
  std::vector<float> destination(6);
  const std::string text = doubled.get_source(View(source, {2, 3}), View(destination, {2, 3}));
  EXPECT_NE(text.find("const float*"), std::string::npos) << text;
}

TEST(AnyArray, RefusesToBeTakenForAnotherType) {
  GeneratedFunction wrong("wrong", [](GeneratedCodeBlock&, AnyIn<2> source, Out<int> destination) {
    destination[0] = source.as<int>()(0, 0);
  });
  const std::vector<float> source(6);
  std::vector<int> destination(1);
  try {
    wrong(View(source, {2, 3}), destination);
    FAIL();
  } catch (const GenerationError& error) {
    EXPECT_NE(std::string(error.what()).find("of another type"), std::string::npos) << error.what();
    EXPECT_NE(error.position().file.find("any_array_test.cpp"), std::string::npos);
  }
}

TEST(AnyArray, SpecializationChecksTheType) {
  const std::vector<float> floats(6);
  const std::vector<std::uint8_t> bytes(6);
  std::vector<float> to_floats(6);
  std::vector<std::uint8_t> to_bytes(6);
  const auto specialized = doubled.specialize(View(floats, {2, 3}), View(to_floats, {2, 3}));
  specialized(View(floats, {2, 3}), View(to_floats, {2, 3}));
  EXPECT_THROW(specialized(View(bytes, {2, 3}), View(to_bytes, {2, 3})), GenerationError);
}

}  // namespace
}  // namespace cogent
