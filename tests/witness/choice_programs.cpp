// Programs that make run-time values known: cases of a value, machines of states, loops left by name.
#include <array>
#include <string_view>

#include "witness/program.h"

namespace cogent::witness {
namespace {

// ---- cases

template <class T>
void add_dense_cases(Programs& programs, const char* name) {
  add(
      programs, name,
      [](GeneratedCodeBlock& code, Value<T> x, Value<int> y) {
        auto result = code.variable(y);
        for (int v : code.cases(x, {0, 1, 2, 3, 4, 5, 6, 8, 9})) result = y * v + v;
        if (auto _ = code.otherwise()) result -= 7;
        return Value<int>(result);
      },
      [](T x, int y) {
        if (x < 0 || x > 9 || x == 7) return y - 7;
        return y * static_cast<int>(x) + static_cast<int>(x);
      },
      [](Random& random) {
        return std::tuple(static_cast<T>(random.between(0, 12) - 1), between<int>(random, -999, 999));
      });
}

void add_cases(Programs& programs) {
  add_dense_cases<std::int8_t>(programs, "dense_cases_i8");
  add_dense_cases<std::uint8_t>(programs, "dense_cases_u8");
  add_dense_cases<std::int16_t>(programs, "dense_cases_i16");
  add_dense_cases<int>(programs, "dense_cases_i32");
  add_dense_cases<unsigned>(programs, "dense_cases_u32");
  add_dense_cases<std::int64_t>(programs, "dense_cases_i64");
  add_dense_cases<std::uint64_t>(programs, "dense_cases_u64");

  add(
      programs, "switch_on_an_enum",
      [](GeneratedCodeBlock& code, Value<int> operation, Value<int> a, Value<int> b) {
        enum class Operation { add, subtract, multiply, negate = 100 };
        auto result = code.variable(0);
        for (Operation v :
             code.cases(operation, {Operation::add, Operation::subtract, Operation::multiply, Operation::negate})) {
          if (v == Operation::add) result = a + b;
          if (v == Operation::subtract) result = a - b;
          if (v == Operation::multiply) result = a * b;
          if (v == Operation::negate) result = -a;
        }
        return Value<int>(result);
      },
      [](int operation, int a, int b) {
        return operation == 0 ? a + b : operation == 1 ? a - b : operation == 2 ? a * b : operation == 100 ? -a : 0;
      },
      [](Random& random) {
        return std::tuple(random.one_in(4) ? 100 : between<int>(random, -1, 3), between<int>(random, -999, 999),
                          between<int>(random, -999, 999));
      });

  add(
      programs, "sparse_cases_of_64_bits",
      [](GeneratedCodeBlock& code, Value<std::int64_t> x) {
        auto result = code.variable(0);
        for (std::int64_t v : code.cases(x, {INT64_MIN, std::int64_t{-5'000'000'000}, std::int64_t{-1}, std::int64_t{0},
                                             std::int64_t{77}, std::int64_t{1} << 40, INT64_MAX}))
          result = static_cast<int>(v % 1000);
        return Value<int>(result);
      },
      [](std::int64_t x) {
        for (std::int64_t v : {INT64_MIN, std::int64_t{-5'000'000'000}, std::int64_t{-1}, std::int64_t{0},
                               std::int64_t{77}, std::int64_t{1} << 40, INT64_MAX})
          if (x == v) return static_cast<int>(v % 1000);
        return 0;
      },
      [](Random& random) {
        const std::array<std::int64_t, 8> interesting = {INT64_MIN, -5'000'000'000,        -1,        0,
                                                         77,        std::int64_t{1} << 40, INT64_MAX, INT64_MIN + 1};
        return std::tuple(random.one_in(3) ? any<std::int64_t>(random) : interesting[random.bits() % 8]);
      });

  add(
      programs, "cases_left_and_returned_from",
      [](GeneratedCodeBlock& code, In<int> in, InOut<int> out) {
        auto sum = code.variable(0);
        for (auto i : code.range(in.size()).named("elements")) {
          for (int v : code.cases(in[i] & 7, {0, 1, 2, 3, 4, 5, 6, 7})) {
            if (v == 6)
              if (code.breaks("elements")) break;
            if (v == 5) code.returns(sum * 2);
            if (auto _ = code.when(sum > 10))
              if (code.breaks()) break;
            if (v == 4)
              if (code.continues("elements")) continue;
            sum += v;
          }
          if (code.left()) continue;
          out[i] = sum;
        }
        return Value<int>(sum);
      },
      [](std::span<const int> in, std::span<int> out) {
        int sum = 0;
        for (std::size_t i = 0; i < in.size(); ++i) {
          const int v = in[i] & 7;
          if (v == 6) break;
          if (v == 5) return sum * 2;
          if (sum <= 10 && v == 4) continue;
          if (sum <= 10) sum += v;
          out[i] = sum;
        }
        return sum;
      },
      [](Random& random) { return std::tuple(array_between<int>(random, 9, 0, 9), any_array<int>(random, 9)); });
}

// ---- states

/// Words, numbers and other runs of a text, by a table of transitions.
struct Lexer {
  enum State { blank, word, number, other };
  static int next(int state, int byte) {
    if (byte >= '0' && byte <= '9') return state == word ? word : number;
    if ((byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_') return word;
    if (byte == ' ' || byte == '\n' || byte == '\t') return blank;
    return other;
  }
};

GuardedArray<std::uint8_t> any_text(Random& random, std::size_t size, std::string_view alphabet) {
  GuardedArray<std::uint8_t> text(size);
  for (std::uint8_t& c : text.span()) c = static_cast<std::uint8_t>(alphabet[random.bits() % alphabet.size()]);
  return text;
}

void add_states(Programs& programs) {
  add(
      programs, "table_driven_lexer",
      [](GeneratedCodeBlock& code, DynamicIn<std::uint8_t> text, Out<int> counts) {
        auto at = code.variable<std::int64_t>(0);
        for (auto i : code.range(counts.size())) counts[i] = 0;
        for (int state : code.states(4, Lexer::blank)) {
          if (auto _ = code.when(at == text.size()))
            if (code.leave()) break;
          if (code.left()) continue;
          auto byte = text[at];
          at += 1;
          counts[state] += 1;
          if (code.go(byte, [&](int b) { return Lexer::next(state, b); })) continue;
        }
      },
      [](std::span<const std::uint8_t> text, std::span<int> counts) {
        for (int& count : counts) count = 0;
        int state = Lexer::blank;
        for (const std::uint8_t byte : text) {
          ++counts[static_cast<std::size_t>(state)];
          state = Lexer::next(state, byte);
        }
      },
      [](Random& random) {
        return std::tuple(any_text(random, random.bits() % 60, "ab_Z09 \n+-\xe9"), any_array<int>(random, 4));
      });
}

// ---- loops left by name

void add_named_loops(Programs& programs) {
  add(
      programs, "break_from_an_inner_loop",
      [](GeneratedCodeBlock& code, In<int> in, Value<int> wanted) {
        auto found = code.variable(-1);
        for (auto y : code.range(5).named("rows"))
          for (auto x : code.range(7))
            if (auto _ = code.when(in[y * 7 + x] == wanted)) {
              found = y * 7 + x;
              if (code.breaks("rows")) break;
            }
        return Value<int>(found);
      },
      [](std::span<const int> in, int wanted) {
        for (int i = 0; i < 35; ++i)
          if (in[static_cast<std::size_t>(i)] == wanted) return i;
        return -1;
      },
      [](Random& random) { return std::tuple(array_between<int>(random, 35, 0, 40), between<int>(random, 0, 40)); });
  add(
      programs, "continue_of_an_outer_loop",
      [](GeneratedCodeBlock& code, In<int> in, InOut<int> out) {
        for (auto y : code.range(5).named("rows")) {
          for (int x : code.unroll(3))
            for (auto _ : code.loop()) {
              if (auto _ = code.when(in[y * 3 + x] == 0)) {
                if (code.continues("rows")) continue;
              }
              if (code.left()) continue;
              if (code.breaks()) break;
            }
          if (code.left()) continue;
          out[y] = 1;
        }
      },
      [](std::span<const int> in, std::span<int> out) {
        for (std::size_t y = 0; y < 5; ++y)
          if (in[y * 3] != 0 && in[y * 3 + 1] != 0 && in[y * 3 + 2] != 0) out[y] = 1;
      },
      [](Random& random) {
        return std::tuple(array_between<int>(random, 15, 0, 4), array_between<int>(random, 5, 7, 9));
      });
}

// ---- what a C++ programmer expects of loops and jumps, by their names there

void add_features(Programs& programs) {
  add(
      programs, "do_while",
      [](GeneratedCodeBlock& code, Value<int> n) {
        auto rest = code.variable(n);
        auto digits = code.variable(0);
        for (auto _ : code.loop()) {
          rest /= 10;
          digits += 1;
          if (auto _ = code.when(rest == 0))
            if (code.breaks()) break;
        }
        return Value<int>(digits);
      },
      [](int n) {
        int digits = 0;
        do {
          n /= 10;
          ++digits;
        } while (n != 0);
        return digits;
      },
      [](Random& random) { return std::tuple(any<int>(random)); });
  add(
      programs, "jumps_between_states",
      [](GeneratedCodeBlock& code, Value<int> n) {
        enum { even, odd, done };
        auto x = code.variable(n);
        auto steps = code.variable(0);
        for (int state : code.states(3, even)) {
          if (state == done)
            if (code.leave()) break;
          if (auto _ = code.when(x == 1))
            if (code.go(done)) continue;
          steps += 1;
          if (state == even) {
            if (auto _ = code.when(x % 2 != 0))
              if (code.go(odd)) continue;
            x /= 2;
            if (code.go(even)) continue;
          }
          if (state == odd) {
            x = 3 * x + 1;
            if (code.go(even)) continue;
          }
        }
        return Value<int>(steps);
      },
      [](int x) {
        int steps = 0;
        for (bool is_odd = false; x != 1; ++steps) {
          const bool was_odd = is_odd;
          is_odd = !was_odd && x % 2 != 0;
          if (was_odd)
            x = 3 * x + 1;
          else if (!is_odd)
            x /= 2;
        }
        return steps;
      },
      [](Random& random) { return std::tuple(between<int>(random, 1, 5000)); });
  add(
      programs, "switch_on_a_run_time_value",
      [](GeneratedCodeBlock& code, Value<char> operation, Value<int> a, Value<int> b) {
        for (char v : code.cases(operation, std::string_view("+-*/"))) {
          if (v == '+') code.returns(a + b);
          if (v == '-') code.returns(a - b);
          if (v == '*') code.returns(a * b);
          if (v == '/') {
            if (auto _ = code.when(b == 0))
              if (code.breaks()) break;
            code.returns(a / b);
          }
        }
        if (auto _ = code.otherwise()) code.returns(-1);
        return Value<int>(-2);
      },
      [](char operation, int a, int b) {
        switch (operation) {
          case '+':
            return a + b;
          case '-':
            return a - b;
          case '*':
            return a * b;
          case '/':
            return b == 0 ? -2 : a / b;
          default:
            return -1;
        }
      },
      [](Random& random) {
        return std::tuple("+-*/x"[random.bits() % 5], between<int>(random, -99, 99), between<int>(random, -3, 3));
      });
}

}  // namespace

void add_choices(Programs& programs) {
  add_cases(programs);
  add_states(programs);
  add_named_loops(programs);
  add_features(programs);
}

}  // namespace cogent::witness
