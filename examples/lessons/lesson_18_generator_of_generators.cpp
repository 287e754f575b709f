// Lesson 18: a generator of generators: while a function is generated, others are made, called and built in.
#include <cogent/cogent.h>

#include <cstdio>
#include <functional>
#include <string_view>
#include <vector>

using namespace cogent;

// A term of the calculator: an expression of x, as plain C++ that stages itself when it is asked to.
using Term = std::function<Value<double>(Value<double>)>;

// Reads a formula such as "x*x+3" (numbers of one digit, * before +) while generating.
Term parse(std::string_view formula) {
  for (const char operation : {'+', '*'}) {
    if (const auto at = formula.find(operation); at != formula.npos) {
      const Term left = parse(formula.substr(0, at)), right = parse(formula.substr(at + 1));
      if (operation == '+') return [=](Value<double> x) { return left(x) + right(x); };
      return [=](Value<double> x) { return left(x) * right(x); };
    }
  }
  if (formula == "x") return [](Value<double> x) { return x; };
  const double number = formula.at(0) - '0';
  return [=](Value<double>) { return Value<double>(number); };
}

GeneratedFunction evaluate("evaluate", [](GeneratedCodeBlock&, Value<double> x, std::string_view formula) {
  return parse(formula)(x);
});

// While this is generated, evaluate is generated and run to find the best step; only its result is built in. The
// formula itself is a call at run time.
GeneratedFunction integral("integral", [](GeneratedCodeBlock& code, std::string_view formula, Value<double> to) {
  int steps = 1;
  while (steps < 64 && evaluate(1.0 / steps, formula) - evaluate(0.0, formula) > 0.05) steps *= 2;
  auto sum = code.variable(0.0);
  for (auto i : code.range(steps)) {
    auto y = code.call(evaluate, (i + 0.5) * to / steps, formula);
    sum += y;
  }
  return sum * to / steps;
});

int main() {
  std::printf("%.4f %.4f\n", integral("x*x+3", 1.0), integral("3", 2.0));
  std::printf("%s", evaluate.get_source(0.0, "x*x+3").c_str());
}
