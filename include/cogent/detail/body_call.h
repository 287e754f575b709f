// One call of a body: how its arguments become a key, slots and a session, and how one generated function calls
// another.
#pragma once
#include <cogent/detail/function_core.h>
#include <cogent/detail/kept_argument.h>

namespace cogent::detail {

/// The function that a call belongs to; gone when the user has destroyed it.
using CoreReference = std::weak_ptr<FunctionCore>;

template <class Signature>
class GeneratedCall;

template <class Signature>
struct BodyCall;
template <class R, class... P>
struct BodyCall<R(P...)> {
  using Body = R (*)(GeneratedCodeBlock&, P...);
  template <class Q>
  using Passed = typename ParameterOf<Q>::Passed;

  struct Arguments {
    Body body;
    const CoreReference* core;
    std::tuple<const Passed<P>&...> passed;
    void* result;  // the memory of a struct
  };

  /// The arguments' slots: the result, then those of the run-time parameters, then the address of a struct result.
  static constexpr int slots_of_parameters = (1 + ... + ParameterOf<P>::slots);
  static constexpr int slot_count = slots_of_parameters + (ResultOf<R>::is_struct ? 1 : 0);

  static Staging staging(const Arguments& arguments) {
    return {&stage, &append_key, &append_parts, &arguments, ResultOf<R>::scalar};
  }

  static void stage(const void* context, Session& session) {
    const auto& arguments = *static_cast<const Arguments*>(context);
    const GeneratedCall<R(P...)> own(arguments);
    session.own = &own;
    session.struct_result = nullptr;
    [&]<std::size_t... i>(std::index_sequence<i...>) {
      // Braces bind the parameters from left to right; call arguments would be bound in any order.
      std::tuple<decltype(ParameterOf<P>::bind(session, std::get<i>(arguments.passed)))...> bound{
          ParameterOf<P>::bind(session, std::get<i>(arguments.passed))...};
      GeneratedCodeBlock code(session);
      if constexpr (std::is_void_v<R>) {
        arguments.body(code, std::get<i>(bound)...);
        finish_body(session, {}, ScalarType::Void);
      } else if constexpr (ResultOf<R>::is_struct) {
        using T = typename ResultOf<R>::type;
        const StructResult place = declare_result<R>(session, arguments.result);
        session.struct_result = &place;
        const Value<T> result(arguments.body(code, std::get<i>(bound)...));
        store_result(session, identify<T>(), leaves_of<T>(), result.words().data());
        finish_body(session, {}, ScalarType::Void);
      } else {
        const auto result = arguments.body(code, std::get<i>(bound)...);
        finish_body(session, result.read(), ResultOf<R>::scalar);
      }
    }(std::index_sequence_for<P...>{});
  }

  static void append_key(const void* context, Key& key) {
    const auto& arguments = *static_cast<const Arguments*>(context);
    std::apply([&](const auto&... passed) { (ParameterOf<P>::append_key(key, passed), ...); }, arguments.passed);
  }

  static void append_parts(const void* context, KeyParts& parts) {
    const auto& arguments = *static_cast<const Arguments*>(context);
    std::apply([&](const auto&... passed) { (append_part<P>(parts, passed), ...); }, arguments.passed);
  }

  static void fill_slots(std::uint64_t* slot, const Passed<P>&... arguments) {
    *slot++ = 0;
    (ParameterOf<P>::pass(slot, arguments), ...);
  }
};

/// A generated function as what another one calls. What the call needs is kept until then.
template <class R, class... P>
class GeneratedTarget final : public CallTarget {
  using Calls = BodyCall<R(P...)>;
  template <class Q>
  using Passed = typename ParameterOf<Q>::Passed;

 public:
  GeneratedTarget(typename Calls::Body body, CoreReference core, SourcePosition at, std::tuple<Kept<P>...> kept)
      : body_(body), core_(std::move(core)), at_(std::move(at)), kept_(std::move(kept)) {}

  /// Finds or generates the specialisation, on arrays of which only the sizes matter; not if that waits for this call
  /// itself: then it is looked up when the call runs.
  void specialize(const std::uint64_t* slots) {
    with_call(const_cast<std::uint64_t*>(slots), [&](const Call& call) {
      if (const auto core = core_.lock()) specialized_ = core->specialize_unless_generating(call);
    });
  }
  void use(std::shared_ptr<SpecializedHandle> specialized) { specialized_ = std::move(specialized); }

  void run(std::uint64_t* slots) const override {
    const CallLevel level(at_);
    with_call(slots, [&](const Call& call) {
      if (specialized_ != nullptr)
        FunctionCore::run_specialized(*specialized_, call);
      else
        FunctionCore::living(core_, at_)->run(call);
    });
  }
  void run_plain(std::uint64_t* slots) const override {
    const CallLevel level(at_);
    with_call(slots, [&](const Call& call) { FunctionCore::living(core_, at_)->run_plain(call); });
  }
  const void* identity() const override {
    return specialized_ != nullptr ? FunctionCore::identity_of(*specialized_) : nullptr;
  }
  /// The function that is called, as C++.
  std::string get_source() const {
    std::uint64_t slots[Calls::slot_count] = {};
    std::string source;
    with_call(slots, [&](const Call& call) { source = FunctionCore::living(core_, at_)->get_source(call, false); });
    return source;
  }
  /// Whether a call of these arguments has this key.
  void append_key(Key& key, const std::uint64_t* slots) const {
    with_call(const_cast<std::uint64_t*>(slots),
              [&](const Call& call) { Calls::append_key(call.staging.arguments, key); });
  }

