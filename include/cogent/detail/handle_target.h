// What stands behind a handle for C: a specialisation with its plain arguments, and what its words are.
#pragma once
#include <cogent/detail/body_call.h>
#include <cogent/detail/export.h>
#include <cogent/handle.h>

namespace cogent::detail {

/// A cogent_word.
struct HandleWord {
  cogent_word_kind kind;
  ScalarType type = ScalarType::Void;
  std::int64_t element_bytes = 0;
  std::int64_t elements = 0;
};
using HandleWords = std::vector<HandleWord>;

/// Appends the words of a parameter, given its argument.
template <Scalar T>
void append_words(HandleWords& words, const Parameter<Value<T>>&, T) {
  words.push_back({COGENT_NUMBER, type_of<T>});
}
template <PlainStruct S>
void append_words(HandleWords& words, const Parameter<Value<S>>&, const S&) {
  words.push_back({COGENT_INPUT, ScalarType::Void, sizeof(S), 1});
}
template <class Array, class T, int rank, ArrayAccess access, bool is_static>
void append_words(HandleWords& words, const ArrayParameter<Array, T, rank, access, is_static>&, const auto& argument) {
  HandleWord address{access == ArrayAccess::In ? COGENT_INPUT : COGENT_OUTPUT, ScalarType::Void, sizeof(T), -1};
  if constexpr (Scalar<T>) address.type = type_of<T>;
  if constexpr (is_static) address.elements = check_shape(rank, argument.extents(), argument.strides(), sizeof(T), {});
  words.push_back(address);
  if constexpr (!is_static) {
    words.insert(words.end(), rank, {COGENT_EXTENT, ScalarType::I64});
    if constexpr (rank > 1) words.insert(words.end(), rank, {COGENT_STRIDE, ScalarType::I64});
  }
}
template <class P>
  requires(Parameter<P>::slots == 0)
void append_words(HandleWords&, const Parameter<P>&, const P&) {}

/// What a handle calls: slot 0 takes the result, the words lie behind it.
class COGENT_EXPORT HandleTarget {
 public:
  virtual ~HandleTarget() = default;
  virtual void run(std::uint64_t* slots) const = 0;
  virtual std::string get_source() const = 0;
};

template <class Signature>
class HandleTargetOf;
template <class R, class... P>
class HandleTargetOf<R(P...)> final : public HandleTarget {
  using Target = GeneratedTarget<R, P...>;

 public:
  HandleTargetOf(typename BodyCall<R(P...)>::Body body, const std::shared_ptr<FunctionCore>& core,
                 const std::source_location& at, std::shared_ptr<SpecializedHandle> specialized,
                 std::tuple<Kept<P>...> kept)
      : core_(core), target_(body, core, {at.file_name(), at.line()}, std::move(kept)) {
    target_.use(std::move(specialized));
  }
  void run(std::uint64_t* slots) const override { target_.run(slots); }
  std::string get_source() const override { return target_.get_source(); }

 private:
  std::shared_ptr<FunctionCore> core_;  // the target only refers to it
  Target target_;
};

/// A handle's making: `at` is where the host makes it.
struct HandleRequest {
  std::string name;
  ScalarType result;
  HandleWords words;
  std::unique_ptr<const HandleTarget> target;
  std::source_location at;
};
COGENT_EXPORT cogent_handle* make_handle(HandleRequest request);

struct ReleaseHandle {
  void operator()(cogent_handle* handle) const { cogent_release(handle); }
};

}  // namespace cogent::detail
