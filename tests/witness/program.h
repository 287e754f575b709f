// A program with generated control flow beside plain C++ that does the same, and how the two are compared.
#pragma once
#include <cogent/cogent.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>

#include "support/machine_code.h"
#include "support/random.h"
#include "witness/guarded_grid.h"
#include "x86/cpu_features.h"

namespace cogent::witness {

using testing::Random;

/// What the plain C++ throws where the generated function has to raise a RunTimeError.
struct ExpectedFault {};

/// How a run ended: with a result, or with an error.
struct Ending {
  std::optional<std::int64_t> result;
  bool faulted = false;
  bool operator==(const Ending&) const = default;
};

class Program {
 public:
  explicit Program(std::string name) : name_(std::move(name)) {}
  virtual ~Program() = default;
  const std::string& name() const { return name_; }

  /// Random arguments: run_checked and machine code at every CPU level do what the plain C++ does.
  virtual void check(Random& random) const = 0;
  /// The printed source, and whether it does the same once it is compiled.
  virtual std::string source(Random& random) const = 0;
  virtual void check_compiled(void* function, Random& random) const = 0;

 private:
  std::string name_;
};

namespace detail {

/// What numbers are compared by: all NaNs are one.
template <class T>
std::int64_t comparable(T number) {
  if (number != number) return -1;
  return cogent::detail::canonical(number);
}

template <class T>
const T& passed(const T& value) {
  return value;
}
template <class T>
std::span<T> passed(const GuardedArray<T>& array) {
  return array.span();
}
template <class T, int Rank>
View<T, Rank> passed(const GuardedGrid<T, Rank>& grid) {
  return grid.view();
}

/// How a parameter reaches the compiled source.
template <class P>
struct InSource {
  template <class A>
  static std::tuple<> arguments(const A&) {
    return {};
  }
};
template <class T>
struct InSource<Value<T>> {
  static std::tuple<T> arguments(const T& value) { return {value}; }
};
template <class T>
  requires std::is_class_v<T>
struct InSource<Value<T>> {
  static std::tuple<const T*> arguments(const T& value) { return {&value}; }
};
template <class T>
struct StaticArrayInSource {
  template <class A>
  static std::tuple<T*> arguments(const A& array) {
    return {array.data()};
  }
};
template <class T>
struct DynamicArrayInSource {
  template <class A>
  static std::tuple<T*, std::int64_t> arguments(const A& array) {
    return {array.data(), static_cast<std::int64_t>(array.size())};
  }
};
template <class T, int Rank>
struct DynamicGridInSource {
  static auto arguments(const View<T, Rank>& grid) {
    return [&]<std::size_t... i>(std::index_sequence<i...>) {
      return std::tuple(grid.data(), grid.extent(i)..., grid.stride(i)...);
    }(std::make_index_sequence<Rank>{});
  }
};
// clang-format off
template <class T, int Rank> struct InSource<In<T, Rank>> : StaticArrayInSource<const T> {};
template <class T, int Rank> struct InSource<Out<T, Rank>> : StaticArrayInSource<T> {};
template <class T, int Rank> struct InSource<InOut<T, Rank>> : StaticArrayInSource<T> {};
template <class T, int Rank> struct InSource<DynamicIn<T, Rank>> : DynamicGridInSource<const T, Rank> {};
template <class T, int Rank> struct InSource<DynamicOut<T, Rank>> : DynamicGridInSource<T, Rank> {};
template <class T, int Rank> struct InSource<DynamicInOut<T, Rank>> : DynamicGridInSource<T, Rank> {};
template <class T> struct InSource<DynamicIn<T>> : DynamicArrayInSource<const T> {};
template <class T> struct InSource<DynamicOut<T>> : DynamicArrayInSource<T> {};
template <class T> struct InSource<DynamicInOut<T>> : DynamicArrayInSource<T> {};
// clang-format on

template <class R, class... A>
R call_source(void* function, const std::tuple<A...>& arguments) {
  return std::apply(reinterpret_cast<R (*)(A...)>(function), arguments);
}

}  // namespace detail

template <class Signature, class Reference, class Make>
class ProgramOf;

template <class R, class... P, class Reference, class Make>
class ProgramOf<R(P...), Reference, Make> : public Program {
  using Function = GeneratedFunction<R(P...)>;
  using Arguments = std::invoke_result_t<Make, Random&>;

 public:
  template <class Body>
  ProgramOf(const char* name, Body body, Reference reference, Make make, const std::source_location& at)
      : Program(name), function_(name, body, at), reference_(reference), make_(make) {}

  void check(Random& random) const override {
    const Arguments arguments = make_(random);
    const Outcome expected = run(reference_, arguments);
    for (const x86::CpuLevel level : testing::cpu_levels()) {
      SCOPED_TRACE(name() + " for " + x86::name(level));
      const x86::ScopedCpuLevel mask(level);
      expect_same(expected, run([&](auto&&... passed) { return function_.run_checked(passed...); }, arguments));
      expect_same(expected, run([&](auto&&... passed) { return function_(passed...); }, arguments));
    }
  }

