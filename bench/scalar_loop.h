// How a generated function and its arguments become a ScalarLoop.
#pragma once

#include <cogent/cogent.h>

#include <tuple>
#include <type_traits>
#include <utility>

#include "scalar_loops.h"

namespace bench {

template <class T>
T* as_passed(std::vector<T>& elements, bool) {
  return elements.data();
}
template <class T>
  requires std::is_arithmetic_v<T>
T as_passed(T value, bool) {
  return value;
}

// The result and the arguments after a call.
template <class R, class... A>
struct ScalarState {
  explicit ScalarState(const std::tuple<A...>& initial) : arguments(initial) {}

  std::tuple<A...> arguments;
  std::conditional_t<std::is_void_v<R>, int, R> result{};
};

template <class R, class... A, class Call>
ScalarCall call_on(const std::tuple<A...>& initial, Call call) {
  const auto state = std::make_shared<ScalarState<R, A...>>(initial);
  return {[=] { state->arguments = initial; },
          [=] {
            const auto run = [&](A&... arguments) { return call(arguments...); };
            if constexpr (std::is_void_v<R>)
              std::apply(run, state->arguments);
            else
              state->result = std::apply(run, state->arguments);
          },
          state};
}

// The compiled source takes pointers and values. (Sizes are known, or passed as values.)
template <class Function, class... A>
ScalarLoop scalar_loop(std::string name, const Function& function, const std::tuple<A...>& initial) {
  using R = decltype(function(std::declval<A&>()...));
  const auto with = [&function, initial](auto use) {
    return [&function, initial, use] {
      auto arguments = initial;
      return std::apply([&](A&... each) { return use(function, each...); }, arguments);
    };
  };
  ScalarLoop loop;
  loop.name = std::move(name);
  loop.source = with([](const Function& f, A&... a) { return f.get_source(a...); });
  loop.assembly = with([](const Function& f, A&... a) { return f.get_assembly(a...); });
  loop.explain = with([](const Function& f, A&... a) { return f.explain(a...).text; });
  loop.generated = [&function, initial] {
    auto arguments = initial;
    const auto special = std::apply([&](A&... each) { return function.specialize(each...); }, arguments);
    return call_on<R>(initial, [special](A&... each) { return special(each...); });
  };
  loop.compiled = [initial](void* address) {
    const auto compiled = reinterpret_cast<R (*)(decltype(as_passed(std::declval<A&>(), true))...)>(address);
    return call_on<R>(initial, [compiled](A&... each) { return compiled(as_passed(each, true)...); });
  };
  loop.differ = [](const ScalarCall& a, const ScalarCall& b) {
    const auto& x = *static_cast<const ScalarState<R, A...>*>(a.arguments.get());
    const auto& y = *static_cast<const ScalarState<R, A...>*>(b.arguments.get());
    return x.arguments != y.arguments || x.result != y.result;
  };
  return loop;
}

}  // namespace bench
