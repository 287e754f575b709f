// What follows from how often samples occur: Otsu's threshold, and equalisation.
#include <cogent/image/filters.h>

#include <cmath>
#include <numeric>

#include "filters/all.h"
#include "filters/shared.h"

namespace cogent::image::filters {

namespace {

/// The bins of a type's samples: one for each of 8 and 16 bits; of floats 4096 from 0 to 1.
struct Bins {
  int count;
  double first, width;

  /// Of NaN the first, as in generated code.
  int bin_of(double sample) const {
    const double bin = std::nearbyint((sample - first) / width);
    return bin > 0 ? static_cast<int>(std::min(bin, count - 1.0)) : 0;
  }
};

Bins bins_of(SampleType type) {
  if (type == SampleType::U8) return {256, 0, 1};
  if (type == SampleType::F32) return {4096, 0, 1.0 / 4095};
  return {65536, type == SampleType::I16 ? -32768.0 : 0.0, 1};
}

// Visits the samples of a picture as the library keeps its own or as users gave them.
template <class T, class Visit>
void visit_samples(const ConstPixels& picture, Visit&& visit) {
  const PictureView<const T> view(static_cast<const T*>(picture.data), picture.format, picture.row_stride,
                                  picture.plane_stride);
  for (int y = 0; y < view.height(); ++y)
    for (int x = 0; x < view.width(); ++x)
      for (int c = 0; c < view.channels(); ++c) visit(c, view(y, x, c));
}

using Histogram = std::vector<std::int64_t>;

// Of each channel; until the thread counts again, in memory that it keeps.
std::span<const Histogram> count_samples(const ConstPixels& picture) {
  const SampleType type = picture.format.type;
  const Bins bins = bins_of(type);
  static thread_local std::vector<Histogram> histograms;
  const auto channels = static_cast<std::size_t>(picture.format.channels);
  histograms.resize(std::max(histograms.size(), channels));
  for (Histogram& histogram : histograms) histogram.assign(static_cast<std::size_t>(bins.count), 0);
  const auto count = [&](int c, double sample) {
    ++histograms[static_cast<std::size_t>(c)][static_cast<std::size_t>(bins.bin_of(sample))];
  };
  const auto count_whole = [&](int c, int sample) {
    ++histograms[static_cast<std::size_t>(c)][static_cast<std::size_t>(sample - static_cast<int>(bins.first))];
  };
  if (type == SampleType::U8) visit_samples<std::uint8_t>(picture, count_whole);
  if (type == SampleType::U16) visit_samples<std::uint16_t>(picture, count_whole);
  if (type == SampleType::I16) visit_samples<std::int16_t>(picture, count_whole);
  if (type == SampleType::F32) visit_samples<float>(picture, count);
  return std::span(histograms).first(channels);
}

// The last bin of the dark class, where the two classes' means differ most for their sizes (Otsu 1979).
int find_otsu(const Histogram& histogram) {
  double total = 0, weighted = 0;
  for (std::size_t i = 0; i < histogram.size(); ++i) {
    total += static_cast<double>(histogram[i]);
    weighted += static_cast<double>(i) * static_cast<double>(histogram[i]);
  }
  double dark = 0, dark_sum = 0, most = -1;
  int best = 0;
  for (std::size_t i = 0; i < histogram.size(); ++i) {
    dark += static_cast<double>(histogram[i]);
    dark_sum += static_cast<double>(i) * static_cast<double>(histogram[i]);
    const double bright = total - dark;
    if (dark == 0 || bright == 0) continue;
    const double distance = dark_sum / dark - (weighted - dark_sum) / bright;
    const double between = dark * bright * distance * distance;
    if (between > most) most = between, best = static_cast<int>(i);
  }
  return best;
}

// I32 has too many values for bins.
StageId countable(StageBuilder& builder, StageId input) {
  if (builder.pixel_type() == SampleType::I32)
    throw PipelineError("a picture of 32-bit integers has no histogram, which otsu and equalise take");
  const Stage& from = builder.stage(input);
  if (from.type != SampleType::I32) return builder.in_memory(input);
  return builder.in_memory(add_samplewise(builder, "within", input, builder.pixel_type(), samples_of(from),
                                          [](const Neighbourhood& here, int c) { return here(0, 0, c); }));
}

Number bin_of(const Bins& bins, const Number& sample) {
  if (!sample.is_integer()) return round_within(sample * (1 / bins.width), 0, bins.count - 1);
  return bins.first == 0 ? sample : sample - static_cast<int>(bins.first);
}

StageId build_otsu(StageBuilder& builder, const Arguments&, std::span<const StageId> inputs) {
  const StageId picture = countable(builder, inputs.front());
  const Stage& from = builder.stage(picture);
  check_one_channel(builder, picture, "otsu");
  const SampleType type = builder.pixel_type();
  const double white = white_of(type);
  const Bins bins = bins_of(from.type);
  return builder.add(
      {.name = "otsu",
       .inputs = {{.stage = picture}},
       .width = from.width,
       .height = from.height,
       .channels = 1,
       .type = type,
       .range = {0, white, type != SampleType::F32},
       .is_channelwise = true,
       .body =
           [=](const Neighbourhood& here, int c) {
             const Value<bool> is_bright = here.fact(0) < bin_of(bins, here(0, 0, c));
             if (type == SampleType::F32) return choose(is_bright, white, 0.0);
             return choose(is_bright, static_cast<int>(white), 0);
           },
       .facts = builder.find_facts(picture, 1, [](const ConstPixels& pixels, std::span<std::int32_t> facts) {
         facts[0] = find_otsu(count_samples(pixels).front());
       })});
}

// Where a bin's samples go (floats as parts of 2^24): so that as many lie below it as its place says. A picture of one
// level stays.
void equalise(const Histogram& histogram, const Bins& bins, double white, std::span<std::int32_t> to) {
  std::size_t first = 0;
  while (histogram[first] == 0) ++first;
  const double total = static_cast<double>(std::accumulate(histogram.begin(), histogram.end(), std::int64_t{0}));
  const double others = total - static_cast<double>(histogram[first]);
  double below = 0;
  for (std::size_t i = 0; i < histogram.size(); ++i) {
    if (i > first) below += static_cast<double>(histogram[i]);
    const double same =
        bins.width == 1 ? static_cast<double>(i) + bins.first : static_cast<double>(i) * bins.width * white;
    to[i] = static_cast<std::int32_t>(std::nearbyint(others == 0 ? same : below / others * white));
  }
}

StageId build_equalise(StageBuilder& builder, const Arguments&, std::span<const StageId> inputs) {
  const StageId picture = countable(builder, inputs.front());
  const Stage& from = builder.stage(picture);
  const SampleType type = from.type;
  const Bins bins = bins_of(type);
  constexpr double parts_of_float = 1 << 24;
  const double white = type == SampleType::F32 ? parts_of_float : white_of(type);
  const int channels = from.channels, alpha = builder.alpha() == Alpha::None ? -1 : channels - 1;
  const auto find = [=](const ConstPixels& pixels, std::span<std::int32_t> facts) {
    const std::span<const Histogram> histograms = count_samples(pixels);
    for (std::size_t c = 0; c < histograms.size(); ++c)
      equalise(histograms[c], bins, white, facts.subspan(c * static_cast<std::size_t>(bins.count)));
  };
  return builder.add({.name = "equalise",
                      .inputs = {{.stage = picture}},
                      .width = from.width,
                      .height = from.height,
                      .channels = channels,
                      .type = type,
                      .range = samples_of(from),
                      .body =
                          [=](const Neighbourhood& here, int c) {
                            if (c == alpha) return here(0, 0, c);
                            const Number part = here.fact(bin_of(bins, here(0, 0, c)) + c * bins.count);
                            return type == SampleType::F32 ? Number(part.real()) * (1 / parts_of_float) : part;
                          },
                      .facts = builder.find_facts(picture, channels * bins.count, find)});
}

}  // namespace

const Filter& otsu() {
  static const Filter filter = {.name = "otsu",
                                .group = "levels",
                                .help = "threshold at the limit that parts dark and bright best, by Otsu",
                                .build = &build_otsu};
  return filter;
}
const Filter& equalise() {
  static const Filter filter = {.name = "equalise",
                                .group = "levels",
                                .help = "makes all levels as frequent, channel by channel",
                                .build = &build_equalise};
  return filter;
}

}  // namespace cogent::image::filters

namespace cogent::image {

std::vector<std::vector<std::int64_t>> histogram(const ConstPixels& picture) {
  if (picture.format.type == SampleType::I32) throw PictureError("a picture of 32-bit integers has no histogram");
  const auto histograms = filters::count_samples(picture);
  return {histograms.begin(), histograms.end()};
}

}  // namespace cogent::image
