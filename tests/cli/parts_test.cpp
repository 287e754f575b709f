// Parts of the program by themselves: samples of other types, the progress bar, names of results.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <limits>
#include <string>
#include <vector>

#include "console.h"
#include "files/pixel_memory.h"
#include "files/saturate.h"
#include "files/vips_library.h"
#include "jobs.h"

namespace {
int error_of_disk = 0;
int reservations = 0;
}  // namespace

/// The program's, in place of the system's: a disk that is full.
extern "C" int posix_fallocate(int descriptor, off_t start, off_t length) {
  ++reservations;
  return error_of_disk != 0 ? error_of_disk : ::ftruncate(descriptor, start + length);
}

namespace cogent::testing {
namespace {

using image::Format;
using image::Layout;
using image::SampleType;

template <class To, class From>
std::vector<To> converted(const std::vector<From>& samples, SampleType type) {
  const image::PictureView<const From> view(samples.data(), static_cast<int>(samples.size()), 1);
  std::vector<To> result(samples.size());
  cli::convert_samples(view, type, result.data());
  return result;
}

TEST(Saturation, RoundsAndLimits) {
  using Bytes = std::vector<std::uint8_t>;
  constexpr float infinity = std::numeric_limits<float>::infinity(), nan = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(
      converted<std::uint8_t>(std::vector<float>{-1, 0.5, 1.5, 254.6F, 300, infinity, -infinity, nan}, SampleType::U8),
      (Bytes{0, 0, 2, 255, 255, 255, 0, 0}));
  EXPECT_EQ(converted<std::uint8_t>(std::vector<std::int16_t>{-32768, -1, 0, 255, 256, 32767}, SampleType::U8),
            (Bytes{0, 0, 0, 255, 255, 255}));
  EXPECT_EQ(converted<std::uint8_t>(std::vector<std::uint16_t>{0, 128, 129, 32896, 65535}, SampleType::U8),
            (Bytes{0, 0, 1, 128, 255}));
  EXPECT_EQ(converted<std::uint16_t>(std::vector<std::int32_t>{-5, 65535, 65536, 2147483647}, SampleType::U16),
            (std::vector<std::uint16_t>{0, 65535, 65535, 65535}));
  EXPECT_EQ(converted<float>(std::vector<float>{-2.5, 300}, SampleType::F32), (std::vector<float>{-2.5, 300}));
}

TEST(Saturation, PutsPlanesSideBySide) {
  const std::vector<std::uint8_t> planes = {1, 2, 99, 3, 4, 99, 5, 6, 99, 7, 8, 99};  // 2x2, 2 channels, rows of 3
  const image::PictureView<const std::uint8_t> view(planes.data(), Format{2, 2, 2, SampleType::U8, Layout::Planar}, 3,
                                                    6);
  std::vector<std::uint8_t> result(8);
  cli::convert_samples(view, SampleType::U8, result.data());
  EXPECT_EQ(result, (std::vector<std::uint8_t>{1, 5, 2, 6, 3, 7, 4, 8}));
}

TEST(Saturation, StoresWhatFilesTake) {
  const auto stored = [](SampleType result, SampleType input, bool deep = true, bool floats = false) {
    return cli::stored_type(result, input, {.u16 = deep, .s16 = floats, .f32 = floats});
  };
  EXPECT_EQ(stored(SampleType::U8, SampleType::U16), SampleType::U8);
  EXPECT_EQ(stored(SampleType::U16, SampleType::U8), SampleType::U16);
  EXPECT_EQ(stored(SampleType::U16, SampleType::U8, false), SampleType::U8);
  EXPECT_EQ(stored(SampleType::I16, SampleType::U8), SampleType::U8);
  EXPECT_EQ(stored(SampleType::I16, SampleType::I16, true, true), SampleType::I16);
  EXPECT_EQ(stored(SampleType::I32, SampleType::I16, true, true), SampleType::I16);
  EXPECT_EQ(stored(SampleType::I16, SampleType::I16), SampleType::U16);
  EXPECT_EQ(stored(SampleType::F32, SampleType::U16), SampleType::U16);
  EXPECT_EQ(stored(SampleType::F32, SampleType::F32, true, true), SampleType::F32);
  EXPECT_EQ(stored(SampleType::F32, SampleType::F32, true, false), SampleType::U16);
  EXPECT_EQ(stored(SampleType::F32, SampleType::F32, false, false), SampleType::U8);
}

TEST(PixelMemory, SaysThatTheDiskIsFull) {
  ::setenv("COGENT_MEMORY", "1000", 1);
  cli::PixelMemory memory;
  error_of_disk = ENOSPC;
  EXPECT_THROW(memory.at_least(2000), cli::FileError);
  error_of_disk = 0;
  EXPECT_NE(memory.at_least(2000), nullptr);
  EXPECT_EQ(reservations, 2);
  EXPECT_THROW(memory.at_least(std::size_t{1} << 60), cli::FileError);
  EXPECT_EQ(reservations, 2);  // no disk is filled to see that it is too small
  ::unsetenv("COGENT_MEMORY");
}

TEST(PixelMemory, CountsAllThatIsInMemory) {
  ::setenv("COGENT_MEMORY", "1000", 1);
  reservations = 0;
  cli::PixelMemory first, third;
  EXPECT_NE(first.at_least(600), nullptr);
  {
    cli::PixelMemory second;
    EXPECT_NE(second.at_least(300), nullptr);
    EXPECT_EQ(reservations, 0);
    EXPECT_NE(third.at_least(200), nullptr);
    EXPECT_EQ(reservations, 1);  // all three do not fit
  }
  EXPECT_NE(third.at_least(400), nullptr);
  EXPECT_EQ(reservations, 1);  // and now they do
  ::unsetenv("COGENT_MEMORY");
}

TEST(ProgressBar, ShowsRateAndRemainingTime) {
  EXPECT_EQ(cli::progress_bar(50, 100, 4, 45), "[########........] 50/100  12.5/s  0:04 left");
  EXPECT_EQ(cli::progress_bar(1, 200, 2, 200).substr(51), "] 1/200  0.5/s  6:38 left");
  EXPECT_EQ(cli::progress_bar(50, 100, 4, 20), "50/100  12.5/s  0:0");
  for (int columns = 0; columns < 100; ++columns)
    EXPECT_LT(static_cast<int>(cli::progress_bar(7, 9, 1, columns).size()), std::max(columns, 1) + 1);
}

TEST(OutputNames, FollowThePattern) {
  EXPECT_EQ(cli::output_name("o/{name}", "in/a.b.png", ""), "o/a.b.png");
  EXPECT_EQ(cli::output_name("o/{stem}-{ext}.jpg", "in/a.b.png", ""), "o/a.b-png.jpg");
  EXPECT_EQ(cli::output_name("{{{stem}}}.png", "a", ""), "{a}.png");
  EXPECT_EQ(cli::output_name("nowhere/", "-", "png"), "nowhere/stdin.png");
  EXPECT_EQ(cli::output_name("-", "a.png", ""), "-");
  EXPECT_THROW(cli::output_name("{", "a.png", ""), cli::UsageError);
  EXPECT_THROW(cli::output_name("{dir}", "a.png", ""), cli::UsageError);
}

}  // namespace
}  // namespace cogent::testing
