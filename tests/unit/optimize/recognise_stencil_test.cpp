// What is recognised as a stencil, in which words it may be written, and the reasons for refusing.
#include "optimize/recognise_stencil.h"

#include <gtest/gtest.h>

#include <bit>
#include <cstring>

#include "optimize/pipeline.h"
#include "unit/optimize/convolution_programs.h"

namespace cogent::optimize {
namespace {

class RecogniseStencil : public testing::Test {
 protected:
  bool recognise() {
    const ir::Program& optimized = pipeline_.run(program_, {.disabled = pass_named("hoist_checks")});
    return recogniser_.run(optimized, pipeline_.ranges(), pipeline_.forms(), stencil_);
  }
  std::string why_not() {
    EXPECT_FALSE(recognise());
    return recogniser_.why_not() == nullptr ? "" : recogniser_.why_not();
  }
  const ir::StencilStage& stage() const { return stencil_.stages.front(); }

  void expect_convolution(const Convolution& c) {
    ASSERT_TRUE(recognise()) << recogniser_.why_not();
    EXPECT_EQ(stencil_.source, c.source);
    EXPECT_EQ(stencil_.destination, c.destination);
    EXPECT_EQ(stencil_.width, c.width);
    EXPECT_EQ(stencil_.rows, c.height);
    EXPECT_EQ(stencil_.destination_pitch, c.width);
    EXPECT_EQ(stencil_.destination_offset, 0);
    expect_window(c);
  }
  void expect_window(const Convolution& c) {
    std::vector<std::int64_t> taps(static_cast<std::size_t>(c.side * c.side), 0);
    for (std::int64_t row = 0; row < stage().height; ++row)
      for (std::int64_t column = 0; column < stage().width; ++column) {
        const std::int64_t at = stencil_.source_offset + row * stencil_.source_pitch + column;
        const std::int32_t tap = stencil_.taps[static_cast<std::size_t>(row * stage().width + column)];
        if (tap != 0) taps.at(static_cast<std::size_t>(at / c.pitch * c.side + at % c.pitch)) += tap;
      }
    EXPECT_EQ(taps, c.kernel);
  }

