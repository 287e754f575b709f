// GeneratedCodeBlock: how a body says what is to happen when the generated function runs.
#pragma once
#include <cogent/calls.h>
#include <cogent/choices.h>
#include <cogent/detail/export.h>
#include <cogent/functions.h>
#include <cogent/local_array.h>
#include <cogent/loops.h>

namespace cogent {

/// The code being generated; the first parameter of every body. C++'s own control flow and variables act once, while
/// generating; what is said to the code block acts when the generated function runs.
class GeneratedCodeBlock : public CodeBlockCalls {
 public:
  explicit GeneratedCodeBlock(detail::Session& session) : CodeBlockCalls(session.number) {}

  /// A variable of the generated function: code.variable(0), or with its type: code.variable<std::uint8_t>(x).
  template <class T = void, detail::AnyOperand U>
  auto variable(const U& initial, Here at = std::source_location::current()) {
    session(at);
    using Type = std::conditional_t<std::is_void_v<T>, detail::plain_type<U>, T>;
    return Variable<Type>(detail::Argument<Type>(initial, at));
  }

  /// A struct variable, of the members of a value or of a plain struct: code.variable(pixels[i]), code.variable(Rgb{}).
  template <detail::StructOperand U>
  auto variable(const U& initial, Here at = std::source_location::current()) {
    session(at);
    using Type = detail::struct_type<U>;
    return Variable<Type>(Value<Type>(initial));
  }

  /// Constant elements in the code: code.table(std::span), code.table(std::vector{...}), code.table({1, 2, 3}). They
  /// are read with table[i]; equal tables may share their memory.
  template <class Elements>
  auto table(const Elements& elements, Here at = std::source_location::current()) {
    const std::span all(elements);
    return Table<std::remove_const_t<typename decltype(all)::element_type>>(session(at), all);
  }
  template <class T>
  auto table(std::initializer_list<T> elements, Here at = std::source_location::current()) {
    return Table<T>(session(at), std::span<const T>(elements.begin(), elements.size()));
  }
  /// Local memory of `size` elements (a plain number), each set to `initial` (a number or a struct) every time the
  /// generated function comes here: code.scratch(256, 0), or with its type: code.scratch<std::uint8_t>(256, 0).
  template <class T = void, class N, detail::AnyOperand U>
  auto scratch(const N& size, const U& initial, Here at = std::source_location::current()) {
    check_size<N>();
    using Type = std::conditional_t<std::is_void_v<T>, detail::plain_type<U>, T>;
    detail::Session& here = session(at);
    return Scratch<Type>(here, detail::Count(+size).value, detail::word_as<Type>(initial));
  }
  template <class N, detail::StructOperand U>
  auto scratch(const N& size, const U& initial, Here at = std::source_location::current()) {
    check_size<N>();
    using Type = detail::struct_type<U>;
    detail::Session& here = session(at);
    return Scratch<Type>(here, detail::Count(+size).value, Value<Type>(initial).words());
  }

  /// for (auto i : code.range(n)): i = 0, 1, ... n - 1, of n's type. The bounds are read once.
  template <detail::Given L>
  auto range(L&& last, Here at = std::source_location::current()) {
    return range(detail::counting_type<L>{0}, last, 1, at);
  }
  /// i = first, first + 1, ... last - 1, of their common type.
  template <detail::Given F, detail::Given L>
  auto range(F&& first, L&& last, Here at = std::source_location::current()) {
    return range(first, last, 1, at);
  }
  /// i = first, first + step, ... while i < last; downward, while i > last, with a negative step. A step of 0 is an
  /// error.
  template <detail::Given F, detail::Given L, detail::Given S>
  auto range(F&& first, L&& last, S&& step, Here at = std::source_location::current()) {
    using T = detail::counting_type<F, L>;
    static_assert(std::is_integral_v<T> && std::is_integral_v<detail::counting_type<S>>,
                  "COGENT: a range counts integers; cast<int>(...) its bounds and its step");
    static_assert(
        !std::is_unsigned_v<T> || !detail::Staged<S> || std::is_unsigned_v<detail::plain_type<S>>,
        "COGENT: a signed step that is known only at run time needs signed bounds; cast<int>(...) one of them");
    detail::Session& here = session(at);
    if constexpr (!detail::Staged<S>) {
      check_step<T>(here, +step);
    } else {
      static_assert(std::numeric_limits<detail::plain_type<S>>::digits <= std::numeric_limits<T>::digits,
                    "COGENT: the step's type is wider than the bounds'; cast<...>(...) it, or one of them");
    }
    const auto from = detail::word_as<T>(first), to = detail::word_as<T>(last), by = detail::word_as<T>(step);
    return Range<T>(here, from, to, by);
  }

