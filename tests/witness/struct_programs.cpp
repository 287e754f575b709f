// Programs on structs: elements, fields of them, nested ones, variables and parameters.
#include "witness/program.h"

namespace cogent::witness {
namespace {

using Code = GeneratedCodeBlock&;
using std::int64_t;
using std::uint8_t;

struct Rgb {
  uint8_t red, green, blue;
  bool operator==(const Rgb&) const = default;
};
struct Point {
  int x, y;
  bool operator==(const Point&) const = default;
};
struct Particle {
  Point place;
  double mass;
  short marks[3];
  bool is_fixed;
  bool operator==(const Particle&) const = default;
};

GuardedArray<Rgb> any_pixels(Random& random, std::size_t count) {
  GuardedArray<Rgb> pixels(count);
  for (Rgb& pixel : pixels.span()) pixel = {any<uint8_t>(random), any<uint8_t>(random), any<uint8_t>(random)};
  return pixels;
}

Particle any_particle(Random& random) {
  Particle particle{};
  particle.place = {between<int>(random, -9, 9), between<int>(random, -9, 9)};
  particle.mass = static_cast<double>(random.between(-20, 20)) / 4;
  for (short& mark : particle.marks) mark = any<short>(random);
  particle.is_fixed = random.one_in(2);
  return particle;
}
GuardedArray<Particle> any_particles(Random& random, std::size_t count) {
  GuardedArray<Particle> particles(count);
  for (Particle& particle : particles.span()) particle = any_particle(random);
  return particles;
}

void add_pixels(Programs& programs) {
  add(
      programs, "luminance_of_pixels",
      [](Code code, In<Rgb> in, Out<uint8_t> out) {
        for (auto i : code.range(in.size())) {
          auto pixel = in[i];
          out[i] =
              (field<&Rgb::red>(pixel) * 77 + field<&Rgb::green>(pixel) * 150 + field<&Rgb::blue>(pixel) * 29) >> 8;
        }
      },
      [](std::span<const Rgb> in, std::span<uint8_t> out) {
        for (std::size_t i = 0; i < in.size(); ++i)
          out[i] = static_cast<uint8_t>((in[i].red * 77 + in[i].green * 150 + in[i].blue * 29) >> 8);
      },
      [](Random& random) { return std::tuple(any_pixels(random, 19), any_array<uint8_t>(random, 19)); });
  add(
      programs, "rotated_colours_in_place",
      [](Code code, DynamicInOut<Rgb> pixels, Value<int64_t> from) {
        for (auto i : code.range(from, pixels.size())) {
          auto before = pixels[i];
          pixels[i] = make<Rgb>(field<&Rgb::blue>(before), field<&Rgb::red>(before), 7);
          field<&Rgb::green>(pixels[i]) += field<&Rgb::green>(before);
        }
      },
      [](std::span<Rgb> pixels, int64_t from) {
        for (int64_t i = from; i < std::ssize(pixels); ++i) {
          if (i < 0) throw ExpectedFault{};
          Rgb& pixel = pixels[static_cast<std::size_t>(i)];
          pixel = {pixel.blue, static_cast<uint8_t>(pixel.red + pixel.green), 7};
        }
      },
      [](Random& random) {
        return std::tuple(any_pixels(random, between<std::size_t>(random, 0, 9)), between<int64_t>(random, -1, 9));
      });
}

void add_particles(Programs& programs) {
  add(
      programs, "heaviest_particle",
      [](Code code, In<Particle> in, Value<Point> shift, Out<Particle> out) {
        auto best = code.variable(in[0]);
        for (auto i : code.range(1, in.size())) {
          if (auto _ = code.when(field<&Particle::mass>(in[i]) > field<&Particle::mass>(best))) best = in[i];
          field<&Particle::marks>(best)[1] += 1;
        }
        field<&Particle::place, &Point::x>(best) += field<&Point::x>(shift);
        out[0] = best;
        field<&Particle::place>(out[1]) = make<Point>(field<&Point::y>(shift), -1);
        field<&Particle::marks>(out[1])[2] = 77;
        return field<&Particle::is_fixed>(best) & (field<&Particle::marks>(best)[1] > 2);
      },
      [](std::span<const Particle> in, Point shift, std::span<Particle> out) {
        Particle best = in[0];
        for (std::size_t i = 1; i < in.size(); ++i) {
          if (in[i].mass > best.mass) best = in[i];
          best.marks[1] = static_cast<short>(best.marks[1] + 1);
        }
        best.place.x += shift.x;
        out[0] = best;
        out[1].place = {shift.y, -1};
        out[1].marks[2] = 77;
        return best.is_fixed && best.marks[1] > 2;
      },
      [](Random& random) {
        const Point shift{between<int>(random, -9, 9), between<int>(random, -9, 9)};
        return std::tuple(any_particles(random, 5), shift, any_particles(random, 2));
      });
  add(
      programs, "particles_in_a_grid",
      [](Code code, InOut<Particle, 2> cells, Value<int64_t> row) {
        auto total = code.variable(0.0);
        for (auto x : code.range(cells.extent(1))) {
          total += field<&Particle::mass>(cells(row, x));
          field<&Particle::mass>(cells(row, x)) = total;
        }
        return total;
      },
      [](View<Particle, 2> cells, int64_t row) {
        double total = 0;
        for (int64_t x = 0; x < cells.extent(1); ++x) {
          if (row < 0 || row >= cells.extent(0)) throw ExpectedFault{};
          total += cells(row, x).mass;
          cells(row, x).mass = total;
        }
        return total;
      },
      [](Random& random) {
        GuardedGrid<Particle, 2> cells({3, 4}, {5, 1});
        for (Particle& particle : cells.memory().span()) particle = any_particle(random);
        return std::tuple(cells, between<int64_t>(random, 0, random.one_in(4) ? 3 : 2));
      });
}

}  // namespace

void add_structs(Programs& programs) {
  add_pixels(programs);
  add_particles(programs);
}

}  // namespace cogent::witness
