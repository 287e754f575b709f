// GeneratedFunction: a body whose code is made for the facts that are known when it is called.
#pragma once
#include <cogent/detail/handle_target.h>
#include <cogent/error.h>

namespace cogent {

/// What explain() found out, for people and for programs.
struct Explanation {
  std::string text;
  std::string json;
};

/// What get_source and get_program show.
struct SourceOptions {
  bool with_lines = false;  ///< each statement with its line of the user's source, as a comment
};
enum class Stage { Recorded, Optimized };

/// A handle for C, with an owner: release() hands it to code that will call cogent_release.
using Handle = std::unique_ptr<cogent_handle, detail::ReleaseHandle>;

template <class Signature>
class GeneratedFunction;

/// What GeneratedFunction::specialize gives; described below.
template <class Signature>
class Specialization;

/// A function that is generated, compiled and kept for each set of static arguments it is called with.
/// The body is a function or a captureless lambda (GeneratedCodeBlock&, parameters...); see the README for the kinds of
/// parameters. A global that the body reads while generating is baked into the code and no part of the key.
/// All member functions take the arguments of a call, may be used from several threads at once, and throw
/// GenerationError (the body cannot be generated) or RunTimeError (the running code met an error).
template <class R, class... P>
class GeneratedFunction<R(P...)> {
  static_assert(((!std::is_reference_v<P> || std::is_const_v<std::remove_reference_t<P>>) && ...),
                "COGENT: the body takes its parameters by value or by const reference");
  static_assert((!std::is_pointer_v<std::remove_cvref_t<P>> && ...),
                "COGENT: a raw pointer cannot be a static argument; pass a std::span, std::string_view or a value");
  template <class Q>
  using Passed = typename detail::ParameterOf<Q>::Passed;
  using Calls = detail::BodyCall<R(P...)>;
  using Body = typename Calls::Body;

 public:
  using GeneratedSignature = R(P...);
  using Result = typename detail::ResultOf<R>::type;

  /// A function called `name` in messages, debuggers and printed source.
  template <class F>
  GeneratedFunction(std::string name, F body, const std::source_location& at = std::source_location::current())
      : body_(body), core_(detail::FunctionCore::make(std::move(name), at)) {}

  /// Runs the code for these arguments, generating it when it does not exist yet.
  Result operator()(Passed<P>... arguments) const {
    return with_call([&](const detail::Call& call) { core_->run(call); }, arguments...);
  }
  /// Runs the body as ordinary C++: its values act at once. Steppable; generates nothing.
  Result run_plain(Passed<P>... arguments) const {
    return with_call([&](const detail::Call& call) { core_->run_plain(call); }, arguments...);
  }
  /// Records the body in several ways, then runs it plain, interpreted and as machine code, each on its own copy of the
  /// arrays, and throws CheckError with the user's line where any two differ. Calls are made in the plain run only; the
  /// other ways are given their results, exceptions and what they wrote to arrays that were passed to be written, so
  /// that a callee which changes an array by other ways (a global pointer) is reported as a difference. Slow.
  Result run_checked(Passed<P>... arguments) const {
    return with_call([&](const detail::Call& call) { core_->run_checked(call); }, arguments...);
  }
  /// The specialisation for these arguments, generated now.
  Specialization<R(P...)> specialize(Passed<P>... arguments) const {
    std::shared_ptr<detail::SpecializedHandle> found;
    explore([&](const detail::Call& call) { found = core_->specialize(call); }, arguments...);
    return Specialization<R(P...)>(body_, core_, std::move(found));
  }

  /// The same for C (cogent/handle.h). It keeps copies of the plain arguments, and stays valid when the function is
  /// destroyed.
  Handle make_handle(Passed<P>... arguments, const std::source_location& at = std::source_location::current()) const {
    static_assert((detail::can_be_kept<std::remove_cvref_t<P>>() && ...),
                  "COGENT: a plain parameter of the function cannot be copied, or holds views of memory that it does "
                  "not own, or a parameter is an AnyIn or AnyOut, so that its argument cannot be kept for the handle");
    std::shared_ptr<detail::SpecializedHandle> found;
    explore([&](const detail::Call& call) { found = core_->specialize(call); }, arguments...);
    detail::HandleWords words;
    (append_words(words, detail::ParameterOf<P>(), arguments), ...);
    if constexpr (detail::ResultOf<R>::is_struct)
      words.push_back({COGENT_OUTPUT, detail::ScalarType::Void, sizeof(Result), 1});
    auto target = std::make_unique<detail::HandleTargetOf<R(P...)>>(
        body_, core_, at, std::move(found), std::tuple<detail::Kept<P>...>{detail::Kept<P>::of(arguments)...});
    return Handle(
        detail::make_handle({core_->name(), detail::ResultOf<R>::scalar, std::move(words), std::move(target), at}));
  }