  std::string source(Random& random) const override {
    return std::apply([&](const auto&... argument) { return function_.get_source(detail::passed(argument)...); },
                      make_(random));
  }

  void check_compiled(void* function, Random& random) const override {
    SCOPED_TRACE(name() + ", its source compiled");
    const Arguments arguments = make_(random);
    const auto run_source = [&](auto&&... passed) {
      return detail::call_source<typename Function::Result>(
          function, std::tuple_cat(detail::InSource<std::remove_cvref_t<P>>::arguments(passed)...));
    };
    expect_same(run(reference_, arguments), run(run_source, arguments));
  }

 private:
  struct Outcome {
    Ending ending;
    Arguments arguments;
  };

  template <class Run>
  static Outcome run(Run&& run, const Arguments& arguments) {
    Outcome outcome{{}, arguments};
    const auto call = [&](const auto&... argument) { return run(detail::passed(argument)...); };
    try {
      if constexpr (std::is_void_v<typename Function::Result>)
        std::apply(call, outcome.arguments);
      else
        outcome.ending.result = detail::comparable(std::apply(call, outcome.arguments));
    } catch (const CheckError& error) {
      ADD_FAILURE() << error.what();
    } catch (const GenerationError& error) {
      ADD_FAILURE() << error.what();
    } catch (...) {  // RunTimeError, ExpectedFault, or the Fault of a compiled source
      outcome.ending.faulted = true;
    }
    return outcome;
  }

  static void expect_same(const Outcome& expected, const Outcome& actual) {
    EXPECT_EQ(expected.ending.faulted, actual.ending.faulted);
    EXPECT_EQ(expected.ending.result, actual.ending.result);
    [&]<std::size_t... i>(std::index_sequence<i...>) {
      (expect_same_argument(std::get<i>(expected.arguments), std::get<i>(actual.arguments)), ...);
    }(std::index_sequence_for<P...>{});
  }
  template <class T>
  static auto printable(T element) {
    return +static_cast<cogent::detail::number_type<T>>(element);
  }
  template <class T>
  static void expect_same_argument(const T&, const T&) {}
  template <class T>
  static void expect_same_argument(const GuardedArray<T>& expected, const GuardedArray<T>& actual) {
    ASSERT_EQ(expected.size(), actual.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
      if constexpr (std::is_class_v<T>)
        EXPECT_EQ(expected[i], actual[i]) << "element " << i;
      else
        EXPECT_EQ(detail::comparable(expected[i]), detail::comparable(actual[i]))
            << "element " << i << ": " << printable(expected[i]) << " expected, " << printable(actual[i]) << " found";
    }
    EXPECT_TRUE(actual.is_intact_before());
  }
  template <class T, int Rank>
  static void expect_same_argument(const GuardedGrid<T, Rank>& expected, const GuardedGrid<T, Rank>& actual) {
    expect_same_argument(expected.memory(), actual.memory());
  }

  Function function_;
  Reference reference_;
  Make make_;
};

using Programs = std::vector<std::unique_ptr<Program>>;

/// `make` gives the arguments as a tuple: GuardedArrays and numbers; static arguments and sizes of In, Out and InOut
/// are the same each time.
template <class Body, class Reference, class Make>
void add(Programs& programs, const char* name, Body body, Reference reference, Make make,
         const std::source_location& at = std::source_location::current()) {
  using Signature = typename cogent::detail::BodyOf<Body>::Signature;
  programs.push_back(std::make_unique<ProgramOf<Signature, Reference, Make>>(name, body, reference, make, at));
}

// ---- arguments

/// Any number of the type: mostly small, often extreme.
template <class T>
T any(Random& random) {
  return cogent::detail::number_of<T>(random.value(static_cast<ir::Type>(cogent::detail::type_of<T>)));
}
template <class T>
T between(Random& random, std::int64_t first, std::int64_t last) {
  return static_cast<T>(random.between(first, last));
}
template <class T>
GuardedArray<T> any_array(Random& random, std::size_t size) {
  GuardedArray<T> array(size);
  for (T& element : array.span()) element = any<T>(random);
  return array;
}
template <class T>
GuardedArray<T> array_between(Random& random, std::size_t size, std::int64_t first, std::int64_t last) {
  GuardedArray<T> array(size);
  for (T& element : array.span()) element = between<T>(random, first, last);
  return array;
}

template <class T, int Rank>
GuardedGrid<T, Rank> any_grid(Random& random, const std::array<std::int64_t, Rank>& extents,
                              const std::array<std::int64_t, Rank>& strides) {
  GuardedGrid<T, Rank> grid(extents, strides);
  for (T& element : grid.memory().span()) element = any<T>(random);
  return grid;
}

// ---- the programs
void add_loops(Programs& programs);
void add_lanes(Programs& programs);
void add_branches(Programs& programs);
void add_arithmetic(Programs& programs);
void add_faults(Programs& programs);
void add_choices(Programs& programs);
void add_floats(Programs& programs);
void add_bits(Programs& programs);
void add_machines(Programs& programs);
void add_views(Programs& programs);
void add_structs(Programs& programs);
void add_local_arrays(Programs& programs);
void add_enums(Programs& programs);

}  // namespace cogent::witness
