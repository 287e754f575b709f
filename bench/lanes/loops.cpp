// Each loop is a body and the sizes of its arrays; what the arrays hold is arbitrary, but the same for everyone.
#include "lanes/loops.h"

#include <cstdint>
#include <new>
#include <random>

namespace bench {
namespace {

using namespace cogent;
using Code = GeneratedCodeBlock&;
using u8 = std::uint8_t;
using i16 = std::int16_t;

constexpr std::size_t n = 4000;

// ---- arguments

// Arrays begin at cache lines, whoever's they are: where they fall by chance makes a difference of half.
template <class T>
struct Aligned {
  using value_type = T;
  static constexpr std::align_val_t line{64};
  Aligned() = default;
  template <class U>
  Aligned(const Aligned<U>&) {}
  T* allocate(std::size_t count) { return static_cast<T*>(::operator new(count * sizeof(T), line)); }
  void deallocate(T* pointer, std::size_t) { ::operator delete(pointer, line); }
  bool operator==(const Aligned&) const = default;
};
template <class T>
using Array = std::vector<T, Aligned<T>>;

template <class T>
Array<T> array(std::size_t size, unsigned seed) {
  std::mt19937 random(seed);
  Array<T> result(size);
  for (T& element : result) {
    if constexpr (std::is_floating_point_v<T>)
      element = static_cast<T>(random() % 4000) / 16 - 100;
    else
      element = static_cast<T>(random());
  }
  return result;
}

template <class T>
std::span<T> passed(Array<T>& vector) {
  return vector;
}
template <class T>
T passed(T& value) {
  return value;
}
// The same, shorter: another specialisation. (What is not as long as the loops is a table or a result.)
template <class T>
std::span<T> shortened(Array<T>& vector, std::size_t by) {
  return std::span(vector).first(vector.size() == n ? n - by : vector.size());
}
template <class T>
T shortened(T& value, std::size_t) {
  return value;
}
template <class T>
T* in_source(Array<T>& vector) {
  return vector.data();
}
template <class T>
T in_source(T& value) {
  return value;
}

template <class Body, class... Arguments>
LaneLoop loop(const char* name, Body body, Arguments... arguments) {
  const auto function = std::make_shared<GeneratedFunction<typename detail::BodyOf<Body>::Signature>>(name, body);
  using All = std::tuple<Arguments...>;
  const auto fresh = [=] { return std::make_shared<All>(arguments...); };
  const auto shared = fresh();  // where arrays lie to each other makes a difference: all run on the same ones
  const auto generated = [=](std::shared_ptr<All> all) {
    const auto handle = std::apply([&](auto&... each) { return function->specialize(passed(each)...); }, *all);
    return std::function<void()>([=] { std::apply([&](auto&... each) { handle(passed(each)...); }, *all); });
  };
  const auto compiled = [=](std::shared_ptr<All> all, void* address) {
    return std::function<void()>([=] {
      std::apply(
          [&](auto&... each) { reinterpret_cast<void (*)(decltype(in_source(each))...)>(address)(in_source(each)...); },
          *all);
    });
  };
  const auto text = [=](auto&& ask) {
    All all(arguments...);
    return std::apply([&](auto&... each) { return ask(*function, passed(each)...); }, all);
  };
  const auto generate = [function, all = shared](std::size_t number) {
    std::apply([&](auto&... each) { static_cast<void>(function->specialize(shortened(each, number)...)); }, *all);
  };
  return {name,
          generate,
          [=] { return text([](auto& f, auto... each) { return f.get_source(each...); }); },
          [=] { return text([](auto& f, auto... each) { return f.explain(each...).text; }); },
          [=] { return generated(shared); },
          [=](void* address) { return compiled(shared, address); },
          [=](void* address) {
            const auto one = fresh(), other = fresh();
            generated(one)();
            compiled(other, address)();
            return *one == *other;
          }};
}

// ---- bodies

void saxpy(Code code, In<float> x, InOut<float> y, Value<float> a) {
  for (auto i : code.range(y.size())) y[i] = a * x[i] + y[i];
}
void dot(Code code, In<i16> x, In<i16> y, Out<int> out) {
  auto sum = code.variable(0);
  for (auto i : code.range(x.size())) sum += x[i] * y[i];
  out[0] = sum;
}
void sum_of_bytes(Code code, In<u8> x, Out<int> out) {
  auto sum = code.variable(0);
  for (auto i : code.range(x.size())) sum += x[i];
  out[0] = sum;
}
void alpha_blend_rgba(Code code, In<u8> over, In<u8> under, Out<u8> out) {
  for (auto i : code.range(out.size() / 4)) {
    const auto alpha = over[4 * i + 3];
    for (int c = 0; c < 3; ++c)
      out[4 * i + c] = (over[4 * i + c] * alpha + under[4 * i + c] * (255 - alpha) + 128) >> 8;
    out[4 * i + 3] = 255;
  }
}
void rgb_to_gray(Code code, In<u8> rgb, Out<u8> out) {
  for (auto i : code.range(out.size()))
    out[i] = (rgb[3 * i] * 77 + rgb[3 * i + 1] * 150 + rgb[3 * i + 2] * 29 + 128) >> 8;
}
void look_up_256(Code code, In<u8> x, In<u8> table, Out<u8> out) {
  for (auto i : code.range(out.size())) out[i] = table[x[i]];
}
void threshold(Code code, In<u8> x, Out<u8> out, Value<int> limit) {
  for (auto i : code.range(out.size())) out[i] = select(x[i] > limit, 255, 0);
}
void least_and_most(Code code, In<int> x, Out<int> out) {
  auto least = code.variable(0), most = code.variable(0);
  for (auto i : code.range(x.size())) {
    least = min(least, x[i]);
    most = max(most, x[i]);
  }
  out[0] = least;
  out[1] = most;
}
void histogram(Code code, In<u8> x, InOut<int> counts) {
  for (auto i : code.range(x.size())) counts[x[i]] = counts[x[i]] + 1;
}
void bytes_to_floats(Code code, In<u8> x, Out<float> out) {
  for (auto i : code.range(out.size())) out[i] = x[i] * (1.0f / 255);
}
void floats_to_bytes(Code code, In<float> x, Out<u8> out) {
  for (auto i : code.range(out.size())) out[i] = saturate_cast<u8>(x[i] * 0.5f + 10.0f);
}
void yuv_to_rgb(Code code, In<u8> y, In<u8> u, In<u8> v, Out<u8> r, Out<u8> g, Out<u8> b) {
  for (auto i : code.range(y.size())) {
    auto c = (y[i] - 16) * 74, d = u[i] - 128, e = v[i] - 128;
    r[i] = clamp((c + 102 * e + 32) >> 6, 0, 255);
    g[i] = clamp((c - 25 * d - 52 * e + 32) >> 6, 0, 255);
    b[i] = clamp((c + 129 * d + 32) >> 6, 0, 255);
  }
}
void polynomial(Code code, In<float> x, Out<float> out) {
  for (auto i : code.range(out.size())) {
    auto t = x[i];
    out[i] = ((((t * 0.1f + 0.2f) * t - 0.3f) * t + 0.4f) * t - 0.5f) * t + 0.6f;
  }
}
void mandelbrot(Code code, Out<u8> out, Value<float> y) {
  for (auto i : code.range(out.size())) {
    const auto x = cast<float>(i) * (3.0f / n) - 2.0f;
    auto a = code.variable(0.0f), b = code.variable(0.0f);
    auto rounds = code.variable(0);
    for (auto _ : code.loop_while([&] { return a * a + b * b <= 4.0f && rounds < 32; })) {
      auto next = a * a - b * b + x;
      b = 2.0f * a * b + y;
      a = next;
      rounds += 1;
    }
    out[i] = rounds;
  }
}
void sum_of_popcounts(Code code, In<std::uint32_t> x, Out<int> out) {
  auto sum = code.variable(0);
  for (auto i : code.range(x.size())) sum += popcount(x[i]);
  out[0] = sum;
}
void complex_multiply(Code code, In<float> a, In<float> b, Out<float> c) {
  for (auto i : code.range(c.size() / 2)) {
    c[2 * i] = a[2 * i] * b[2 * i] - a[2 * i + 1] * b[2 * i + 1];
    c[2 * i + 1] = a[2 * i] * b[2 * i + 1] + a[2 * i + 1] * b[2 * i];
  }
}
void interleave(Code code, In<float> x, In<float> y, Out<float> out) {
  for (auto i : code.range(x.size())) {
    out[2 * i] = x[i];
    out[2 * i + 1] = y[i];
  }
}
void transpose_8x8(Code code, In<u8> in, Out<u8> out) {
  for (auto block : code.range(in.size() / 64))
    for (int y = 0; y < 8; ++y)
      for (int x = 0; x < 8; ++x) out[block * 64 + x * 8 + y] = in[block * 64 + y * 8 + x];
}
void masked_update(Code code, In<int> x, InOut<int> y) {
  for (auto i : code.range(y.size()))
    if (auto _ = code.when(x[i] > 0)) y[i] = y[i] + x[i];
}
void gather(Code code, In<std::uint16_t> x, In<float> table, Out<float> out) {
  for (auto i : code.range(out.size())) out[i] = table[x[i] & 1023];
}
void bilinear_sample(Code code, In<std::uint16_t> across, In<std::uint16_t> down, In<u8> picture, Out<u8> out) {
  constexpr int width = 257;  // positions have 8 bits behind the point
  for (auto i : code.range(out.size())) {
    auto x = across[i] >> 8, dx = across[i] & 255, y = down[i] >> 8, dy = down[i] & 255;
    auto at = y * width + x;
    auto above = picture[at] * (256 - dx) + picture[at + 1] * dx;
    auto below = picture[at + width] * (256 - dx) + picture[at + width + 1] * dx;
    out[i] = (above * (256 - dy) + below * dy + 32768) >> 16;
  }
}
// Ours.
void difference(Code code, In<u8> x, In<u8> y, Out<u8> out) {
  for (auto i : code.range(out.size())) out[i] = abs(x[i] - y[i]);
}
void count_above(Code code, In<u8> x, Out<int> out, Value<int> limit) {
  auto count = code.variable(0);
  for (auto i : code.range(x.size())) count += cast<int>(x[i] > limit);
  out[0] = count;
}
void hash_of_words(Code code, In<std::uint32_t> x, Out<std::uint32_t> out) {
  for (auto i : code.range(out.size())) {
    auto h = x[i] * 2654435761u;
    out[i] = (h ^ (h >> 15)) * 2246822519u;
  }
}

}  // namespace

std::vector<LaneLoop> lane_loops() {
  const auto bytes = [](unsigned seed) { return array<u8>(n, seed); };
  const auto words = [](unsigned seed) { return array<std::uint16_t>(n, seed); };
  const auto ints = [](unsigned seed) { return array<int>(n, seed); };
  const auto floats = [](unsigned seed) { return array<float>(n, seed); };
  const Array<int> results(2);
  return {loop("saxpy", &saxpy, floats(1), floats(2), 0.5f),
          loop("dot", &dot, array<i16>(n, 1), array<i16>(n, 2), results),
          loop("sum_of_bytes", &sum_of_bytes, bytes(1), results),
          loop("alpha_blend_rgba", &alpha_blend_rgba, bytes(1), bytes(2), bytes(3)),
          loop("rgb_to_gray", &rgb_to_gray, array<u8>(3 * n, 1), bytes(4)),
          loop("look_up_256", &look_up_256, bytes(1), array<u8>(256, 2), bytes(3)),
          loop("threshold", &threshold, bytes(1), bytes(2), 100),
          loop("least_and_most", &least_and_most, ints(1), results),
          loop("histogram", &histogram, bytes(1), Array<int>(256)),
          loop("bytes_to_floats", &bytes_to_floats, bytes(1), floats(2)),
          loop("floats_to_bytes", &floats_to_bytes, floats(1), bytes(2)),
          loop("yuv_to_rgb", &yuv_to_rgb, bytes(1), bytes(2), bytes(3), bytes(4), bytes(5), bytes(6)),
          loop("polynomial", &polynomial, floats(1), floats(2)),
          loop("mandelbrot", &mandelbrot, bytes(1), 0.3f),
          loop("sum_of_popcounts", &sum_of_popcounts, array<std::uint32_t>(n, 1), results),
          loop("complex_multiply", &complex_multiply, floats(1), floats(2), floats(3)),
          loop("interleave", &interleave, floats(1), floats(2), array<float>(2 * n, 3)),
          loop("transpose_8x8", &transpose_8x8, bytes(1), bytes(2)),
          loop("masked_update", &masked_update, ints(1), ints(2)),
          loop("gather", &gather, words(1), array<float>(1024, 2), floats(3)),
          loop("bilinear_sample", &bilinear_sample, words(1), words(2), array<u8>(257 * 258, 3), bytes(4)),
          loop("difference", &difference, bytes(1), bytes(2), bytes(3)),
          loop("count_above", &count_above, bytes(1), results, 100),
          loop("hash_of_words", &hash_of_words, array<std::uint32_t>(n, 1), array<std::uint32_t>(n, 2))};
}

}  // namespace bench
