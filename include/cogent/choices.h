// The objects behind `for (int v : code.cases(x, values))` and `for (int state : code.states(count, start))`: loops
// whose bodies know a value that is a run-time one.
#pragma once
#include <ranges>
#include <vector>

#include <cogent/loops.h>

namespace cogent {

namespace detail {

template <class T>
concept CaseValue = std::is_integral_v<T> || std::is_enum_v<T>;

/// Whether a value, converted to X, is still the same number.
template <class X, CaseValue T>
constexpr bool fits_selector(T value) {
  if constexpr (std::is_enum_v<T>) {
    return fits_selector<X>(static_cast<std::underlying_type_t<T>>(value));
  } else {
    const X converted = static_cast<X>(value);
    return static_cast<T>(converted) == value && (converted < X{}) == (value < T{});
  }
}

}  // namespace detail

/// The values of code.cases. While recording, all of them; in a plain run, the one that is equal, if there is one.
template <class X, class T>
class Cases : detail::LoopScope {
 public:
  Cases(detail::Session& session, detail::Word selector, std::vector<T> values)
      : LoopScope(session), selector_(selector), values_(std::move(values)) {
    for (const T& value : values_) {
      if (!detail::fits_selector<X>(value))
        detail::throw_misuse(session, "a value of code.cases does not fit the type of what it is compared with");
      constants_.push_back(static_cast<std::int64_t>(static_cast<X>(value)));
    }
  }
  /// The same with a name, for code.breaks("name") within loops inside.
  template <std::size_t n>
  Cases named(const char (&name)[n]) const {
    return Cases(*this, name);
  }

  struct Iterator {
    Cases& cases;
    bool operator!=(detail::LoopEnd) const { return cases.has_next(); }
    void operator++() { cases.advance(); }
    T operator*() const { return cases.values_[cases.number_]; }
  };
  Iterator begin() {
    detail::check_distinct(session_, constants_);
    if (records()) {
      if (detail::open_cases(session_, selector_, constants_)) opened();
    } else {
      while (number_ < constants_.size() && constants_[number_] != selector_.bits) ++number_;
      detail::open_plain_cases(session_, number_ < constants_.size());
      opened();
    }
    return {*this};
  }
  detail::LoopEnd end() const { return {}; }

 private:
  Cases(const Cases& other, const char* name)
      : LoopScope(other, name), selector_(other.selector_), values_(other.values_), constants_(other.constants_) {}

  bool has_next() {
    if (records()) return is_open_;
    if (is_open_ && number_ == constants_.size()) finish();
    return is_open_;
  }
  void advance() {
    if (!records()) {
      detail::plain_goes_on(session_);
      number_ = constants_.size();
    } else if (++number_ < constants_.size()) {
      is_open_ = false;
      detail::next_case(session_, constants_[number_]);
      is_open_ = true;
    } else if (finish()) {  // once more, to compare
      number_ = 0;
      is_open_ = true;
    }
  }
  bool finish() {
    is_open_ = false;
    detail::Word none;
    return detail::close_loop(session_, &none);
  }

  detail::Word selector_;
  std::vector<T> values_;
  std::vector<std::int64_t> constants_;  // the same, canonical
  std::size_t number_ = 0;
};

/// The states of code.states. While recording, each that is reached, once; in a plain run, one after the other.
class States : detail::LoopScope {
 public:
  States(detail::Session& session, int count, std::int64_t start) : LoopScope(session), count_(count), start_(start) {}
  /// The same with a name, for code.breaks("name") within loops inside.
  template <std::size_t n>
  States named(const char (&name)[n]) const {
    return States(*this, name);
  }

  struct Iterator {
    States& states;
    bool operator!=(detail::LoopEnd) const { return states.is_open_; }
    void operator++() { states.advance(); }
    int operator*() const { return states.state_; }
  };
  Iterator begin() {
    detail::open_states(session_, count_, start_);
    state_ = static_cast<int>(start_);
    opened();
    return {*this};
  }
  detail::LoopEnd end() const { return {}; }

 private:
  States(const States& other, const char* name) : LoopScope(other, name), count_(other.count_), start_(other.start_) {}

  void advance() {
    is_open_ = false;  // until it is known that there is another
    const int next = records() ? detail::next_state(session_) : detail::next_plain_state(session_);
    is_open_ = next >= 0;
    if (is_open_) state_ = next;
  }

  int count_, state_ = 0;
  std::int64_t start_;
};

}  // namespace cogent
