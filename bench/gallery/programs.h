// A gallery program as the benchmark sees it: calls of the generated function and of those it is compared with.
#pragma once

#include <cstdint>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "../../examples/support/interleaved_rounds.h"
#include "natural.h"

namespace bench {

// Something that does the same work: the plain function as a compiler made it, or a function of a library.
struct Rival {
  std::string name;
  std::function<void()> call;
  bool is_natural = true;
};

struct GalleryProgram {
  GalleryProgram(std::string name, std::string work, double target = 1)
      : name(std::move(name)), work(std::move(work)), target(target) {}

  std::string name;
  std::string work;     // what one call does
  double target;        // how many times as fast as the plain function it is meant to be
  bool prints = false;  // to stdout
  std::function<void()> call;
  std::function<void(int)> prepare = [](int) {};  // what generate needs, not timed
  std::function<void(int)> generate;              // for facts that differ with each number
  std::vector<Rival> rivals;
  std::function<bool()> agrees;  // whether the last calls of all gave the same

  // The plain function of this name from every compiler; `call` calls the function that it is given.
  template <class Function, class Call>
  void add_naturals(const std::string& function, Function*, Call call) {
    for (const NaturalEntry& entry : all_naturals())
      if (entry.name == function) {
        const auto compiled = reinterpret_cast<Function*>(entry.address);
        rivals.push_back({entry.compiler, [=] { call(compiled); }});
      }
  }
};

// Equal calls give equal numbers from `lowest` to `highest`.
template <class T>
std::vector<T> random_numbers(std::size_t count, int lowest, int highest) {
  std::mt19937 generator(7);
  std::uniform_int_distribution<int> distribution(lowest, highest);
  std::vector<T> numbers(count);
  for (T& number : numbers) number = static_cast<T>(distribution(generator));
  return numbers;
}

GalleryProgram bench_power_of_ints();
GalleryProgram bench_power_of_doubles();
GalleryProgram bench_dot_product();
GalleryProgram bench_matrix_vector();
GalleryProgram bench_polynomial();
GalleryProgram bench_histogram();
GalleryProgram bench_lookup();
GalleryProgram bench_game_of_life();
GalleryProgram bench_sorting_network();
GalleryProgram bench_interpreter();
GalleryProgram bench_find_character();
GalleryProgram bench_find_literal();
GalleryProgram bench_find_wildcards();
GalleryProgram bench_printer();
GalleryProgram bench_matrix_multiply_8();
GalleryProgram bench_matrix_multiply_48();

}  // namespace bench