  /// for (auto _ : code.loop_while([&] { return condition; })): the condition is computed before each iteration.
  template <class Test>
  auto loop_while(Test test, Here at = std::source_location::current()) {
    static_assert(detail::Staged<decltype(test())>,
                  "COGENT: the condition of loop_while must depend on run-time values; a plain loop is a C++ while");
    static_assert(std::is_trivially_copy_constructible_v<Test>,
                  "COGENT: the condition of loop_while takes its variables by reference, [&]; [=] makes copies, which "
                  "never change");
    auto condition = [test] {
      const auto result = test();
      return Value<bool>(detail::condition_word(result));
    };
    return Loop<decltype(condition)>(session(at), detail::LoopKind::While, condition);
  }
  /// for (auto _ : code.loop()): for ever, until code.breaks() or code.returns().
  auto loop(Here at = std::source_location::current()) {
    detail::Session& here = session(at);
    const auto always = [] { return Value<bool>(true); };
    return Loop<decltype(always)>(here, detail::LoopKind::Forever, always);
  }
  /// for (int k : code.unroll(n)): a plain loop, generated iteration by iteration, that code.breaks() can leave.
  template <class L>
  auto unroll(const L& last, Here at = std::source_location::current()) {
    return unroll(detail::counting_type<L>{0}, last, 1, at);
  }
  /// The same from first to last - 1, of their common type.
  template <class F, class L>
  auto unroll(const F& first, const L& last, Here at = std::source_location::current()) {
    return unroll(first, last, 1, at);
  }
  /// The same by steps, downward with a negative one. A step of 0 is an error.
  template <class F, class L, class S>
  auto unroll(const F& first, const L& last, const S& step, Here at = std::source_location::current()) {
    constexpr bool is_plain = detail::PlainNumber<F> && detail::PlainNumber<L> && detail::PlainNumber<S>;
    static_assert(is_plain, "COGENT: code.unroll counts plain numbers, now; to a run-time bound counts code.range");
    using T = detail::counting_type<F, L>;
    static_assert(std::is_integral_v<T> && std::is_integral_v<detail::counting_type<S>>,
                  "COGENT: code.unroll counts integers; cast<int>(...) its bounds and its step");
    detail::Session& here = session(at);
    check_step<T>(here, +step);
    return Unrolled<T>(here, static_cast<T>(first), static_cast<T>(last), static_cast<T>(step));
  }

