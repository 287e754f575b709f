// The objects behind `for (auto i : code.range(n))`, `code.loop_while`, `code.loop` and `code.unroll`. While recording,
// a body runs once; in a plain run, as often as the loop says.
#pragma once
#include <exception>

#include <cogent/detail/control.h>
#include <cogent/functions.h>

namespace cogent {

namespace detail {

/// How many numbers first, first + step, ... there are before `last`; step is not 0.
template <class T>
constexpr std::uint64_t trip_count(T first, T last, T step) {
  const auto from = static_cast<std::uint64_t>(first), to = static_cast<std::uint64_t>(last);
  const auto stride = static_cast<std::uint64_t>(step);
  if (step > 0) return first < last ? (to - from - 1) / stride + 1 : 0;
  return last < first ? (from - to - 1) / (0 - stride) + 1 : 0;
}

/// The type in which a loop between A and B counts: their common type, what an enum is promoted to.
template <class A, class B>
constexpr auto counting() {
  using T = merged_type<A, B>;
  if constexpr (std::is_enum_v<T> && !ScopedEnum<T>)
    return Promoted<T>{};
  else
    return T{};
}
template <class A, class B = A>
using counting_type = decltype(counting<A, B>());

}  // namespace detail

/// The indexes of code.range.
template <class T>
class Range : detail::LoopScope {
 public:
  Range(detail::Session& session, detail::Word first, detail::Word last, detail::Word step)
      : LoopScope(session), first_(first), last_(last), step_(step) {}

  /// The same loop with a name, for code.breaks("name") and code.continues("name") within loops inside.
  template <std::size_t n>
  Range named(const char (&name)[n]) const {
    return Range(*this, name, is_parallel_);
  }
  /// The same loop, whose iterations are run by several threads at once (cogent/executor.h), with the same result.
  /// What iterations might need of each other is an error: to assign to variables made outside of the loop, to store to
  /// elements that other iterations may access, to leave the loop, to print. C++ functions that it calls are called
  /// from several threads. If iterations fail, the error is that of the first of them; behind it, elements may be
  /// stored already.
  Range parallel() const { return Range(*this, name(), true); }

  struct Iterator {
    Range& range;
    bool operator!=(detail::LoopEnd) const { return range.has_next(); }
    void operator++() { range.advance(); }
    Value<T> operator*() const { return Value<T>(range.index_); }
  };
  Iterator begin() {
    if (records()) {
      index_ = detail::open_range(session_, detail::type_of<T>, first_, last_, step_, is_parallel_);
      remaining_ = 1;
    } else {
      index_ = first_;
      remaining_ = detail::plain_trip_count(session_, detail::type_of<T>, first_.bits, last_.bits, step_.bits);
      detail::open_plain_loop(session_, detail::LoopKind::Range);
    }
    opened();
    if (records() && !detail::enters_loop(session_)) {
      remaining_ = 0;
      finish();
    }
    return {*this};
  }
  detail::LoopEnd end() const { return {}; }

 private:
  Range(const Range& other, const char* name, bool is_parallel)
      : LoopScope(other, name),
        first_(other.first_),
        last_(other.last_),
        step_(other.step_),
        is_parallel_(is_parallel) {}

  bool has_next() {
    if (remaining_ == 0 && is_open_ && !records()) finish();
    return remaining_ != 0;
  }
  void advance() {
    if (records()) {
      if (finish())
        is_open_ = true;
      else
        remaining_ = 0;
    } else if (!detail::plain_goes_on(session_)) {
      remaining_ = 0;
    } else {
      index_.bits = static_cast<std::int64_t>(
          detail::wrapping_add(static_cast<std::uint64_t>(index_.bits), static_cast<std::uint64_t>(step_.bits)));
      index_.bits = static_cast<std::int64_t>(static_cast<T>(index_.bits));
      --remaining_;
    }
  }
  bool finish() {
    is_open_ = false;
    return detail::close_loop(session_, &index_);
  }

  detail::Word first_, last_, step_, index_;
  std::uint64_t remaining_ = 0;
  bool is_parallel_ = false;
};

/// code.loop_while(condition) and code.loop(). The condition is computed before each iteration.
template <class Test>
class Loop : detail::LoopScope {
 public:
  Loop(detail::Session& session, detail::LoopKind kind, Test test) : LoopScope(session), kind_(kind), test_(test) {}

