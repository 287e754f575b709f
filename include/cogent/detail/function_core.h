// What a GeneratedFunction does behind its template: finds or generates the specialisation for a key, runs it, explains
// it.
#pragma once
#include <memory>
#include <source_location>
#include <span>
#include <string>

#include <cogent/detail/session.h>

namespace cogent::detail {

/// How a call's body is run in a session: the parameters are bound, the body runs, its result is returned to the
/// session.
struct Staging {
  void (*run)(const void* arguments, Session& session);
  const void* arguments;
  ScalarType result;
};

/// One call: its key, its slots (slot 0 takes the result) and its body.
struct Call {
  std::span<const std::uint64_t> key;
  std::uint64_t* slots;
  Staging staging;
};

class Specialized;

class FunctionCore {
 public:
  FunctionCore(std::string name, const std::source_location& at);
  ~FunctionCore();
  FunctionCore(const FunctionCore&) = delete;
  FunctionCore& operator=(const FunctionCore&) = delete;

  void run(const Call& call);
  void run_plain(const Call& call);
  void run_checked(const Call& call);
  std::shared_ptr<Specialized> specialize(const Call& call);
  static void run(Specialized& specialized, const Call& call);

  std::string get_source(const Call& call, bool with_lines);
  std::string get_program(const Call& call, bool optimized);
  std::string get_assembly(const Call& call);
  std::string explain_text(const Call& call);
  std::string explain_json(const Call& call);

  struct Implementation;

 private:
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace cogent::detail
