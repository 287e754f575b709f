// What a GeneratedFunction does behind its template: finds or generates the specialisation for a key, runs it, explains
// it.
#pragma once
#include <memory>
#include <source_location>
#include <span>
#include <string>

#include <cogent/detail/export.h>
#include <cogent/detail/key.h>
#include <cogent/detail/session.h>
#include <cogent/error.h>

namespace cogent::detail {

/// How a call's body is run in a session: the parameters are bound, the body runs, its result is returned to the
/// session.
struct Staging {
  void (*run)(const void* arguments, Session& session);
  void (*append_key)(const void* arguments, Key& key);           // the static arguments
  void (*append_parts)(const void* arguments, KeyParts& parts);  // the same, parameter by parameter
  const void* arguments;
  ScalarType result;
};

/// One call: its key (the first word is left to the core), its slots (slot 0 takes the result) and its body.
struct Call {
  std::span<std::uint64_t> key;
  std::uint64_t* slots;
  Staging staging;
};

/// A specialisation that a handle keeps.
class SpecializedHandle;

class COGENT_EXPORT FunctionCore {
 public:
  static std::shared_ptr<FunctionCore> make(std::string name, const std::source_location& at);
  FunctionCore(std::string name, const std::source_location& at);
  ~FunctionCore();
  FunctionCore(const FunctionCore&) = delete;
  FunctionCore& operator=(const FunctionCore&) = delete;

  void run(const Call& call);
  void run_plain(const Call& call);
  void run_checked(const Call& call);
  std::shared_ptr<SpecializedHandle> specialize(const Call& call);
  /// Runs a specialisation on arrays of these sizes; `at` is where it is called.
  static void run(SpecializedHandle& handle, std::span<const std::uint64_t> sizes, const Call& call,
                  const std::source_location& at);

  /// The function's name, and itself, for calls that outlive this.
  const std::string& name() const;
  const std::weak_ptr<FunctionCore>& self() const { return self_; }
  /// What a call from generated code calls. Throws GenerationError if the function is gone.
  static std::shared_ptr<FunctionCore> living(const std::weak_ptr<FunctionCore>& self, const SourcePosition& at);
  static std::string name_of(const std::weak_ptr<FunctionCore>& self);

  /// As specialize(); null if the specialisation is being generated and that waits for this thread.
  std::shared_ptr<SpecializedHandle> specialize_unless_generating(const Call& call);
  /// Runs a specialisation on arrays of the sizes it was made for.
  static void run_specialized(SpecializedHandle& handle, const Call& call);
  /// Equal for handles of the same code.
  static const void* address_of(const SpecializedHandle& handle);
  /// The same, even if that was generated anew.
  static const void* identity_of(const SpecializedHandle& handle);

  std::string get_source(const Call& call, bool with_lines);
  std::string get_program(const Call& call, bool optimized);
  std::string get_assembly(const Call& call);
  void explain(const Call& call, std::string& text, std::string& json);

  struct Implementation;

 private:
  std::unique_ptr<Implementation> implementation_;
  std::weak_ptr<FunctionCore> self_;
};

}  // namespace cogent::detail
