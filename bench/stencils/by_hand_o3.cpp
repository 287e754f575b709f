// Compiled with the instructions of a CPU that may not be this one: called only if it has them. Every kernel does
// blocks of 64 columns, the last one moved back so that it ends with the row. Pixels are summed four at a time in
// 32-bit lanes: lane j of the phase p is result 4j + p, and a row of pixels serves all phases for which the taps,
// shifted by p, still fit its groups of four.
#include <immintrin.h>

#include <array>
#include <cstddef>
#include <utility>
#include <vector>

#include "by_hand.h"
#include "taps.h"

#define ALWAYS_INLINE [[gnu::always_inline]] inline
#define INLINED __attribute__((always_inline))  // lambdas

namespace bench {
namespace {

using Vector = __m512i;
template <int Count>
struct Vectors {
  Vector all[Count];
  ALWAYS_INLINE Vector& operator[](int i) INLINED { return all[i]; }
  ALWAYS_INLINE const Vector& operator[](int i) const { return all[i]; }
};
using Phases = Vectors<4>;
using Words = Vectors<2>;  // 16-bit sums of 64 pixels, as packing leaves them
constexpr int pixels = 64;

template <std::size_t... I, class Body>
ALWAYS_INLINE void unroll(std::index_sequence<I...>, Body&& body) {
  (body(std::integral_constant<int, static_cast<int>(I)>()), ...);
}
template <int Count, class Body>
ALWAYS_INLINE void unrolled(Body&& body) {
  unroll(std::make_index_sequence<Count>(), body);
}

template <std::size_t Count>
struct Row {
  int taps[Count];
};

// Four taps of a row, moved right by `shift` bytes.
template <std::size_t Count>
constexpr int four_taps(const Row<Count>& row, int shift, int group) {
  std::uint32_t result = 0;
  for (int byte = 0; byte < 4; ++byte) {
    const int place = 4 * group + byte - shift;
    const bool is_tap = place >= 0 && place < static_cast<int>(Count);
    result |= (is_tap ? static_cast<std::uint32_t>(row.taps[place]) & 0xffu : 0u) << (8 * byte);
  }
  return static_cast<int>(result);
}

// Adds a row's products to the phases. `load` gives 64 bytes from a column on.
template <Row row, class Load>
ALWAYS_INLINE void add_row(Phases& phases, Load&& load) {
  constexpr int width = std::size(row.taps), groups = (width + 3) / 4, spare = 4 * groups - width;
  unrolled<4>([&](auto base) INLINED {
    if constexpr (base % (spare + 1) == 0)
      unrolled<groups>([&](auto group) INLINED {
        const Vector bytes = load(base + 4 * group);
        unrolled<spare + 1>([&](auto shift) INLINED {
          constexpr int taps = four_taps(row, shift, group);
          if constexpr (base + shift < 4 && taps != 0)
            phases[base + shift] = _mm512_dpbusd_epi32(phases[base + shift], bytes, _mm512_set1_epi32(taps));
        });
      });
  });
}

ALWAYS_INLINE Vector load(const void* place) { return _mm512_loadu_si512(place); }

ALWAYS_INLINE Words packed(const Phases& phases) {
  return {_mm512_packs_epi32(phases[0], phases[1]), _mm512_packs_epi32(phases[2], phases[3])};
}
ALWAYS_INLINE void store(std::uint8_t* place, const Words& words) {
  const Vector order = _mm512_set4_epi32(0x0f0b0703, 0x0e0a0602, 0x0d090501, 0x0c080400);
  _mm512_storeu_si512(place, _mm512_shuffle_epi8(_mm512_packus_epi16(words[0], words[1]), order));
}

// Calls the body with the first column of each block of a row.
template <class Body>
ALWAYS_INLINE void for_each_block(int width, Body&& body) {
  for (int x = 0; x + pixels <= width; x += pixels) body(x);
  if (width % pixels != 0) body(width - pixels);
}

// ---- all taps of a window

template <int Side, std::array Taps, int Down>
constexpr auto row_of() {
  Row<Side> row{};
  for (int i = 0; i < Side; ++i) row.taps[i] = Taps[static_cast<std::size_t>(Down * Side + i)];
  return row;
}

template <int Side, std::array Taps, int Rows>
ALWAYS_INLINE void add_window(std::array<Phases, Rows>& sums, const std::uint8_t* source, std::ptrdiff_t pitch) {
  unrolled<Rows + Side - 1>([&](auto y) INLINED {
    unrolled<Rows>([&](auto row) INLINED {
      if constexpr (y >= row && y - row < Side)
        add_row<row_of<Side, Taps, y - row>()>(sums[row],
                                               [&](int column) INLINED { return load(source + y * pitch + column); });
    });
  });
}

template <int Rows, class Body>
ALWAYS_INLINE void for_each_rows(const PicturePair& pair, Body&& body) {
  for (int y = 0; y + Rows <= pair.height; y += Rows) body(y);
  if (pair.height % Rows != 0) body(pair.height - Rows);
}

template <int Side, std::array Taps, int Rows>
void windows(const PicturePair& pair) {
  const std::ptrdiff_t pitch = pair.width + Side - 1;
  for_each_rows<Rows>(pair, [&](int y) INLINED {
    for_each_block(pair.width, [&](int x) INLINED {
      std::array<Phases, Rows> sums{};
      add_window<Side, Taps, Rows>(sums, pair.source + y * pitch + x, pitch);
      unrolled<Rows>([&](auto row)
                         INLINED { store(pair.result + std::ptrdiff_t{y + row} * pair.width + x, packed(sums[row])); });
    });
  });
}

// Taps of 16 bits as two of 8: the sums of the high halves, times 128, and those of the low ones.
template <int Side, bool High>
constexpr auto halves_of_taps() {
  auto taps = random_taps<Side * Side>(32767);
  for (int& tap : taps) {
    const int low = ((tap + 128) & 255) - 128;
    tap = High ? (tap - low) / 256 : low;
  }
  return taps;
}

template <int Side, int Rows>
void windows_of_wide_taps(const PicturePair& pair) {
  constexpr int shift = 16;
  const std::ptrdiff_t pitch = pair.width + Side - 1;
  for_each_rows<Rows>(pair, [&](int y) INLINED {
    for_each_block(pair.width, [&](int x) INLINED {
      const std::uint8_t* source = pair.source + y * pitch + x;
      std::array<Phases, Rows> sums;
      const Vector half = _mm512_set1_epi32(1 << (shift - 1 - 8));
      unrolled<Rows>([&](auto row) INLINED { sums[row] = {{half, half, half, half}}; });
      add_window<Side, halves_of_taps<Side, true>(), Rows>(sums, source, pitch);
      unrolled<Rows>([&](auto row) INLINED {
        unrolled<4>([&](auto phase) INLINED { sums[row][phase] = _mm512_slli_epi32(sums[row][phase], 8); });
      });
      add_window<Side, halves_of_taps<Side, false>(), Rows>(sums, source, pitch);
      unrolled<Rows>([&](auto row) INLINED {
        unrolled<4>([&](auto phase) INLINED { sums[row][phase] = _mm512_srai_epi32(sums[row][phase], shift); });
        store(pair.result + std::ptrdiff_t{y + row} * pair.width + x, packed(sums[row]));
      });
    });
  });
}

// ---- a column times a row

template <Row row>
ALWAYS_INLINE Words row_sums(const std::uint8_t* source) {
  Phases phases{};
  add_row<row>(phases, [&](int column) INLINED { return load(source + column); });
  return packed(phases);
}

// Sums of neighbours, as often as there are rows above, stay in registers while a block marches down.
struct SmoothThree {
  Words before{}, sum{};
  ALWAYS_INLINE Vector next(int half, Vector value) {
    const Vector both = _mm512_add_epi16(value, std::exchange(before[half], value));
    return _mm512_add_epi16(both, std::exchange(sum[half], both));
  }
};
struct SmoothFive {
  SmoothThree first, second;
  ALWAYS_INLINE Vector next(int half, Vector value) {
    const Vector sum = second.next(half, first.next(half, value));
    return _mm512_srli_epi16(_mm512_add_epi16(sum, _mm512_set1_epi16(128)), 8);
  }
};

template <Row row, class Column, int Above, int Rows>
void marches(const PicturePair& pair) {
  const std::ptrdiff_t pitch = pair.width + static_cast<int>(std::size(row.taps)) - 1;
  for_each_rows<Rows>(pair, [&](int y) INLINED {
    for_each_block(pair.width, [&](int x) INLINED {
      Column column;
      const std::uint8_t* source = pair.source + y * pitch + x;
      unrolled<Above + Rows>([&](auto down) INLINED {
        Words words = row_sums<row>(source + down * pitch);
        unrolled<2>([&](auto half) INLINED { words[half] = column.next(half, words[half]); });
        if constexpr (down >= Above) store(pair.result + std::ptrdiff_t{y + down - Above} * pair.width + x, words);
      });
    });
  });
}

// Long bells: the sums of the last rows stay in memory near the core, and pairs of rows that weigh the same are added
// before they are multiplied. Weights add up to 1 << bits; sums of 7 bits leave no room for a pair's, but for its mean.
template <Row row, int Bits>
ALWAYS_INLINE Vector bell_sum(const std::array<const std::uint8_t*, std::size(row.taps)>& rows, std::ptrdiff_t place) {
  constexpr int width = std::size(row.taps), middle = width / 2;
  const auto at = [&](int i) INLINED { return _mm512_load_si512(rows[i] + place); };
  const auto weighted = [](Vector sum, int weight)
                            INLINED { return _mm512_mulhrs_epi16(sum, _mm512_set1_epi16(static_cast<short>(weight))); };
  Vector sum = _mm512_set1_epi16(1 << (Bits - 1));
  unrolled<middle>([&](auto i) INLINED {
    const Vector first = at(i), last = at(width - 1 - i);
    const Vector both = Bits == 7 ? _mm512_avg_epu16(first, last) : _mm512_add_epi16(first, last);
    sum = _mm512_add_epi16(sum, weighted(both, row.taps[i] << 9));
  });
  return _mm512_srli_epi16(_mm512_add_epi16(sum, weighted(at(middle), row.taps[middle] << (15 - Bits))), Bits);
}

template <Row row, int Bits, int Rows>
void rings(const PicturePair& pair) {
  constexpr int width = std::size(row.taps), kept = 32, block_bytes = 2 * pixels;
  static_assert(width + Rows <= kept);
  const std::ptrdiff_t pitch = pair.width + width - 1, ring_pitch = (pair.width + pixels - 1) / pixels * block_bytes;
  static std::vector<std::uint8_t> memory;
  memory.resize(static_cast<std::size_t>(kept * ring_pitch + pixels));
  std::uint8_t* const ring = memory.data() + -reinterpret_cast<std::uintptr_t>(memory.data()) % pixels;
  const auto kept_row = [&](int y) INLINED { return ring + y % kept * ring_pitch; };
  const auto keep = [&](int y, int x, std::ptrdiff_t place) INLINED {
    const Words words = row_sums<row>(pair.source + y * pitch + x);
    _mm512_store_si512(kept_row(y) + place, words[0]);
    _mm512_store_si512(kept_row(y) + place + pixels, words[1]);
  };
  const auto each_block = [&](auto&& body) INLINED {
    std::ptrdiff_t place = 0;
    for_each_block(pair.width, [&](int x) INLINED { body(x, place), place += block_bytes; });
  };
  int summed = 0;
  for (; summed < width - 1; ++summed) each_block([&](int x, std::ptrdiff_t place) INLINED { keep(summed, x, place); });
  for_each_rows<Rows>(pair, [&](int y) INLINED {
    std::array<std::array<const std::uint8_t*, width>, Rows> rows;
    for (int r = 0; r < Rows; ++r)
      for (int i = 0; i < width; ++i) rows[r][i] = kept_row(y + r + i);
    each_block([&](int x, std::ptrdiff_t place) INLINED {
      unrolled<Rows>([&](auto r) INLINED { keep(y + r + width - 1, x, place); });
      unrolled<Rows>([&](auto r) INLINED {
        store(pair.result + std::ptrdiff_t{y + r} * pair.width + x,
              {bell_sum<row, Bits>(rows[r], place), bell_sum<row, Bits>(rows[r], place + pixels)});
      });
    });
  });
}

// ---- pixels of three bytes

// Bytes j, j + 3, j + 6 and one that does not count, for 16 results.
Vector every_third() {
  alignas(64) std::array<std::uint8_t, 64> places;
  for (std::size_t i = 0; i < places.size(); ++i) places[i] = static_cast<std::uint8_t>(i / 4 + 3 * (i % 4));
  return _mm512_load_si512(places.data());
}

template <std::array Taps, int Rows>
void colour_windows(const PicturePair& pair) {
  const int width = 3 * pair.width;
  const std::ptrdiff_t pitch = width + 6;
  const Vector places = every_third();
  const Vector order = _mm512_setr_epi32(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
  for_each_rows<Rows>(pair, [&](int y) INLINED {
    for_each_block(width, [&](int x) INLINED {
      std::array<Phases, Rows> sums{};
      unrolled<Rows + 2>([&](auto down) INLINED {
        unrolled<4>([&](auto part) INLINED {
          const Vector bytes = _mm512_permutexvar_epi8(places, load(pair.source + (y + down) * pitch + x + 16 * part));
          unrolled<Rows>([&](auto row) INLINED {
            if constexpr (down >= row && down - row < 3) {
              constexpr int taps = four_taps(row_of<3, Taps, down - row>(), 0, 0);
              sums[row][part] = _mm512_dpbusd_epi32(sums[row][part], bytes, _mm512_set1_epi32(taps));
            }
          });
        });
      });
      unrolled<Rows>([&](auto row) INLINED {
        const Words words = packed(sums[row]);
        _mm512_storeu_si512(pair.result + std::ptrdiff_t{y + row} * width + x,
                            _mm512_permutexvar_epi32(order, _mm512_packus_epi16(words[0], words[1])));
      });
    });
  });
}

constexpr Row<3> slope{{-1, 0, 1}};
constexpr Row<5> binomial{{1, 4, 6, 4, 1}};
constexpr Row<7> bell_7{{2, 7, 14, 18, 14, 7, 2}};
constexpr Row<15> bell_15{{1, 1, 3, 6, 10, 15, 18, 20, 18, 15, 10, 6, 3, 1, 1}};

bool has_instructions() {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
         __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512vbmi") &&
         __builtin_cpu_supports("avx512vnni");
}

}  // namespace

std::function<void(const PicturePair&)> by_hand(std::string_view name) {
  if (!has_instructions()) return {};
  if (name == "sobel_x") return marches<slope, SmoothThree, 2, 8>;
  if (name == "sharpen3") return windows<3, sharpening_taps, 4>;
  if (name == "dense3") return windows<3, random_taps<9>(12), 4>;
  if (name == "dense5") return windows<5, random_taps<25>(9), 2>;
  if (name == "gauss5") return marches<binomial, SmoothFive, 4, 8>;
  if (name == "gauss7") return rings<bell_7, 6, 1>;
  if (name == "gauss15") return rings<bell_15, 7, 4>;
  if (name == "float3") return windows_of_wide_taps<3, 2>;
  if (name == "float5") return windows_of_wide_taps<5, 2>;
  if (name == "dense3_rgb") return colour_windows<random_taps<9>(12), 4>;
  return {};
}

}  // namespace bench
