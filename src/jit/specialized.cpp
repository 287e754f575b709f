// Generates a specialisation, runs it, and falls back to its general version.
#include "jit/specialized.h"

#include <cogent/error.h>

#include <algorithm>
#include <cstdlib>
#include <new>
#include <utility>

#include "interpret/interpreter.h"
#include "jit/code_cache.h"
#include "jit/debugger.h"
#include "jit/faults.h"
#include "jit/key_hash.h"
#include "jit/reclaim.h"
#include "stage/call_depth.h"
#include "stage/restage.h"

namespace cogent::jit {
namespace {

// As the parameters of the public headers append them to a key.
std::vector<std::uint64_t> static_sizes(const ir::Program& program) {
  std::vector<std::uint64_t> sizes;
  for (const ir::Array& array : program.arrays) {
    if (!array.is_argument() || array.size == ir::dynamic_size) continue;
    if (!array.is_shaped) {
      sizes.push_back(static_cast<std::uint64_t>(array.size));
      continue;
    }
    detail::Key key;
    detail::append_shape(key, static_cast<detail::ScalarType>(array.type), array.rank, array.extents, array.strides);
    const auto words = key.words();
    sizes.insert(sizes.end(), words.begin(), words.end());
  }
  return sizes;
}

bool wants_rule_checked() {
  static const bool wanted = [] {
    const char* value = std::getenv("COGENT_CHECK");
    return value != nullptr && std::string_view(value) == "1";
  }();
  return wanted;
}

SourcePosition place_of(const FunctionIdentity& identity) { return {identity.at.file_name(), identity.at.line()}; }

}  // namespace

void record_and_optimize(Compiler& compiler, const FunctionIdentity& identity, const detail::Staging& staging,
                         const CompileOptions& options) {
  compiler.record(staging, identity.name);
  const ir::Program& program = compiler.optimize(options);
  if (const auto& fault = compiler.pipeline().fault()) raise_provable(identity, program, *fault);
}

// ---- one version

Version::Version(const FunctionIdentity& identity, const detail::Staging& staging, const CompileOptions& options) {
  const stage::GenerationLevel level;
  const CompilerLoan compiler;
  record_and_optimize(*compiler, identity, staging, options);
  sizes_ = static_sizes(compiler->recorded());
  for (const ir::Callee& callee : compiler->optimized().callees) callees_.push_back(callee.data);
  const auto keep_program = [&] { program_ = std::make_unique<ir::Program>(compiler->optimized()); };
  try {
    const x86::MachineCode code = compiler->lower(options);
    code_ = std::make_unique<CompiledCode>(code.bytes,
                                           describe_sites(compiler->optimized(), compiler->machine().fault_sites));
    constexpr std::size_t large_frame = 32 * 1024;  // smaller ones find room in any stack
    runnable_ = {.code = code_.get(),
                 .frame_bytes = code.frame_bytes,
                 .run_memory_bytes = compiler->machine().run_memory_bytes,
                 .asks_for_stack = !callees_.empty() || code.frame_bytes >= large_frame,
                 .place = place_of(identity)};
    if (const auto& loops = compiler->machine().parallel_loops; !loops.empty())
      parallel_ = std::make_unique<ParallelCode>(ParallelCode{runnable_, describe_loops(compiler->optimized(), loops)});
    registration_ = show_version({identity, *compiler, code, code_.get(), options.general});
  } catch (const ExecutableMemoryError&) {
    keep_program();
  } catch (const x86::EncodingError&) {  // more values live at once than a frame can hold
    keep_program();
  }
  needs_context_ =
      code_ == nullptr || runnable_.run_memory_bytes != 0 || runnable_.asks_for_stack || parallel_ != nullptr;
}

std::size_t Version::bytes() const {
  constexpr std::size_t allocator_overhead = 16, key_and_slot_of_the_cache = 96;
  std::size_t bytes = sizeof(Version) + key_and_slot_of_the_cache + 4 * allocator_overhead +
                      sizes_.capacity() * sizeof(sizes_[0]) + callees_.capacity() * sizeof(callees_[0]);
  if (code_ != nullptr) bytes += code_->bytes();
  if (program_ != nullptr)
    bytes += program_->nodes.size() * sizeof(ir::Node) + program_->statements.size() * sizeof(ir::Statement);
  return bytes;
}

bool Version::run(const FunctionIdentity& identity, std::uint64_t* slots, stage::CallReplay* replay) const {
  if (needs_context_) [[unlikely]]
    return run_in_context(identity, slots, replay);
  x86::ErrorRecord error;
  const x86::Status status = code_->run(slots, error);
  if (status == x86::Status::Fault) raise_fault(identity, code_->site(error.site), error, slots);
  return status == x86::Status::Done;
}

bool Version::run_in_context(const FunctionIdentity& identity, std::uint64_t* slots, stage::CallReplay* replay) const {
  if (code_ == nullptr) {
    stage::RunContext context{.state = {}, .exception = nullptr, .replay = replay};
    interpret(identity, slots, context);
    return true;
  }
  Activation activation(runnable_);
  activation.context.replay = replay;
  activation.context.parallel_code = parallel_.get();
  x86::ErrorRecord error;
  const x86::Status status = activation.run(slots, error);
  if (status == x86::Status::Exception) std::rethrow_exception(activation.context.exception);
  if (status == x86::Status::Fault) raise_fault(identity, code_->site(error.site), error, slots, activation.limit());
  return status == x86::Status::Done;
}

void Version::interpret(const FunctionIdentity& identity, std::uint64_t* slots, stage::RunContext& context) const {
  const interpret::Outcome outcome = interpret_with_calls(*program_, slots, context, {});
  if (outcome.end == interpret::Outcome::End::Fault) raise_fault(identity, *program_, outcome.fault);
}

interpret::Outcome interpret_with_calls(const ir::Program& program, std::uint64_t* slots, stage::RunContext& context,
                                        interpret::Options options) {
  constexpr std::size_t stack_per_call = 4096;
  const bool calls = !program.callees.empty();
  const stage::CallRoom room = calls ? stage::call_room(stack_per_call) : stage::CallRoom{};
  options.context = &context.state;
  options.calls_left = context.state.calls_left = context.calls_left = room.calls;
  interpret::Outcome outcome = interpret::run(program, slots, options);
  if (outcome.end == interpret::Outcome::End::Ended) std::rethrow_exception(context.exception);
  if (outcome.fault.kind == ir::FaultKind::Depth) outcome.fault.text = stage::describe_depth(room.limit);
  return outcome;
}

// ---- a specialisation

Specialized::Specialized(std::shared_ptr<const FunctionIdentity> identity, std::unique_ptr<Version> fast)
    : CacheEntry(sizeof(Specialized) + fast->bytes()), identity_(std::move(identity)), fast_(std::move(fast)) {}

std::unique_ptr<Specialized> Specialized::generate(std::shared_ptr<const FunctionIdentity> identity,
                                                   const detail::Call& call) {
  if (wants_rule_checked()) stage::check_rule(call.staging, identity->name);
  auto fast = std::make_unique<Version>(*identity, call.staging, CompileOptions{});
  return std::unique_ptr<Specialized>(new Specialized(std::move(identity), std::move(fast)));
}

const void* Specialized::number() const {
  const std::uint64_t function = reinterpret_cast<std::uintptr_t>(identity_.get());
  return reinterpret_cast<const void*>(static_cast<std::uintptr_t>(multiply_and_fold(hash_key(key()), function | 1)));
}

// The general version is recorded from the call at hand. A handle's call may have other static arguments, and code made
// for those must not get among this key's.
void Specialized::check_key(const detail::Call& call) const {
  detail::Key words;
  words.append(key().front());
  call.staging.append_key(call.staging.arguments, words);
  if (!std::ranges::equal(words.words(), key()))
    throw GenerationError(
        "a specialisation of " + identity_->name + " was called with other plain arguments than it was made for",
        {identity_->at.file_name(), identity_->at.line()});
}

namespace {

/// The general versions that this thread is making.
struct MakingGeneral {
  explicit MakingGeneral(const Specialized& entry) : entry(&entry), outer(innermost) {
    for (const MakingGeneral* making = outer; making != nullptr; making = making->outer)
      if (making->entry == this->entry) throw RecursiveGenerationError();
    innermost = this;
  }
  ~MakingGeneral() { innermost = outer; }
  MakingGeneral(const MakingGeneral&) = delete;
  MakingGeneral& operator=(const MakingGeneral&) = delete;

  const Specialized* entry;
  const MakingGeneral* outer;
  static inline constinit thread_local const MakingGeneral* innermost = nullptr;
};

}  // namespace

// Made without a lock, because the body may call anything. Threads that make it at once throw away all but one.
const Version& Specialized::general(const detail::Call& call) {
  if (const Version* made = general_.load(std::memory_order_acquire)) return *made;
  const MakingGeneral making(*this);
  auto version = std::make_unique<const Version>(*identity_, call.staging, CompileOptions{.general = true});
  const Version* expected = nullptr;
  if (!general_.compare_exchange_strong(expected, version.get(), std::memory_order_acq_rel)) return *expected;
  return *version.release();
}

void Specialized::run_general(const detail::Call& call, stage::CallReplay* replay) {
  check_key(call);
  general(call).run(*identity_, call.slots, replay);
}

}  // namespace cogent::jit