  /// for (int v : code.cases(x, values)): runs the body whose plain v equals the run-time x, none if no value does:
  /// then the block of a code.otherwise() directly after the loop. The values are integers or enums and differ.
  template <detail::AnyOperand X, std::ranges::input_range V>
  auto cases(const X& x, const V& values, Here at = std::source_location::current()) {
    using T = std::remove_cvref_t<std::ranges::range_reference_t<const V>>;
    static_assert(detail::Staged<X>,
                  "COGENT: the first argument of code.cases must be a run-time value; write a C++ switch");
    using Selector = detail::number_type<detail::plain_type<X>>;
    static_assert(std::is_integral_v<Selector>, "COGENT: code.cases compares integers; cast<int>(x) what it compares");
    static_assert(detail::CaseValue<T>, "COGENT: code.cases takes values of integer or enum types");
    static_assert(!detail::ScopedEnum<detail::plain_type<X>> || std::is_same_v<T, detail::plain_type<X>>,
                  "COGENT: the cases of an enum class are values of the same one");
    detail::Session& here = session(at);
    return Cases<Selector, T>(here, detail::word_as<Selector>(x),
                              {std::ranges::begin(values), std::ranges::end(values)});
  }
  /// The same with the values written out: code.cases(x, {1, 2, 5}).
  template <detail::AnyOperand X, class T>
  auto cases(const X& x, std::initializer_list<T> values, Here at = std::source_location::current()) {
    return cases(x, std::span<const T>(values.begin(), values.size()), at);
  }
  /// for (int state : code.states(count, start)): a machine of the states 0 to count - 1 that begins in `start`. The
  /// body is generated once for each state that is reached; it ends by code.go, code.leave or code.returns on every
  /// path.
  template <detail::CaseValue S>
  auto states(int count, S start, Here at = std::source_location::current()) {
    return States(session(at), count, static_cast<std::int64_t>(start));
  }
  /// if (code.go(next)) continue;  jumps to the code of another state of the innermost code.states.
  template <detail::CaseValue S>
  [[nodiscard("write  if (code.go(state)) continue;")]] bool go(S state, Here at = std::source_location::current()) {
    return detail::record_go(session(at), static_cast<std::int64_t>(state));
  }
  /// if (code.go(byte, [&](int b) { return next; })) continue;  to the state that the plain function gives for the
  /// byte, 0 to 255 (a negative char counts as unsigned). It is asked now, for every byte.
  template <detail::Staged B, std::invocable<int> Next>
  [[nodiscard("write  if (code.go(state)) continue;")]] bool go(const B& byte, Next next,
                                                                Here at = std::source_location::current()) {
    static_assert(sizeof(detail::plain_type<B>) == 1, "COGENT: code.go chooses by a byte; cast<std::uint8_t>(...) it");
    detail::Session& here = session(at);
    const detail::Word selector = detail::word_as<std::uint8_t>(byte);
    if (!here.records())
      return detail::record_go(here, static_cast<std::int64_t>(next(static_cast<int>(selector.bits))));
    std::int64_t states[256];
    for (int b = 0; b < 256; ++b) states[b] = static_cast<std::int64_t>(next(b));
    detail::mark_place(at);
    return detail::record_go(here, selector, states);
  }
  template <detail::Staged S>
  bool go(const S&) {
    static_assert(
        detail::never<S>,
        "COGENT: a state is a plain number; to choose it by a run-time byte write  code.go(byte, [&](int b) { "
        "return next; })");
    return false;
  }
  /// if (code.leave()) break;  goes on after the innermost code.states.
  [[nodiscard("write  if (code.leave()) break;")]] bool leave(Here at = std::source_location::current()) {
    return detail::record_leave(session(at));
  }

  /// if (auto _ = code.when(c)) {...}: the block runs when c holds at run time.
  Branch when(detail::Condition condition, Here at = std::source_location::current()) {
    detail::Session& here = session(at);
    return Branch(here, false, detail::open_when(here, condition.word));
  }
  /// if (auto _ = code.otherwise_when(c)) {...}: directly after the block of a when: if that was not run and c holds.
  Branch otherwise_when(detail::Condition condition, Here at = std::source_location::current()) {
    detail::Session& here = session(at);
    return Branch(here, true, detail::open_otherwise_when(here, condition.word));
  }
  /// if (auto _ = code.otherwise()) {...}: directly after the block of a when or otherwise_when: if none of them was
  /// run.
  Branch otherwise(Here at = std::source_location::current()) {
    detail::Session& here = session(at);
    return Branch(here, false, detail::open_otherwise(here));
  }

