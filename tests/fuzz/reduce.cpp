// Greedy reduction, from large pieces to small ones, until a whole round changes nothing.
#include "fuzz/reduce.h"

#include <algorithm>
#include <cctype>
#include <cstring>
#include <sstream>
#include <vector>

#include "ir/parse.h"
#include "ir/verifier.h"
#include "support/callees.h"

namespace cogent::fuzz {
namespace {

using Lines = std::vector<std::string>;

Lines lines_of(const std::string& text) {
  Lines lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::string text_of(const Lines& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

class Reducer {
 public:
  Reducer(const std::string& text, const StillFails& still_fails, int most_attempts)
      : lines_(lines_of(text)), still_fails_(still_fails), attempts_left_(most_attempts) {}

  std::string run() {
    do {
      changed_ = false;
      remove_blocks();
      for (const std::size_t count : {16u, 4u, 1u}) remove_lines(count);
      replace_values();
      shrink_numbers();
    } while (changed_ && attempts_left_ > 0);
    return text_of(lines_);
  }

 private:
  bool attempt(Lines candidate) {
    if (attempts_left_-- <= 0) return false;
    try {
      ir::Program program = ir::parse(text_of(candidate));
      testing::bind_callees(program);
      if (!ir::describe(ir::verify(program)).empty() || !still_fails_(program)) return false;
    } catch (const ir::ParseError&) {
      return false;
    }
    lines_ = std::move(candidate);
    return changed_ = true;
  }

  // Its line number may follow.
  static bool opens(const std::string& line) {
    const std::size_t brace = line.rfind('{');
    return brace != std::string::npos && (brace + 1 == line.size() || line.compare(brace, 3, "{ @") == 0);
  }
  static bool closes(const std::string& line) {
    const std::size_t first = line.find_first_not_of(' ');
    return first != std::string::npos && line[first] == '}';
  }

  /// The line that closes what the line opens.
  std::size_t end_of(std::size_t line) const {
    int depth = 1;
    while (++line < lines_.size()) {
      depth -= closes(lines_[line]);
      if (depth == 0) break;
      depth += opens(lines_[line]);
    }
    return line;
  }

  // Removes whole statements with their regions, only a region, or only what surrounds it.
  void remove_blocks() {
    for (std::size_t i = 1; i < lines_.size(); ++i) {
      if (!opens(lines_[i])) continue;
      const std::size_t end = end_of(i);
      if (end >= lines_.size()) return;
      const bool is_middle = closes(lines_[i]), goes_on = opens(lines_[end]);
      Lines without = lines_;
      const auto at = [&](std::size_t line) { return without.begin() + static_cast<std::ptrdiff_t>(line); };
      if (!is_middle && !goes_on) {
        without.erase(at(i), at(end + 1));
        if (attempt(without)) continue;
        without = lines_;
        without.erase(at(end));
        without.erase(at(i));
        if (attempt(without)) continue;
      } else if (is_middle) {
        without.erase(at(i), at(end));
        if (attempt(without)) continue;
      }
      without = lines_;
      without.erase(at(i + 1), at(end));
      if (end > i + 1) attempt(without);
    }
  }

  void remove_lines(std::size_t count) {
    for (std::size_t i = lines_.size(); i-- > 1;) {
      if (i + count > lines_.size()) continue;
      const auto first = lines_.begin() + static_cast<std::ptrdiff_t>(i);
      const auto last = first + static_cast<std::ptrdiff_t>(count);
      if (std::any_of(first, last, [](const std::string& line) { return opens(line) || closes(line); })) continue;
      Lines without = lines_;
      without.erase(without.begin() + (first - lines_.begin()), without.begin() + (last - lines_.begin()));
      attempt(without);
    }
  }

  // `let %3 = ...` becomes `%3 = 0i32`, with whatever type fits; what stands behind another `=` becomes 0.
  void replace_values() {
    for (std::size_t i = 1; i < lines_.size(); ++i) {
      const std::string line = lines_[i];
      const std::size_t equals = line.find(" = ");
      if (equals == std::string::npos || opens(line)) continue;
      const std::size_t name = line.find_first_not_of(' ');
      const bool is_let = line.compare(name, 4, "let ") == 0;
      const std::string left =
          line.substr(0, name) + line.substr(name + (is_let ? 4 : 0), equals - name - (is_let ? 4 : 0));
      const std::string right = line.substr(equals + 3);
      for (const char* constant : {"0", "0i8", "0u8", "0i16", "0u16", "0i32", "0u32", "0i64", "0u64", "false", "true",
                                   "0x00000000_f32", "0x0000000000000000_f64"}) {
        if (right == constant) break;
        Lines candidate = lines_;
        candidate[i] = left + " = " + constant;
        if (attempt(candidate)) break;
      }
    }
  }

  // The numbers of a line, one by one: 0, 1, half.
  void shrink_numbers() {
    for (std::size_t i = 1; i < lines_.size(); ++i)
      for (std::size_t at = 0; at < lines_[i].size(); ++at) {
        const std::string& line = lines_[i];
        if (std::isdigit(static_cast<unsigned char>(line[at])) == 0 || (at > 0 && is_part_of_word(line[at - 1])))
          continue;
        std::size_t end = at;
        while (end < line.size() && std::isdigit(static_cast<unsigned char>(line[end])) != 0) ++end;
        const std::string digits = line.substr(at, end - at), before = line.substr(0, at), after = line.substr(end);
        const std::string half = digits.size() > 1 && digits.size() < 19 ? std::to_string(std::stoll(digits) / 2) : "";
        for (const std::string& smaller : {std::string("0"), std::string("1"), half}) {
          if (smaller.empty() || digits == smaller || digits == "0") continue;
          Lines candidate = lines_;
          candidate[i] = before + smaller + after;
          if (attempt(candidate)) break;
        }
      }
  }

  static bool is_part_of_word(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '%' || c == '@' || c == '?';
  }

  Lines lines_;
  const StillFails& still_fails_;
  int attempts_left_;
  bool changed_ = false;
};

}  // namespace

std::string reduce_program(const std::string& text, const StillFails& still_fails, int most_attempts) {
  return Reducer(text, still_fails, most_attempts).run();
}

testing::Inputs reduce_inputs(const ir::Program& program, testing::Inputs inputs,
                              const std::function<bool(const testing::Inputs&)>& still_fails) {
  const auto clear = [&](std::size_t first, std::size_t last) {
    testing::Inputs candidate = inputs;
    std::fill(candidate.memory.begin() + static_cast<std::ptrdiff_t>(first),
              candidate.memory.begin() + static_cast<std::ptrdiff_t>(last), std::byte{0});
    if (still_fails(candidate)) inputs = candidate;
  };
  for (std::size_t i = 0; i < inputs.arrays.size(); ++i) {
    const testing::Inputs::Place place = inputs.arrays[i];
    const std::size_t width = static_cast<std::size_t>(ir::size_of(program.arrays[i].type));
    const std::size_t end = place.offset + width * static_cast<std::size_t>(place.size);
    clear(place.offset, end);
    for (std::size_t at = place.offset; at < end; at += width) clear(at, at + width);
  }
  for (std::int64_t& value : inputs.values)
    for (const std::int64_t smaller : {0, 1}) {
      testing::Inputs candidate = inputs;
      candidate.values[static_cast<std::size_t>(&value - inputs.values.data())] = smaller;
      if (value == 0 || !still_fails(candidate)) continue;
      value = smaller;
      break;
    }
  return inputs;
}

}  // namespace cogent::fuzz
