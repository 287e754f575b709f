// run_checked compares; what is left to do is to tell its verdicts from the errors that a body is meant to have.
#include "fuzz/bodies.h"

#include <array>
#include <string_view>

#include "fuzz/body.h"
#include "support/machine_code.h"
#include "x86/cpu_features.h"

namespace cogent::fuzz {
namespace {

constexpr int deepest = 3;

GeneratedFunction random_body("random_body",
                              [](GeneratedCodeBlock& code, In<std::uint8_t> bytes, InOut<int> numbers,
                                 DynamicInOut<float> floats, In<std::int16_t, 2> picture, Value<int> x,
                                 Value<std::int64_t> y, Value<double> z, std::uint64_t seed) -> Value<std::int64_t> {
                                BodyScope scope{code,
                                                bytes,
                                                numbers,
                                                floats,
                                                picture,
                                                x,
                                                y,
                                                z,
                                                code.variable(false),
                                                code.variable<std::int8_t>(-5),
                                                code.variable<std::uint8_t>(250),
                                                code.variable<std::int16_t>(-300),
                                                code.variable<std::uint16_t>(40000),
                                                code.variable(7),
                                                code.variable(7u),
                                                code.variable<std::int64_t>(-1),
                                                code.variable<std::uint64_t>(9),
                                                code.variable(1.5f),
                                                code.variable(-2.25)};
                                for (auto i : code.range(2).named("outermost")) {
                                  scope.i32 += i;
                                  if (add_statements(scope, seed, deepest)) continue;
                                }
                                return scope.i64 + scope.i32 + cast<std::int64_t>(scope.f32);
                              });

struct Arguments {
  std::array<std::uint8_t, 16> bytes;
  std::array<int, 12> numbers;
  std::array<float, 10> floats;
  std::array<std::int16_t, 15> picture;
  int x;
  std::int64_t y;
  double z;

  explicit Arguments(testing::Random& random) {
    for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random.bits());
    for (auto& number : numbers) number = static_cast<int>(random.value(ir::Type::I32));
    for (auto& number : floats) number = random.floating<float>();
    for (auto& pixel : picture) pixel = static_cast<std::int16_t>(random.bits());
    x = static_cast<int>(random.value(ir::Type::I32));
    y = random.value(ir::Type::I64);
    z = random.floating<double>();
  }
};

}  // namespace

BodyVerdict try_body(std::uint64_t seed) {
  testing::Random random(seed);
  Arguments arguments(random);
  const x86::ScopedCpuLevel mask(random.pick(testing::cpu_levels()));
  try {
    random_body.run_checked(arguments.bytes, arguments.numbers, arguments.floats,
                            View(arguments.picture.data(), {3, 5}), arguments.x, arguments.y, arguments.z, seed);
  } catch (const CheckError& error) {  // the last of its findings is not about a difference
    const bool differs =
        std::string_view(error.what()).find("in C++ this would be undefined") == std::string_view::npos;
    return {.problem = differs ? error.what() : ""};
  } catch (const GenerationError& error) {
    // A fault that every call runs into is one of the things that random bodies do.
    const std::string_view what = error.what();
    for (const char* fault : {"index", "divi", "step"})
      if (what.find(fault) != std::string_view::npos) return {.is_compared = false};
    return {.problem = error.what()};
  } catch (const RunTimeError&) {
  } catch (const HelperError&) {
  } catch (const std::exception& error) {
    return {.problem = error.what()};
  }
  return {};
}

}  // namespace cogent::fuzz
