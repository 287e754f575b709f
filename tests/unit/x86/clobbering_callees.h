// Functions for generated code to call. Each of them changes every register that a callee may change.
#pragma once

#include <cstdint>
#include <span>

namespace cogent::x86 {

/// Changes every register that System V lets a callee change (AVX-512's upper half where there is one).
void clobber();

std::uint64_t weigh_integers(std::uint64_t a, std::uint64_t b, std::uint64_t c, std::uint64_t d, std::uint64_t e,
                             std::uint64_t f);
double weigh_doubles(double a, double b, double c, double d, double e, double f, double g, double h);
std::uint64_t weigh_both(double a, std::uint64_t b, float c, std::uint64_t d);
double choose_double(double a, std::uint64_t b, double c, std::uint64_t d);
void add_to_place(std::uint64_t* place, std::uint64_t a);

template <class Function>
std::uint64_t address_of(Function* function) {
  return reinterpret_cast<std::uint64_t>(function);
}

/// A function for random programs.
struct Callee {
  std::uint64_t address;
  const char* arguments;  // i, an integer, or d, a double, for each; the first i of add_to_place is an address
  char result;            // i, d, or v, none
  std::uint64_t (*invoke)(const std::uint64_t* arguments);  // by bits
};
std::span<const Callee> callees();

}  // namespace cogent::x86
