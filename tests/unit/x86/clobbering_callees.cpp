// The functions, and how the simulator calls each of them.
#include "unit/x86/clobbering_callees.h"

#include <bit>

#include "x86/cpu_features.h"

namespace cogent::x86 {
namespace {

double f64(std::uint64_t bits) { return std::bit_cast<double>(bits); }
std::uint64_t bits(double value) { return std::bit_cast<std::uint64_t>(value); }

const Callee table[] = {
    {address_of(weigh_integers), "iiiiii", 'i',
     [](const std::uint64_t* v) { return weigh_integers(v[0], v[1], v[2], v[3], v[4], v[5]); }},
    {address_of(weigh_doubles), "dddddddd", 'd',
     [](const std::uint64_t* v) {
       return bits(
           weigh_doubles(f64(v[0]), f64(v[1]), f64(v[2]), f64(v[3]), f64(v[4]), f64(v[5]), f64(v[6]), f64(v[7])));
     }},
    {address_of(choose_double), "didi", 'd',
     [](const std::uint64_t* v) { return bits(choose_double(f64(v[0]), v[1], f64(v[2]), v[3])); }},
    {address_of(add_to_place), "ii", 'v',
     [](const std::uint64_t* v) {
       add_to_place(reinterpret_cast<std::uint64_t*>(v[0]), v[1]);
       return std::uint64_t{0};
     }},
};

}  // namespace

void clobber() {
  asm volatile(
      "mov $-1, %%rax\n mov %%rax, %%rcx\n mov %%rax, %%rdx\n mov %%rax, %%rsi\n mov %%rax, %%rdi\n mov %%rax, %%r8\n"
      "mov %%rax, %%r9\n mov %%rax, %%r10\n mov %%rax, %%r11\n"
      "pcmpeqd %%xmm0, %%xmm0\n pcmpeqd %%xmm1, %%xmm1\n pcmpeqd %%xmm2, %%xmm2\n pcmpeqd %%xmm3, %%xmm3\n"
      "pcmpeqd %%xmm4, %%xmm4\n pcmpeqd %%xmm5, %%xmm5\n pcmpeqd %%xmm6, %%xmm6\n pcmpeqd %%xmm7, %%xmm7\n"
      "pcmpeqd %%xmm8, %%xmm8\n pcmpeqd %%xmm9, %%xmm9\n pcmpeqd %%xmm10, %%xmm10\n pcmpeqd %%xmm11, %%xmm11\n"
      "pcmpeqd %%xmm12, %%xmm12\n pcmpeqd %%xmm13, %%xmm13\n pcmpeqd %%xmm14, %%xmm14\n pcmpeqd %%xmm15, %%xmm15\n"
      :
      :
      : "rax", "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11", "memory", "xmm0", "xmm1", "xmm2", "xmm3", "xmm4",
        "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15");
  if (detected_cpu_level() < CpuLevel::Avx512) return;
  asm volatile(
      ".irp r, 16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31\n vpternlogd $255, %%zmm\\r, %%zmm\\r, %%zmm\\r\n "
      ".endr\n"
      "vzeroupper"
      :
      :
      : "memory");
}

std::uint64_t weigh_integers(std::uint64_t a, std::uint64_t b, std::uint64_t c, std::uint64_t d, std::uint64_t e,
                             std::uint64_t f) {
  const std::uint64_t result = a + 10 * b + 100 * c + 1000 * d + 10000 * e + 100000 * f;
  clobber();
  return result;
}

double weigh_doubles(double a, double b, double c, double d, double e, double f, double g, double h) {
  const double result = a + 10 * b + 100 * c + 1000 * d + 10000 * e + 100000 * f + 1e6 * g + 1e7 * h;
  clobber();
  return result;
}

std::uint64_t weigh_both(double a, std::uint64_t b, float c, std::uint64_t d) {
  const auto result =
      static_cast<std::uint64_t>(a + 10 * static_cast<double>(b) + 100 * static_cast<double>(c)) + 1000 * d;
  clobber();
  return result;
}

double choose_double(double a, std::uint64_t b, double c, std::uint64_t d) {
  const double result = b < d ? a : c;
  clobber();
  return result;
}

void add_to_place(std::uint64_t* place, std::uint64_t a) {
  *place += a;
  clobber();
}

std::span<const Callee> callees() { return table; }

}  // namespace cogent::x86
