// Interpreters made into programs: a matcher that follows the table of an automaton, and a Brainf*** interpreter that
// is generated for a known program.
#include <array>
#include <string_view>
#include <vector>

#include "witness/program.h"

namespace cogent::witness {
namespace {

GuardedArray<std::uint8_t> any_text(Random& random, std::size_t size, std::string_view alphabet) {
  GuardedArray<std::uint8_t> text(size);
  for (std::uint8_t& c : text.span()) c = static_cast<std::uint8_t>(alphabet[random.bits() % alphabet.size()]);
  return text;
}

bool is_vowel(int byte) {
  return byte != 0 && std::string_view("aeiouAEIOU").find(static_cast<char>(byte)) != std::string_view::npos;
}

// ---- an automaton

/// (ab|cd*)+e on the letters a to e; state 0 is the beginning, 4 the end, 5 fails.
struct Automaton {
  static constexpr int states = 6, accepting = 4, failing = 5;
  static int next(int state, int byte) {
    static constexpr int table[states][5] = {{1, 5, 2, 5, 5}, {5, 3, 5, 5, 5}, {1, 5, 2, 2, 4},
                                             {1, 5, 2, 5, 4}, {5, 5, 5, 5, 5}, {5, 5, 5, 5, 5}};
    return byte >= 'a' && byte <= 'e' ? table[state][byte - 'a'] : failing;
  }
};

auto match = [](GeneratedCodeBlock& code, DynamicIn<std::uint8_t> text) {
  auto at = code.variable<std::int64_t>(0);
  for (int state : code.states(Automaton::states, 0)) {
    if (state == Automaton::failing) code.returns(-1);
    if (auto _ = code.when(at == text.size())) code.returns(state == Automaton::accepting ? 1 : 0);
    auto byte = text[at];
    at += 1;
    if (code.go(byte, [&](int b) { return Automaton::next(state, b); })) continue;
  }
  return Value<int>(0);
};

void add_automata(Programs& programs) {
  add(
      programs, "automaton", match,
      [](std::span<const std::uint8_t> text) {
        int state = 0;
        for (const std::uint8_t byte : text) state = Automaton::next(state, byte);
        return state == Automaton::failing ? -1 : state == Automaton::accepting ? 1 : 0;
      },
      [](Random& random) {
        const char* const words[] = {"ab", "cd", "c", "cdd", "abe", "cde"};
        std::string text;
        for (std::int64_t left = random.between(0, 6); left > 0; --left) text += words[random.bits() % 6];
        if (random.one_in(2)) text += 'e';
        if (random.one_in(4) && !text.empty()) text[random.bits() % text.size()] = 'x';
        GuardedArray<std::uint8_t> array(text.size());
        std::ranges::copy(text, array.span().begin());
        return std::tuple(array);
      });
  add(
      programs, "vowels_by_a_bit_table",
      [](GeneratedCodeBlock& code, DynamicIn<std::uint8_t> text) {
        auto at = code.variable<std::int64_t>(0);
        auto count = code.variable(0);
        for (int state : code.states(2, 0)) {
          count += state;
          if (auto _ = code.when(at == text.size()))
            if (code.leave()) break;
          at += 1;
          if (code.go(text[at - 1], [](int b) { return is_vowel(b); })) continue;
        }
        return Value<int>(count);
      },
      [](std::span<const std::uint8_t> text) {
        int count = 0;
        for (const std::uint8_t byte : text) count += is_vowel(byte);
        return count;
      },
      [](Random& random) {
        return std::tuple(any_text(random, random.bits() % 50, "abcdefghiklmnopqrAEXIOU \xe9\0"));
      });
}

// ---- Brainf***

/// The partners of the brackets.
std::vector<int> partners(std::string_view program) {
  std::vector<int> result(program.size(), -1), open;
  for (int at = 0; at < std::ssize(program); ++at) {
    if (program[static_cast<std::size_t>(at)] == '[') open.push_back(at);
    if (program[static_cast<std::size_t>(at)] != ']') continue;
    result[static_cast<std::size_t>(at)] = open.back();
    result[static_cast<std::size_t>(open.back())] = at;
    open.pop_back();
  }
  return result;
}

// Multiplies the input by itself, by adding.
constexpr std::string_view square = ",[->+>+<<]>[->>>+<<<]>[>[->+<]>[-<+>>>+<<]>[-<+>]<<<-]>>>>.";

/// What interprets the program in plain C++; `generate` is the same with a code block.
int interpret(std::string_view program, std::span<std::uint8_t> cells, int input) {
  const std::vector<int> partner = partners(program);
  std::size_t cell = 0;
  int output = 0;
  for (int at = 0; at < std::ssize(program); ++at) {
    const int other = partner[static_cast<std::size_t>(at)];
    switch (program[static_cast<std::size_t>(at)]) {
        // clang-format off
      case '>': ++cell; break;
      case '<': --cell; break;
      case '+': ++cells[cell]; break;
      case '-': --cells[cell]; break;
      case ',': cells[cell] = static_cast<std::uint8_t>(input); break;
      case '.': output = output * 256 + cells[cell]; break;
      case '[': if (cells[cell] == 0) at = other; break;
      case ']': if (cells[cell] != 0) at = other; break;
        // clang-format on
    }
  }
  return output;
}

auto generate = [](GeneratedCodeBlock& code, InOut<std::uint8_t> cells, Value<int> input) {
  const std::string_view program = square;
  const std::vector<int> partner = partners(program);
  auto cell = code.variable<std::int64_t>(0);
  auto output = code.variable(0);
  for (int at : code.states(static_cast<int>(program.size()) + 1, 0)) {
    if (at == std::ssize(program)) {
      if (code.leave()) break;
      continue;
    }
    const int other = partner[static_cast<std::size_t>(at)];
    switch (program[static_cast<std::size_t>(at)]) {
        // clang-format off
      case '>': cell += 1; break;
      case '<': cell -= 1; break;
      case '+': cells[cell] += 1; break;
      case '-': cells[cell] -= 1; break;
      case ',': cells[cell] = input; break;
      case '.': output = output * 256 + cells[cell]; break;
      case '[': if (auto _ = code.when(cells[cell] == 0)) if (code.go(other + 1)) continue; break;
      case ']': if (auto _ = code.when(cells[cell] != 0)) if (code.go(other + 1)) continue; break;
        // clang-format on
    }
    if (code.go(at + 1)) continue;
  }
  return Value<int>(output);
};

void add_interpreters(Programs& programs) {
  add(
      programs, "brainf", generate,
      [](std::span<std::uint8_t> cells, int input) { return interpret(square, cells, input); },
      [](Random& random) {
        GuardedArray<std::uint8_t> cells(12);
        std::ranges::fill(cells.span(), std::uint8_t{0});
        return std::tuple(cells, between<int>(random, 0, 15));
      });
}

// ---- random machines

/// What a state of a random machine does; the machine itself is known when its code is generated.
struct Step {
  int target, amount, other, limit;
};

template <int seed>
std::vector<Step> random_machine() {
  Random random(seed);
  std::vector<Step> steps(static_cast<std::size_t>(random.between(1, 9)));
  for (Step& step : steps)
    step = {static_cast<int>(random.bits() % steps.size()), static_cast<int>(random.between(-5, 9)),
            static_cast<int>(random.bits() % steps.size()), static_cast<int>(random.between(-20, 60))};
  return steps;
}

template <int seed>
void add_random_machine(Programs& programs, const char* name) {
  add(
      programs, name,
      [](GeneratedCodeBlock& code, Value<int> fuel, InOut<int> visits) {
        const std::vector<Step> machine = random_machine<seed>();
        auto left = code.variable(fuel);
        auto a = code.variable(0), b = code.variable(1);
        for (int state : code.states(static_cast<int>(machine.size()), 0)) {
          const Step& step = machine[static_cast<std::size_t>(state)];
          if (auto _ = code.when(left <= 0))
            if (code.leave()) break;
          left -= 1;
          visits[state] += 1;
          a += step.amount;
          if (auto _ = code.when(a > step.limit)) {
            a -= 2 * b;
            b += step.amount & 3;
            if (code.go(step.other)) continue;
          }
          if (state % 3 == 2)
            if (code.go(cast<std::uint8_t>(a),
                        [&](int byte) { return (byte / (1 + state) + step.target) % std::ssize(machine); }))
              continue;
          if (code.go(step.target)) continue;
        }
        return Value<int>(a * 100 + b);
      },
      [](int fuel, std::span<int> visits) {
        const std::vector<Step> machine = random_machine<seed>();
        int a = 0, b = 1, state = 0;
        for (; fuel > 0; --fuel) {
          const Step& step = machine[static_cast<std::size_t>(state)];
          ++visits[static_cast<std::size_t>(state)];
          a += step.amount;
          if (a > step.limit) {
            a -= 2 * b;
            b += step.amount & 3;
            state = step.other;
          } else if (state % 3 == 2) {
            state = (static_cast<std::uint8_t>(a) / (1 + state) + step.target) % static_cast<int>(machine.size());
          } else {
            state = step.target;
          }
        }
        return a * 100 + b;
      },
      [](Random& random) {
        GuardedArray<int> visits(random_machine<seed>().size());
        std::ranges::fill(visits.span(), 0);
        return std::tuple(between<int>(random, 0, 200), visits);
      });
}

}  // namespace

void add_machines(Programs& programs) {
  add_automata(programs);
  add_interpreters(programs);
  add_random_machine<1>(programs, "random_machine_1");
  add_random_machine<2>(programs, "random_machine_2");
  add_random_machine<3>(programs, "random_machine_3");
  add_random_machine<4>(programs, "random_machine_4");
  add_random_machine<5>(programs, "random_machine_5");
}

}  // namespace cogent::witness