  ir::Program program_;
  Pipeline pipeline_;
  StencilRecogniser recogniser_;
  ir::Stencil stencil_;
};

TEST_F(RecogniseStencil, FlatLoop) {
  Convolution c(program_, 100, 20, 5);
  c.flat();
  expect_convolution(c);
  EXPECT_EQ(stencil_.source_pitch, 104);
  EXPECT_EQ(stage().width, 5);
  EXPECT_EQ(stage().height, 5);
  EXPECT_EQ(stage().shift, 0);
  EXPECT_EQ(stage().bias, 0);
}

TEST_F(RecogniseStencil, FlatLoopWith32BitIndex) {
  Convolution c(program_, 100, 20, 3);
  c.flat(Type::I32);
  expect_convolution(c);
}

TEST_F(RecogniseStencil, EmptyMiddleColumn) {
  Convolution c(program_, 64, 9, 3, false);
  c.flat();
  expect_convolution(c);
}

TEST_F(RecogniseStencil, CrossInSmallAndLargePictures) {
  for (const std::int64_t width : {16, 63, 64, 500}) {
    Convolution c(program_, width, 5, 3);
    c.kernel = {0, 1, 0, 1, -4, 1, 0, 1, 0};
    c.flat();
    expect_convolution(c);
    EXPECT_EQ(stage().width, 3);
    EXPECT_EQ(stage().height, 3);
  }
}

TEST_F(RecogniseStencil, WideWindowInSmallPicture) {
  Convolution c(program_, 20, 3, 31);
  c.flat();
  expect_convolution(c);
  EXPECT_EQ(stage().width, 31);
}

TEST_F(RecogniseStencil, NestedLoops) {
  Convolution c(program_, 70, 11, 3);
  c.loop(c.height, [&](Id y) {
    c.loop(c.width, [&](Id x) {
      c.store(c.destination, c.add(c.times(y, c.width), x), c.clamp(c.sum(c.add(c.times(y, c.pitch), x)), 0, 255));
    });
  });
  expect_convolution(c);
}

TEST_F(RecogniseStencil, OneRow) {
  for (const std::int64_t width : {20, 100}) {
    Convolution c(program_, width, 1, 3);
    c.flat();
    expect_convolution(c);
  }
}

TEST_F(RecogniseStencil, LoopsThatBeginLater) {
  Convolution c(program_, 100, 20, 3);
  c.loop(c.number(2), c.number(10), [&](Id y) {
    c.loop(c.number(5), c.number(90), [&](Id x) {
      c.store(c.destination, c.add(c.times(y, c.width), x), c.clamp(c.sum(c.add(c.times(y, c.pitch), x)), 0, 255));
    });
  });
  ASSERT_TRUE(recognise()) << recogniser_.why_not();
  EXPECT_EQ(stencil_.rows, 8);
  EXPECT_EQ(stencil_.width, 85);
  EXPECT_EQ(stencil_.destination_offset, 205);
  EXPECT_EQ(stencil_.source_offset, 2 * 102 + 5);
}

TEST_F(RecogniseStencil, ShiftBiasAndCloserClamp) {
  Convolution c(program_, 100, 20, 3);
  c.loop(c.width * c.height, [&](Id i) {
    const Id base = c.add(c.times(c.over(i, c.width), c.pitch), c.modulo(i, c.width));
    const Id sum = c.plus(c.sum(base), 8);
    const Id shifted = c.b.binary(Op::ShiftRight, sum, c.number(4, Type::I32));
    c.store(c.destination, i, c.clamp(c.plus(shifted, -3), 16, 235));
  });
  expect_convolution(c);
  EXPECT_EQ(stage().shift, 4);
  EXPECT_EQ(stage().bias, 8 - 3 * 16);
  EXPECT_EQ(stage().low, 16);
  EXPECT_EQ(stage().high, 235);
}

TEST_F(RecogniseStencil, MeanByDivisionNeedsNoClamp) {
  Convolution c(program_, 100, 20, 2);
  c.kernel = {1, 1, 1, 1};
  c.loop(c.width * c.height, [&](Id i) {
    const Id base = c.add(c.times(c.over(i, c.width), c.pitch), c.modulo(i, c.width));
    c.store(c.destination, i, c.over(c.sum(base), 4));
  });
  expect_convolution(c);
  EXPECT_EQ(stage().shift, 2);
}

TEST_F(RecogniseStencil, WiderResults) {
  for (const Type result : {Type::I16, Type::I32, Type::U32}) {
    Convolution c(program_, 100, 20, 3, true, result);
    c.loop(c.width * c.height, [&](Id i) { c.store(c.destination, i, c.sum(c.corner(i))); });
    expect_convolution(c);
    EXPECT_EQ(stencil_.result, result);
    EXPECT_EQ(stage().low, result == Type::I16 ? INT16_MIN : INT32_MIN);
    EXPECT_EQ(stage().high, result == Type::I16 ? INT16_MAX : INT32_MAX);
  }
}

TEST_F(RecogniseStencil, ClampToUnsignedWords) {
  Convolution c(program_, 100, 20, 3, true, Type::U16);
  c.loop(c.width * c.height, [&](Id i) { c.store(c.destination, i, c.clamp(c.sum(c.corner(i)), 3, 40000)); });
  expect_convolution(c);
  EXPECT_EQ(stage().low, 3);
  EXPECT_EQ(stage().high, 40000);
}

TEST_F(RecogniseStencil, FloatsWithAScale) {
  Convolution c(program_, 100, 20, 3, true, Type::F32);
  c.loop(c.width * c.height, [&](Id i) {
    const Id scale = c.number(std::bit_cast<std::int32_t>(0.125F), Type::F32);
    c.store(c.destination, i, c.b.binary(Op::Multiply, c.b.convert(c.sum(c.corner(i)), Type::F32), scale));
  });
  expect_convolution(c);
  EXPECT_EQ(stencil_.scale, 0.125F);
}

// A float tells a large number from a negative one, unlike 32 bits.
TEST_F(RecogniseStencil, RefusesFloatsOfWrappedSums) {
  Convolution c(program_, 100, 20, 3, true, Type::F32);
  c.loop(c.width * c.height,
         [&](Id i) { c.store(c.destination, i, c.b.convert(c.b.convert(c.sum(c.corner(i)), Type::U32), Type::F32)); });
  EXPECT_NE(why_not(), "");
}

TEST_F(RecogniseStencil, RefusesWordsThatMayWrap) {
  Convolution c(program_, 100, 20, 3, true, Type::I16);
  c.kernel[0] = 1000;
  c.loop(c.width * c.height, [&](Id i) { c.store(c.destination, i, c.sum(c.corner(i))); });
  EXPECT_EQ(why_not(),
            "the sum is stored without being clamped to the range of 16 bits; write saturate_cast<std::int16_t>(sum) "
            "or saturate_cast<std::uint16_t>(sum)");
}

TEST_F(RecogniseStencil, RefusesWiderCopies) {
  Convolution c(program_, 100, 20, 1, true, Type::I32);
  c.flat();
  EXPECT_EQ(why_not(), "every result is made of one element only; that takes no stencil");
}

TEST_F(RecogniseStencil, RefusesOtherResults) {
  Convolution c(program_, 100, 20, 3, true, Type::I64);
  c.flat();
  EXPECT_EQ(why_not(),
            "the result's elements are of a type that no stencil has; store std::uint8_t, std::int16_t, std::uint16_t, "
            "int or float, in an array that is an argument");
}

TEST_F(RecogniseStencil, EqualElementsAddUpAndCancel) {
  Convolution c(program_, 100, 1, 3);
  c.loop(c.width, [&](Id x) {
    Id sum = c.tap(c.source, x, 3);
    sum = c.add(sum, c.tap(c.source, c.plus(x, 1), 7));
    sum = c.add(sum, c.tap(c.source, x, 2));
    sum = c.subtract(sum, c.tap(c.source, c.plus(x, 1), 7));
    c.store(c.destination, x, c.clamp(sum, 0, 255));
  });
  ASSERT_TRUE(recognise()) << recogniser_.why_not();
  EXPECT_EQ(stencil_.taps, (std::vector<std::int32_t>{5, 0}));
}

TEST_F(RecogniseStencil, RefusesAMissingClamp) {
  Convolution c(program_, 100, 20, 3);
  c.loop(c.width, [&](Id x) { c.store(c.destination, x, c.sum(x)); });
  EXPECT_EQ(why_not(),
            "the sum is stored without being clamped to 0 .. 255; write clamp(sum, 0, 255) or "
            "saturate_cast<std::uint8_t>(sum)");
}

TEST_F(RecogniseStencil, RefusesASumThatMayOverflow) {
  Convolution c(program_, 100, 20, 3);
  c.kernel[4] = 1 << 24;
  c.flat();
  EXPECT_EQ(why_not(), "the sum may overflow 32 bits; use smaller weights");
}

TEST_F(RecogniseStencil, RefusesWorkInPlace) {
  Convolution c(program_, 100, 20, 3);
  const Id picture = c.b.add_array({.type = Type::U8, .access = ir::Access::InOut, .size = 200});
  c.loop(100, [&](Id x) {
    c.store(picture, x, c.clamp(c.add(c.tap(picture, x, 1), c.tap(picture, c.plus(x, 1), 1)), 0, 255));
  });
  EXPECT_EQ(why_not(), "the array that is written is also read; write to another one");
}

TEST_F(RecogniseStencil, RefusesTwoSources) {
  Convolution c(program_, 100, 20, 3);
  const Id other = c.b.add_array({.type = Type::U8, .access = ir::Access::In, .size = 200});
  c.loop(100,
         [&](Id x) { c.store(c.destination, x, c.clamp(c.add(c.tap(c.source, x, 1), c.tap(other, x, 1)), 0, 255)); });
  EXPECT_EQ(why_not(), "the sum reads more than one array; write a function for each of them");
}

TEST_F(RecogniseStencil, RefusesWhatIsNoSum) {
  Convolution c(program_, 100, 20, 3);
  c.loop(100, [&](Id x) {
    const Id pixel = c.tap(c.source, x, 1);
    c.store(c.destination, x, c.clamp(c.b.binary(Op::Multiply, pixel, pixel), 0, 255));
  });
  EXPECT_EQ(why_not(),
            "what is stored is not a weighted sum of neighbouring elements; 8-bit elements times known numbers, added "
            "up, shifted to the right and clamped, are one");
}

TEST_F(RecogniseStencil, RefusesASecondEffect) {
  Convolution c(program_, 100, 20, 3);
  c.loop(100, [&](Id x) {
    c.store(c.destination, x, c.tap(c.source, x, 1));
    c.store(c.destination, c.plus(x, 100), c.number(0, Type::I32));
  });
  EXPECT_EQ(why_not(), "the loop stores more than one element; write a function for each of them");
}

TEST_F(RecogniseStencil, RefusesUnprovenIndexes) {
  Convolution c(program_, 100, 20, 3);
  const Id shift = c.b.add_value(Type::I64);
  c.loop(100, [&](Id x) { c.store(c.destination, x, c.tap(c.source, c.add(x, shift), 1)); });
  EXPECT_EQ(
      why_not(),
      "an index is not proven to lie within its array; let the loops run over the extents of an Out, and pad the In");
}

TEST_F(RecogniseStencil, RefusesEverySecondElement) {
  Convolution c(program_, 100, 20, 3);
  c.loop(100, [&](Id x) { c.store(c.destination, c.times(x, 2), c.tap(c.source, x, 1)); });
  EXPECT_EQ(why_not(),
            "an index is not of the form y * pitch + x + constant; write source(y + c, x + c), and treat borders by "
            "padding or in a function of their own");
}

/// Pictures of 40 x 10 pixels of three channels, and sums of two pixels.
struct Channels : Recording {
  explicit Channels(ir::Program& program) : Recording(program) {
    source = b.add_array({.type = Type::U8, .access = ir::Access::In, .size = 41 * 10 * 3});
    destination = b.add_array({.type = Type::U8, .access = ir::Access::Out, .size = 40 * 10 * 3});
  }
  void store_sum(Id y, Id x, Id channel, std::int64_t factor = 1) {
    const Id from = add(times(add(times(y, 41), x), 3), channel), to = add(times(add(times(y, 40), x), 3), channel);
    store(destination, to, clamp(add(tap(source, from, factor), tap(source, plus(from, 3), -2)), 0, 255));
  }
  void pixels(const std::function<void(Id, Id)>& body) {
    loop(10, [&](Id y) { loop(40, [&](Id x) { body(y, x); }); });
  }
  Id source, destination;
};

TEST_F(RecogniseStencil, ChannelsOneAfterTheOther) {
  Channels c(program_);
  c.pixels([&](Id y, Id x) {
    for (int channel = 0; channel < 3; ++channel) c.store_sum(y, x, c.number(channel));
  });
  ASSERT_TRUE(recognise()) << recogniser_.why_not();
  EXPECT_EQ(stencil_.width, 120);
  EXPECT_EQ(stencil_.rows, 10);
  EXPECT_EQ(stencil_.source_pitch, 123);
  EXPECT_EQ(stencil_.taps, (std::vector<std::int32_t>{1, 0, 0, -2}));
}

TEST_F(RecogniseStencil, ChannelsInALoopOfTheirOwn) {
  Channels c(program_);
  c.pixels([&](Id y, Id x) { c.loop(3, [&](Id channel) { c.store_sum(y, x, channel); }); });
  const ir::Program& optimized =
      pipeline_.run(program_, {.disabled = pass_named("hoist_checks") | pass_named("unroll_loops")});
  ASSERT_TRUE(recogniser_.run(optimized, pipeline_.ranges(), pipeline_.forms(), stencil_)) << recogniser_.why_not();
  EXPECT_EQ(stencil_.width, 120);
  EXPECT_EQ(stencil_.destination_pitch, 120);
  EXPECT_EQ(stencil_.taps, (std::vector<std::int32_t>{1, 0, 0, -2}));
}

TEST_F(RecogniseStencil, RefusesChannelsThatDiffer) {
  Channels c(program_);
  c.pixels([&](Id y, Id x) {
    for (int channel = 0; channel < 3; ++channel) c.store_sum(y, x, c.number(channel), 1 + channel / 2);
  });
  EXPECT_EQ(why_not(), "the channels of a pixel are not summed alike; write a function for each of them");
}

TEST_F(RecogniseStencil, RefusesChannelsThatAreLeftOut) {
  Channels c(program_);
  c.pixels([&](Id y, Id x) {
    for (int channel = 0; channel < 2; ++channel) c.store_sum(y, x, c.number(channel));
  });
  EXPECT_NE(why_not(), "");
}

TEST_F(RecogniseStencil, RefusesAnythingBesideTheLoop) {
  Convolution c(program_, 100, 20, 3);
  c.loop(100, [&](Id x) { c.store(c.destination, x, c.tap(c.source, x, 1)); });
  c.store(c.destination, c.number(150), c.number(1, Type::I32));
  EXPECT_EQ(why_not(), "something follows the loop; put that in a function of its own");
}

// A cross whose picture begins and ends with the cross: what surrounds its arms lies outside of the array.
TEST_F(RecogniseStencil, RefusesARectangleThatLeavesTheArray) {
  for (const std::int64_t spare : {0, 1}) {
    Recording r(program_);
    const Id source = r.b.add_array({.type = Type::U8, .access = ir::Access::In, .size = 40 * 100 - 2 + 2 * spare});
    const Id destination = r.b.add_array({.type = Type::U8, .access = ir::Access::Out, .size = 38 * 98});
    r.loop(38, [&](Id y) {
      r.loop(98, [&](Id x) {
        const Id corner = r.plus(r.add(r.times(y, 100), x), spare - 1);
        Id sum = r.tap(source, r.plus(corner, 1), 1);
        for (const std::int64_t offset : {100, 101, 102, 201})
          sum = r.add(sum, r.tap(source, r.plus(corner, offset), 1));
        r.store(destination, r.add(r.times(y, 98), x), r.clamp(sum, 0, 255));
      });
    });
    EXPECT_EQ(recognise(), spare == 1);
    if (spare == 0) {
      EXPECT_STREQ(recogniser_.why_not(),
                   "the rectangle around the elements that are read leaves the array; pad the array");
    }
  }
}

}  // namespace
}  // namespace cogent::optimize