  /// if (code.breaks()) break;  leaves the innermost of code's loops (range, loop, loop_while, unroll, cases, states).
  [[nodiscard("write  if (code.breaks()) break;")]] bool breaks(Here at = std::source_location::current()) {
    return detail::record_breaks(session(at), nullptr);
  }
  /// if (code.continues()) continue;  goes on with its next iteration.
  [[nodiscard("write  if (code.continues()) continue;")]] bool continues(Here at = std::source_location::current()) {
    return detail::record_continues(session(at), nullptr);
  }
  /// The same of a loop further out that has a name: for (auto y : code.range(n).named("rows")). Inside a loop of its
  /// body write  if (code.breaks("rows")) break;  and, if anything follows that loop in the body, directly behind it
  /// if (code.left()) continue;
  template <std::size_t n>
  [[nodiscard("write  if (code.breaks()) break;")]] bool breaks(const char (&loop)[n],
                                                                Here at = std::source_location::current()) {
    return detail::record_breaks(session(at), loop);
  }
  template <std::size_t n>
  [[nodiscard("write  if (code.continues()) continue;")]] bool continues(const char (&loop)[n],
                                                                         Here at = std::source_location::current()) {
    return detail::record_continues(session(at), loop);
  }
  /// if (code.left()) continue;  behind a loop that code.breaks("name"), continues("name"), go or leave may leave for
  /// the sake of one around it: says so in a plain run. A plain run that would go on without it is a GenerationError.
  [[nodiscard("write  if (code.left()) continue;")]] bool left(Here at = std::source_location::current()) {
    return detail::was_left(session(at));
  }
  /// Leaves the generated function early.
  void returns(Here at = std::source_location::current()) {
    detail::record_return(session(at), {}, detail::ScalarType::Void);
  }
  /// Leaves the generated function early with its result.
  template <detail::AnyOperand U>
  void returns(const U& value, Here at = std::source_location::current()) {
    using T = detail::plain_type<U>;
    detail::Session& here = session(at);
    detail::record_return(here, detail::word_as<T>(value), detail::type_of<T>);
  }

  /// The same of a struct.
  template <detail::StructOperand U>
  void returns(const U& value, Here at = std::source_location::current()) {
    using T = detail::struct_type<U>;
    detail::Session& here = session(at);
    detail::store_result(here, detail::identify<T>(), detail::leaves_of<T>(), Value<T>(value).words().data());
    detail::record_struct_return(here);
  }

  /// A RunTimeError with this message where the condition does not hold at run time.
  void require(detail::Condition condition, std::string_view message, Here at = std::source_location::current()) {
    detail::record_require(session(at), condition.word, message);
  }
  /// Runs `body` now; the accesses to arrays that it records are not checked when the generated function runs: an index
  /// outside of its array is then undefined behaviour. A plain run and run_checked still check them. Gives what `body`
  /// gives.
  template <class Body>
  decltype(auto) unchecked(Body&& body, Here at = std::source_location::current()) {
    const detail::UncheckedScope scope(session(at));
    return std::forward<Body>(body)();
  }
  /// A comment in the generated source.
  void comment(std::string_view text, Here at = std::source_location::current()) {
    detail::record_comment(session(at), text);
  }

 private:
  template <class N>
  static constexpr void check_size() {
    static_assert(!detail::Staged<N>, "COGENT: the size of code.scratch must be known while generating");
    static_assert(detail::Staged<N> || std::is_integral_v<detail::counting_type<N>>,
                  "COGENT: the size of code.scratch is an integer");
  }
  template <class T, class S>
  static void check_step(detail::Session& here, S step) {
    if (step == 0) detail::throw_zero_step(here);
    if (std::is_unsigned_v<T> && step < 0) throw_step("a downward range needs signed bounds; cast<int>(...) them");
    if (!std::in_range<T>(step)) throw_step("the step of a range does not fit the type of its bounds");
  }
  [[noreturn]] COGENT_EXPORT static void throw_step(const char* text);
};

}  // namespace cogent