  /// The same loop with a name, for code.breaks("name") and code.continues("name") within loops inside.
  template <std::size_t n>
  Loop named(const char (&name)[n]) const {
    return Loop(*this, name);
  }

  struct Iterator {
    Loop& loop;
    bool operator!=(detail::LoopEnd) const { return loop.has_next(); }
    void operator++() { loop.advance(); }
    detail::Iteration operator*() const { return {}; }
  };
  Iterator begin() {
    if (records())
      detail::open_endless(session_, kind_);
    else
      detail::open_plain_loop(session_, kind_);
    opened();
    if (records()) enter();
    return {*this};
  }
  detail::LoopEnd end() const { return {}; }

 private:
  Loop(const Loop& other, const char* name) : LoopScope(other, name), kind_(other.kind_), test_(other.test_) {}

  bool has_next() {
    if (records() || !is_open_ || test_().read().bits != 0) return is_open_;
    detail::plain_effect(session_);
    finish();
    return false;
  }
  void advance() {
    if (!records()) {
      if (!detail::plain_goes_on(session_)) finish();
      return;
    }
    if (finish()) {
      is_open_ = true;
      if (kind_ != detail::LoopKind::Forever) record_test();
    }
  }
  void enter() {
    if (!detail::enters_loop(session_))
      finish();
    else if (kind_ != detail::LoopKind::Forever)
      record_test();
  }
  void record_test() {
    const Value<bool> condition = test_();
    detail::record_loop_test(session_, condition.read());
  }
  bool finish() {
    is_open_ = false;
    detail::Word none;
    return detail::close_loop(session_, &none);
  }

  detail::LoopKind kind_;
  Test test_;
};

/// The numbers of code.unroll: plain ones, each iteration generated by itself.
template <class T>
class Unrolled : detail::LoopScope {
 public:
  Unrolled(detail::Session& session, T first, T last, T step)
      : LoopScope(session), first_(first), step_(step), trips_(detail::trip_count(first, last, step)) {}

  /// The same loop with a name, for code.breaks("name") and code.continues("name") within loops inside.
  template <std::size_t n>
  Unrolled named(const char (&name)[n]) const {
    return Unrolled(*this, name);
  }

  struct Iterator {
    Unrolled& loop;
    bool operator!=(detail::LoopEnd) const { return loop.has_next(); }
    void operator++() { loop.advance(); }
    T operator*() const { return loop.number_; }
  };
  Iterator begin() {
    number_ = first_;
    remaining_ = trips_;
    if (records())
      detail::open_unrolled(session_);
    else
      detail::open_plain_loop(session_, detail::LoopKind::Unrolled);
    opened();
    return {*this};
  }
  detail::LoopEnd end() const { return {}; }

 private:
  Unrolled(const Unrolled& other, const char* name)
      : LoopScope(other, name), first_(other.first_), step_(other.step_), trips_(other.trips_) {}

  bool has_next() {
    const bool more = remaining_ != 0;
    if (!more && is_open_) {
      is_open_ = false;
      detail::Word none;
      detail::close_loop(session_, &none);
    }
    return more;
  }
  void advance() {
    --remaining_;
    number_ = static_cast<T>(static_cast<std::uint64_t>(number_) + static_cast<std::uint64_t>(step_));
    if (records()) {
      if (remaining_ != 0) detail::next_unrolled(session_);
    } else if (!detail::plain_goes_on(session_)) {
      remaining_ = 0;
    }
  }

  T first_, step_, number_{};
  std::uint64_t trips_, remaining_ = 0;
};

/// The token of a branch: `if (auto _ = code.when(c)) {...}`. The branch ends where the name goes out of scope.
class [[nodiscard]] Branch {
 public:
  Branch(detail::Session& session, bool is_chained, bool is_taken)
      : session_(session), is_chained_(is_chained), is_taken_(is_taken) {}
  Branch(const Branch&) = delete;
  Branch& operator=(const Branch&) = delete;
  ~Branch() { detail::close_branch(session_, is_chained_, is_taken_); }

  explicit operator bool() const& { return is_taken_; }
  template <std::same_as<bool> B>
  explicit operator B() && {
    static_assert(
        detail::never<B>,
        "COGENT: give the branch a name, it must live as long as its block: if (auto _ = code.when(condition)) {...}");
    return false;
  }

 private:
  detail::Session& session_;
  bool is_chained_, is_taken_;
};

}  // namespace cogent
