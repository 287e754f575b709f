// Three generated functions with a mistake in an index. The excerpts are what the page shows.
#include "out_of_bounds.h"

#include <cogent/cogent.h>

#include <algorithm>
#include <span>

namespace walkthrough {
namespace {

using namespace cogent;

// clang-format off
// excerpt: wrong_row
GeneratedFunction blur("blur", [](GeneratedCodeBlock& code,
    In<uint8_t> source, Out<uint8_t> destination, int width) {
  const int padded_width = width + 2;
  for (auto i : code.range(destination.size())) {
    auto acc = code.variable(0);
    auto base = i / width * padded_width + i % width;
    for (int k = 0; k < 9; ++k) {
      const int row = k / 3 + 1;  // the mistake: rows 1 to 3 instead of 0 to 2
      acc += source[base + row * padded_width + k % 3];
    }
    destination[i] = clamp(acc / 9, 0, 255);
  }
});
// end of excerpt

// excerpt: value_index
GeneratedFunction pixel_at("pixel_at", [](GeneratedCodeBlock&,
    In<uint8_t> source, Value<int> x, Value<int> y, int width) {
  return source[y * width + x];
});
// end of excerpt

// excerpt: dynamic_size
GeneratedFunction sum_of("sum_of", [](GeneratedCodeBlock& code,
    DynamicIn<uint8_t> source, Value<int> count) {
  auto sum = code.variable(0);
  for (auto i : code.range(count)) {
    sum += source[i];
  }
  return Value<int>(sum);
});
// end of excerpt
// clang-format on

// Makes the wrong call, which must throw, and then a right one, which must work all the same.
template <class Expected, class Wrong, class Right>
void provoke(Incident& incident, const char* kind, Wrong wrong, Right right) {
  try {
    wrong();
  } catch (const Expected& error) {
    incident.kind = kind;
    incident.message = error.what();
    incident.line = static_cast<int>(error.position().line);
    incident.next_call = right();
  }
}

Incident wrong_row(const Picture& gray) {
  Incident incident{"An index that is wrong in every call",
                    "The sizes and the width are known while generating. So it is proven that the last rows would be "
                    "read from behind the picture: nothing is generated, and nothing is run.",
                    read_excerpt("out_of_bounds.cpp", "wrong_row")};
  Picture source = padded(gray, 1);
  Picture result = blank_picture(gray.width, gray.height);
  provoke<GenerationError>(
      incident, "GenerationError", [&] { blur(source.pixels, result.pixels, gray.width); },
      [&] {
        source.pixels.resize(source.pixels.size() + source.width);
        blur(source.pixels, result.pixels, gray.width);
        return "Given one more row below the picture, the same function works.";
      });
  return incident;
}

Incident value_index(const Picture& gray) {
  Incident incident{"An index that is known only at run time",
                    "Called for the pixel at x = 0, y = " + std::to_string(gray.height) +
                        ", which is one row too far. x and y are run-time values, so the generated code checks the "
                        "index where it uses it.",
                    read_excerpt("out_of_bounds.cpp", "value_index")};
  provoke<RunTimeError>(
      incident, "RunTimeError", [&] { pixel_at(gray.pixels, 0, gray.height, gray.width); },
      [&] {
        const int pixel = pixel_at(gray.pixels, 0, gray.height - 1, gray.width);
        return "One row higher, the same code gives " + std::to_string(pixel) + '.';
      });
  return incident;
}

Incident dynamic_size(const Picture& gray) {
  Incident incident{"An array whose size is known only at run time",
                    "Called with a row of " + std::to_string(gray.width) +
                        " pixels and count = " + std::to_string(gray.width + 1) +
                        ". With DynamicIn one code serves arrays of every size, and checks them.",
                    read_excerpt("out_of_bounds.cpp", "dynamic_size")};
  const auto row = std::span(gray.pixels).first(gray.width);
  provoke<RunTimeError>(
      incident, "RunTimeError", [&] { sum_of(row, gray.width + 1); },
      [&] { return "With the right count the sum is " + std::to_string(sum_of(row, gray.width)) + '.'; });
  return incident;
}

}  // namespace

std::vector<Incident> provoke_incidents(const Picture& gray) {
  return {wrong_row(gray), value_index(gray), dynamic_size(gray)};
}

}  // namespace walkthrough