 private:
  template <class Use>
  void with_call(std::uint64_t* slots, Use&& use) const {
    [&]<std::size_t... i>(std::index_sequence<i...>) {
      [[maybe_unused]] const std::uint64_t* slot = slots + 1;
      const std::tuple<Passed<P>...> passed{std::get<i>(kept_).passed(slot)...};
      void* const result = ResultOf<R>::is_struct ? take_address<void>(slot) : nullptr;
      const typename Calls::Arguments arguments{body_, &core_, {std::get<i>(passed)...}, result};
      Key key;
      key.append(0);
      if (specialized_ == nullptr) Calls::append_key(&arguments, key);
      use(Call{key.words(), slots, Calls::staging(arguments)});
    }(std::index_sequence_for<P...>{});
  }

  typename Calls::Body body_;
  CoreReference core_;
  SourcePosition at_;
  std::tuple<Kept<P>...> kept_;
  std::shared_ptr<SpecializedHandle> specialized_;
};

/// How a generated function is called by another one, or by itself.
template <class R, class... P>
class GeneratedCall<R(P...)> final : public OwnFunction {
  using Calls = BodyCall<R(P...)>;
  using Target = GeneratedTarget<R, P...>;

 public:
  explicit GeneratedCall(const typename Calls::Arguments& arguments) : arguments_(arguments) {}

  Word call(Session& session, std::span<const OwnArgument> given, const OwnResult& wanted) const override {
    if constexpr (!keeps_arguments) {
      fail(session,
           "code.recurse: a plain parameter of this function cannot be copied, or holds views of memory that it does "
           "not own, or a parameter is an AnyIn or AnyOut, so that its argument cannot be kept for the call");
    } else {
      return call_again(session, given, wanted);
    }
  }

  /// The call of another function; of the specialisation, if there is one.
  template <class... U>
  static auto call(Session& session, const std::source_location& at, typename Calls::Body body,
                   const CoreReference& core, std::shared_ptr<SpecializedHandle> specialized, const U&... arguments) {
    static_assert(sizeof...(P) == sizeof...(U), "COGENT: the called function takes another number of arguments");
    static_assert(keeps_arguments,
                  "COGENT: a plain parameter of the called function cannot be copied, or holds views of memory that it "
                  "does not own, or a parameter is an AnyIn or AnyOut, so that its argument cannot be kept for the "
                  "call");
    CallArguments passed;
    const auto target =
        std::make_shared<Target>(body, core, SourcePosition{at.file_name(), at.line()},
                                 std::tuple<Kept<P>...>{Kept<P>::make(session, arguments, passed, at)...});
    mark_place(at);
    [[maybe_unused]] ArrayHandle result;
    if constexpr (ResultOf<R>::is_struct) result = pass_struct_result<typename ResultOf<R>::type>(session, passed);
    if (specialized != nullptr)
      target->use(std::move(specialized));
    else if (session.records())
      target->specialize(sample_slots(passed).data());
    const Word number = record_call(session, request(CallKind::Generated, FunctionCore::name_of(core), passed, target));
    if constexpr (ResultOf<R>::is_struct)
      return readable_element<typename ResultOf<R>::type>(first_place(result));
    else
      return result_of_call<typename ResultOf<R>::type>(number);
  }

 private:
  static constexpr bool keeps_arguments = (can_be_kept<std::remove_cvref_t<P>>() && ...);

  Word call_again(Session& session, std::span<const OwnArgument> given, const OwnResult& wanted) const {
    check_own_call(session, given.size(), sizeof...(P), wanted.type, ResultOf<R>::scalar);
    CallArguments passed;
    const auto target = [&]<std::size_t... i>(std::index_sequence<i...>) {
      return std::make_shared<Target>(arguments_.body, *arguments_.core, present_place(session),
                                      std::tuple<Kept<P>...>{Kept<P>::from(session, given[i], i, passed)...});
    }(std::index_sequence_for<P...>{});
    pass_own_result(session, wanted, passed);
    const std::vector<std::uint64_t> slots = sample_slots(passed);
    Key own, other;
    Calls::append_key(&arguments_, own);
    target->append_key(other, slots.data());
    if (std::ranges::equal(own.words(), other.words()))
      return record_call(session, request(CallKind::Recurse, "", passed, session.records() ? nullptr : target));
    if (session.records()) target->specialize(slots.data());
    return record_call(session, request(CallKind::Generated, FunctionCore::name_of(*arguments_.core), passed, target));
  }

  // Where a struct goes that the function gives: to memory of its own if it is not wanted.
  static void pass_own_result(Session& session, const OwnResult& wanted, CallArguments& passed) {
    if constexpr (ResultOf<R>::is_struct) {
      using T = typename ResultOf<R>::type;
      if (wanted.struct_type != TypeIdentity{} && wanted.struct_type != identify<T>())
        fail(session, "the result of the function is a struct of another type than code.recurse names");
      if (wanted.type != ScalarType::Void) fail(session, "the result of the function is a struct; name its type");
      const ArrayHandle result = pass_struct_result<T>(session, passed);
      if (wanted.memory == nullptr) return;
      *wanted.memory = result;
      *wanted.keep = passed.back().memory;
    } else if (wanted.struct_type != TypeIdentity{}) {
      fail(session, "the result of the function is no struct");
    }
  }

  static CallRequest request(CallKind kind, std::string_view name, std::span<const CallArgument> passed,
                             const std::shared_ptr<const CallTarget>& target) {
    return {.kind = kind, .name = name, .result = ResultOf<R>::scalar, .arguments = passed, .target = target};
  }

  const typename Calls::Arguments& arguments_;
};

}  // namespace cogent::detail
