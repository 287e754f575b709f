// Programs whose values, elements and results are enums.
#include "witness/program.h"

namespace cogent::witness {
namespace {

enum class Color : std::uint8_t { red, green, blue };
enum class Level : std::int16_t { low = -300, middle = 0, high = 300 };
enum Shape : unsigned { circle, square, triangle = 3'000'000'000 };
enum class Wide : std::int64_t { first = INT64_MIN, none = 0, last = INT64_MAX };
enum class Answer : bool { no, yes };

Color a_color(Random& random) { return static_cast<Color>(random.between(0, 3)); }
Level a_level(Random& random) { return static_cast<Level>(random.between(-1, 1) * 300); }
GuardedArray<Color> some_colors(Random& random, std::size_t size) {
  GuardedArray<Color> colors(size);
  for (Color& color : colors.span()) color = a_color(random);
  return colors;
}

void add_comparisons(Programs& programs) {
  add(
      programs, "compared_enums",
      [](GeneratedCodeBlock&, Value<Color> a, Value<Color> b, Out<bool> results) {
        results[0] = a == b;
        results[1] = a != Color::green;
        results[2] = Color::green < a;
        results[3] = a <= b;
        results[4] = a > b;
        results[5] = b >= Color::blue;
        return max(select(a == Color::red, b, a), min(b, Color::green));
      },
      [](Color a, Color b, std::span<bool> results) {
        const bool expected[] = {a == b, a != Color::green, Color::green<a, a <= b, a> b, b >= Color::blue};
        std::ranges::copy(expected, results.begin());
        return std::max(a == Color::red ? b : a, std::min(b, Color::green));
      },
      [](Random& random) { return std::tuple(a_color(random), a_color(random), GuardedArray<bool>(6)); });

  add(
      programs, "compared_enums_of_other_widths",
      [](GeneratedCodeBlock&, Value<Level> level, Value<Wide> wide, Value<Answer> answer) {
        return cast<int>(level < Level::middle) + cast<int>(wide > Wide::none) * 2 + cast<int>(answer) * 4 +
               cast<int>(answer != Answer::no) * 8 + cast<int>(wide == Wide::first) * 16;
      },
      [](Level level, Wide wide, Answer answer) {
        return (level < Level::middle) + (wide > Wide::none) * 2 + (answer == Answer::yes) * 12 +
               (wide == Wide::first) * 16;
      },
      [](Random& random) {
        const Wide wides[] = {Wide::first, Wide::none, Wide::last, static_cast<Wide>(random.bits())};
        return std::tuple(a_level(random), wides[random.bits() % 4], static_cast<Answer>(random.one_in(2)));
      });
}

void add_conversions(Programs& programs) {
  add(
      programs, "enums_and_numbers",
      [](GeneratedCodeBlock&, Value<int> x, Value<float> y, Value<Shape> shape, Out<Color> colors, Out<Level> levels) {
        colors[0] = cast<Color>(x);
        colors[1] = cast<Color>(y);
        colors[2] = cast<Color>(cast<Level>(x));
        levels[0] = cast<Level>(colors[0]);
        levels[1] = cast<Level>(shape + x);
        return cast<std::int64_t>(shape) + cast<std::int64_t>(cast<Level>(x)) + cast<std::int64_t>(shape < x) +
               cast<std::int64_t>(cast<Answer>(x)) + cast<std::int64_t>(-shape);
      },
      [](int x, float y, Shape shape, std::span<Color> colors, std::span<Level> levels) {
        const auto number = static_cast<unsigned>(shape);
        const auto added = number + static_cast<unsigned>(x);
        colors[0] = static_cast<Color>(x);
        colors[1] = static_cast<Color>(cogent::cast<std::uint8_t>(y));
        colors[2] = static_cast<Color>(static_cast<std::int16_t>(x));
        levels[0] = static_cast<Level>(static_cast<std::uint8_t>(x));
        levels[1] = static_cast<Level>(static_cast<std::int16_t>(added));
        return std::int64_t{number} + static_cast<std::int16_t>(x) + (number < static_cast<unsigned>(x)) + (x != 0) +
               (0u - number);
      },
      [](Random& random) {
        const Shape shapes[] = {circle, square, triangle};
        return std::tuple(any<int>(random), any<float>(random), shapes[random.bits() % 3], GuardedArray<Color>(3),
                          GuardedArray<Level>(2));
      });
}

void add_elements(Programs& programs) {
  add(
      programs, "arrays_and_variables_of_enums",
      [](GeneratedCodeBlock& code, In<Color> in, InOut<Color> out, Value<std::int64_t> n) {
        const auto next = code.table({Color::green, Color::blue, Color::red, Color::red});
        auto seen = code.scratch(4, Level::low);
        auto last = code.variable(Color::blue);
        for (auto i : code.range(n)) {
          for (Color color : code.cases(in[i], {Color::red, Color::green, Color::blue})) {
            out[i] = color == Color::blue ? Color::red : Color::blue;
            seen[static_cast<int>(color)] = Level::high;
          }
          if (auto _ = code.otherwise()) out[i] = last;
          last = next[cast<int>(in[i])];
        }
        return cast<int>(last) * 1000 + cast<int>(seen[1]);
      },
      [](std::span<const Color> in, std::span<Color> out, std::int64_t n) {
        const Color next[] = {Color::green, Color::blue, Color::red, Color::red};
        Level seen[4] = {Level::low, Level::low, Level::low, Level::low};
        Color last = Color::blue;
        for (std::int64_t i = 0; i < n; ++i) {
          if (i >= std::ssize(in)) throw ExpectedFault();
          if (in[i] <= Color::blue) {
            out[i] = in[i] == Color::blue ? Color::red : Color::blue;
            seen[static_cast<int>(in[i])] = Level::high;
          } else {
            out[i] = last;
          }
          last = next[static_cast<int>(in[i])];
        }
        return static_cast<int>(last) * 1000 + static_cast<int>(seen[1]);
      },
      [](Random& random) {
        return std::tuple(some_colors(random, 9), some_colors(random, 9), std::int64_t{random.between(0, 10)});
      });

  add(
      programs, "cases_of_an_unscoped_enum",
      [](GeneratedCodeBlock& code, Value<Shape> shape, DynamicIn<Shape> shapes) {
        auto result = code.variable(circle);
        for (Shape v : code.cases(shape, {square, triangle})) result = v == square ? triangle : square;
        for (auto i : code.range(shapes.size()))
          if (auto _ = code.when(shapes[i] == result)) result = shapes[shapes.size() - 1 - i];
        return result;
      },
      [](Shape shape, std::span<const Shape> shapes) {
        Shape result = shape == square ? triangle : shape == triangle ? square : circle;
        for (std::size_t i = 0; i < shapes.size(); ++i)
          if (shapes[i] == result) result = shapes[shapes.size() - 1 - i];
        return result;
      },
      [](Random& random) {
        const Shape shapes[] = {circle, square, triangle};
        GuardedArray<Shape> several(5);
        for (Shape& shape : several.span()) shape = shapes[random.bits() % 3];
        return std::tuple(shapes[random.bits() % 3], several);
      });
}

}  // namespace

void add_enums(Programs& programs) {
  add_comparisons(programs);
  add_conversions(programs);
  add_elements(programs);
}

}  // namespace cogent::witness
