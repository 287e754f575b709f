// Arguments that are wrong whatever the picture are found where they are written, also in pipelines made in C++.
#include <gtest/gtest.h>

#include <cogent/image/describe.h>
#include <cogent/image/filters.h>

#include <algorithm>

namespace cogent::image {
namespace {

template <class Use>
std::string message_of(const Use& use) {
  try {
    use();
  } catch (const PipelineError& error) {
    return error.what();
  }
  return "no error";
}

TEST(Arguments, AreCheckedWhereTheyAreWritten) {
  struct Row {
    std::string text, message, carets;
  };
  const Row rows[] = {
      {"laplacian(5)", "neighbours: expected 4 or 8, not 5", "          ^"},
      {"gray | median(4)", "size: expected 3 or 5, not 4", "              ^"},
      {"rotate(45)", "degrees: expected -360, -270, -180, -90, 0, 90, 180, 270 or 360, not 45", "       ^~"},
      {"gaussian", "gaussian: expected a sigma or a size above 0", "^~~~~~~~"},
      {"gaussian(size=4)", "size: expected an odd number, not 4", "         ^~~~~~"},
      {"unsharp(size=6, amount=2)", "size: expected an odd number, not 6", "        ^~~~~~"},
      {"unsharp(0)", "unsharp: expected a sigma or a size above 0", "^~~~~~~"},
      {"adaptive_threshold(10)", "size: expected an odd number, not 10", "                   ^~"},
      {"convolve([1 2 1], 0)", "divisor: with the kernel's own this divides by 0", "                  ^"},
      {"convolve([1 2 1], anchor_x=3)", "anchor_x: expected -1 to 2 of this kernel, not 3",
       "                  ^~~~~~~~~~"},
      {"convolve([1 2 1], anchor_y=1)", "anchor_y: expected -1 to 0 of this kernel, not 1",
       "                  ^~~~~~~~~~"},
      {"dilate(element=[0 0])", "element: it has no pixel: all its weights are 0", "       ^~~~~~~~~~~~~"},
      {"mix([1; 1; 1; 1; 1])",
       "matrix: expected 1 to 4 rows, one for each channel of the result, and 1 to 5 columns, not 5 and 1",
       "    ^~~~~~~~~~~~~~~"},
      {"levels(10, 10)", "white: black and white are the same", "           ^~"},
      {"curves([1 2 3])", "points: expected rows of two numbers, from and to, not of 3", "       ^~~~~~~"},
      {"curves([0 0; 9 5; 9 8])", "points: expected first numbers that grow from row to row, not 9 and then 9",
       "       ^~~~~~~~~~~~~~~"},
      {"lut([7])", "entries: expected at least 2", "    ^~~"},
      {"gaussian(1, value=5)", "value: this is only of border=constant, not of reflect101", "            ^~~~~~~"},
      {"pad(2, value=5, border=wrap)", "value: this is only of border=constant, not of wrap", "       ^~~~~~~"},
      {"resize(2, width=50)", "factor: expected a factor or a size, not both", "       ^"},
  };
  for (const auto& [text, message, carets] : rows)
    EXPECT_EQ(message_of([&, &written = text] { Pipeline::parse(written); }),
              message + "\n  " + text + "\n  " + carets);
}

TEST(Arguments, AreCheckedInCpp) {
  EXPECT_EQ(message_of([] { Pipeline(Call{"laplacian", {{"", 5.0}}}); }), "neighbours: expected 4 or 8, not 5");
  EXPECT_EQ(message_of([] { Pipeline(Call{"gaussian", {}}); }), "gaussian: expected a sigma or a size above 0");
}

TEST(Arguments, OfFewIntegersAreListed) {
  const std::vector<FilterDescription> filters = describe_filters();
  const auto laplacian = std::ranges::find(filters, "laplacian", &FilterDescription::name);
  EXPECT_EQ(laplacian->parameters.front().takes, "4 or 8");
}

TEST(OneChannel, IsHadFromGrayOrByTheChannelAlone) {
  const auto why = [](const char* text, const char* format) {
    return message_of([&] { static_cast<void>(Pipeline::parse(text).output_format(make_format(9, 8, format))); });
  };
  EXPECT_EQ(why("canny(1, 2)", "rgb8"), "canny takes pictures of 1 channel, and meets 3; put gray before it");
  EXPECT_EQ(why("gray | canny(1, 2)", "rgba8"), "no error");
  EXPECT_EQ(why("gray | canny(1, 2)", "graya8"),
            "canny takes pictures of 1 channel, and meets gray with alpha; put channel(0) before it");
  EXPECT_EQ(why("otsu", "graya8"),
            "otsu takes pictures of 1 channel, and meets gray with alpha; put channel(0) before it");
  EXPECT_EQ(why("channel(0) | otsu", "graya8"), "no error");
  EXPECT_EQ(why("otsu", "2x8"), "otsu takes pictures of 1 channel, and meets 2; put channel(0) before it");
}

TEST(DidYouMean, FindsTheNearest) {
  const std::string_view commands[] = {"filter", "explain"};
  EXPECT_EQ(did_you_mean("filtr", commands), "; did you mean 'filter'?");
  EXPECT_EQ(did_you_mean("zebra", commands), "");
}

}  // namespace
}  // namespace cogent::image