  /// The generated function as C++ that compiles by itself.
  std::string get_source(Passed<P>... arguments) const { return get_source(SourceOptions{}, arguments...); }
  /// The same with options.
  std::string get_source(const SourceOptions& options, Passed<P>... arguments) const {
    return text([&](const detail::Call& call) { return core_->get_source(call, options.with_lines); }, arguments...);
  }
  /// The recorded program as text.
  std::string get_program(Passed<P>... arguments) const { return get_program(Stage::Recorded, arguments...); }
  /// The program as text, as recorded or after the optimisations.
  std::string get_program(Stage stage, Passed<P>... arguments) const {
    return text([&](const detail::Call& call) { return core_->get_program(call, stage == Stage::Optimized); },
                arguments...);
  }
  /// The machine code as text, with the user's lines.
  std::string get_assembly(Passed<P>... arguments) const {
    return text([&](const detail::Call& call) { return core_->get_assembly(call); }, arguments...);
  }
  /// What was folded, proven, chosen and not possible, with times and sizes.
  Explanation explain(Passed<P>... arguments) const {
    Explanation result;
    explore([&](const detail::Call& call) { core_->explain(call, result.text, result.json); }, arguments...);
    return result;
  }

  /// For the library: code.call.
  template <class... U>
  auto call_from(detail::Session& session, const std::source_location& at, const U&... arguments) const {
    return detail::GeneratedCall<R(P...)>::call(session, at, body_, core_->self(), nullptr, arguments...);
  }

 private:
  friend class Specialization<R(P...)>;

  /// Builds a call from the arguments, hands it to `use`, and gives its result.
  template <class Use>
  static Result call_with(Body body, const detail::CoreReference& core, detail::Key& key, Use&& use,
                          const Passed<P>&... arguments) {
    std::uint64_t slots[Calls::slot_count];
    Calls::fill_slots(slots, arguments...);
    if constexpr (detail::ResultOf<R>::is_struct) {
      Result result{};
      slots[Calls::slots_of_parameters] = reinterpret_cast<std::uintptr_t>(&result);
      const typename Calls::Arguments pack{body, &core, {arguments...}, &result};
      use(detail::Call{key.words(), slots, Calls::staging(pack)});
      return result;
    }
    const typename Calls::Arguments pack{body, &core, {arguments...}, nullptr};
    use(detail::Call{key.words(), slots, Calls::staging(pack)});
    if constexpr (!std::is_void_v<Result> && !detail::ResultOf<R>::is_struct)
      return detail::number_of<Result>(static_cast<std::int64_t>(slots[0]));
  }
  template <class Use>
  Result with_call(Use&& use, const Passed<P>&... arguments) const {
    detail::Key key;
    key.append(0);
    (detail::ParameterOf<P>::append_key(key, arguments), ...);
    return call_with(body_, core_->self(), key, use, arguments...);
  }
  template <class Use>
  void explore(Use&& use, const Passed<P>&... arguments) const {
    (void)with_call(use, arguments...);
  }
  template <class Use>
  std::string text(Use&& use, const Passed<P>&... arguments) const {
    std::string result;
    explore([&](const detail::Call& call) { result = use(call); }, arguments...);
    return result;
  }

  Body body_;
  std::shared_ptr<detail::FunctionCore> core_;
};

template <class F>
GeneratedFunction(const char*, F) -> GeneratedFunction<typename detail::BodyOf<F>::Signature>;
template <class F>
GeneratedFunction(std::string, F) -> GeneratedFunction<typename detail::BodyOf<F>::Signature>;

/// A specialisation that has been looked up once: takes the same arguments and skips the look-up. Its plain arguments
/// are not compared again; sizes of arrays are. It stays valid when the function is destroyed.
template <class R, class... P>
class Specialization<R(P...)> {
  using Function = GeneratedFunction<R(P...)>;

 public:
  /// Runs the code. Arrays must have the sizes for which it was made (GenerationError).
  typename Function::Result operator()(typename detail::ParameterOf<P>::Passed... arguments,
                                       const std::source_location& at = std::source_location::current()) const {
    detail::Key sizes;
    (detail::ParameterOf<P>::append_size(sizes, arguments), ...);
    if constexpr (detail::ResultOf<R>::is_struct) detail::append_result_size(sizes);
    const auto use = [&](const detail::Call& call) {
      detail::FunctionCore::run(*specialized_, sizes.words(), call, at);
    };
    return Function::call_with(body_, core_->self(), sizes, use, arguments...);
  }

  /// Two handles are equal when they are of the same code, so that one can be a plain argument of a body.
  friend bool operator==(const Specialization& a, const Specialization& b) { return a.address() == b.address(); }
  const void* address() const { return detail::FunctionCore::address_of(*specialized_); }

  using GeneratedSignature = R(P...);
  /// For the library: code.call.
  template <class... U>
  auto call_from(detail::Session& session, const std::source_location& at, const U&... arguments) const {
    return detail::GeneratedCall<R(P...)>::call(session, at, body_, core_->self(), specialized_, arguments...);
  }

 private:
  friend Function;
  Specialization(typename Function::Body body, std::shared_ptr<detail::FunctionCore> core,
                 std::shared_ptr<detail::SpecializedHandle> specialized)
      : body_(body), core_(std::move(core)), specialized_(std::move(specialized)) {}

  typename Function::Body body_;
  std::shared_ptr<detail::FunctionCore> core_;
  std::shared_ptr<detail::SpecializedHandle> specialized_;
};

}  // namespace cogent

/// Lets a Specialization be a plain argument of a body: its key is which code it is.
template <class Signature>
struct std::hash<cogent::Specialization<Signature>> {
  std::size_t operator()(const cogent::Specialization<Signature>& handle) const noexcept {
    return std::hash<const void*>{}(handle.address());
  }
};
