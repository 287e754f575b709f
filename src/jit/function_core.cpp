// GeneratedFunction's calls: the look-up, plain runs and handles.
#include <cogent/detail/function_core.h>
#include <cogent/error.h>

#include <algorithm>

#include "jit/code_cache.h"
#include "jit/function_implementation.h"
#include "jit/key_hash.h"
#include "jit/other_arguments.h"
#include "jit/present_level.h"
#include "jit/volatile_constants.h"
#include "stage/plain_run.h"

namespace cogent::detail {

std::shared_ptr<FunctionCore> FunctionCore::make(std::string name, const std::source_location& at) {
  auto core = std::make_shared<FunctionCore>(std::move(name), at);
  core->self_ = core;
  return core;
}

FunctionCore::FunctionCore(std::string name, const std::source_location& at)
    : implementation_(std::make_unique<Implementation>(std::move(name), at)) {}

FunctionCore::~FunctionCore() = default;

const std::string& FunctionCore::name() const { return implementation_->identity->name; }

std::shared_ptr<FunctionCore> FunctionCore::living(const std::weak_ptr<FunctionCore>& self, const SourcePosition& at) {
  std::shared_ptr<FunctionCore> core = self.lock();
  if (core == nullptr) throw GenerationError("the generated function that is called here has been destroyed", at);
  return core;
}

std::string FunctionCore::name_of(const std::weak_ptr<FunctionCore>& self) {
  const std::shared_ptr<FunctionCore> core = self.lock();
  return core == nullptr ? std::string() : core->name();
}

jit::Specialized& FunctionCore::Implementation::find(const Call& call, const jit::Reclaimer::Guard& guard) {
  call.key.front() = static_cast<std::uint64_t>(jit::present_level());
  const auto generate = [&] {
    auto made = jit::Specialized::generate(identity, call);
    if (jit::is_time_to_warn(generations.fetch_add(1, std::memory_order_relaxed)))
      jit::warn_of_volatile_constants(*identity, call, cache.keys());
    return made;
  };
  return cache.find_or_create(call.key, generate, guard);
}

void FunctionCore::run(const Call& call) {
  const jit::Reclaimer::Guard guard;
  implementation_->find(call, guard).run(call);
}

// ---- plain runs

namespace {

jit::ArrayOrigin origin_of(const PlainRun& run, const stage::PlainFault& fault) {
  if (fault.kind != ir::FaultKind::Index) return {};
  const PlainArray& array = run.array(fault.array);
  const std::source_location& at = array.made_at;
  return {array.position, {at.file_name(), at.line(), at.column()}, array.storage};
}

}  // namespace

void FunctionCore::run_plain(const Call& call) {
  PlainRun run(static_cast<ir::Type>(call.staging.result));
  try {
    call.staging.run(call.staging.arguments, run.session());
  } catch (const stage::PlainReturn&) {
  } catch (const stage::PlainFault& fault) {
    jit::raise_fault(*implementation_->identity, fault, origin_of(run, fault));
  }
  call.slots[0] = static_cast<std::uint64_t>(run.result());
}

// ---- handles

class SpecializedHandle {
 public:
  explicit SpecializedHandle(jit::Specialized& entry) : entry_(entry) {}
  jit::Specialized& entry() const { return *entry_; }

 private:
  jit::PinnedEntry<jit::Specialized> entry_;
};

std::shared_ptr<SpecializedHandle> FunctionCore::specialize(const Call& call) {
  const jit::Reclaimer::Guard guard;
  return std::make_shared<SpecializedHandle>(implementation_->find(call, guard));
}

std::shared_ptr<SpecializedHandle> FunctionCore::specialize_unless_generating(const Call& call) {
  const jit::Reclaimer::Guard guard;
  bool began = false;
  call.key.front() = static_cast<std::uint64_t>(jit::present_level());
  const auto generate = [&] {
    began = true;
    return jit::Specialized::generate(implementation_->identity, call);
  };
  try {
    return std::make_shared<SpecializedHandle>(implementation_->cache.find_or_create(call.key, generate, guard));
  } catch (const jit::RecursiveGenerationError&) {
    if (began) throw;
    return nullptr;
  }
}

void FunctionCore::run_specialized(SpecializedHandle& handle, const Call& call) {
  const jit::Reclaimer::Guard guard;
  handle.entry().run(call);
}

const void* FunctionCore::address_of(const SpecializedHandle& handle) { return &handle.entry(); }

const void* FunctionCore::identity_of(const SpecializedHandle& handle) { return handle.entry().number(); }

void FunctionCore::run(SpecializedHandle& handle, std::span<const std::uint64_t> sizes, const Call& call,
                       const std::source_location& at) {
  jit::Specialized& entry = handle.entry();
  if (!jit::is_equal(sizes, entry.sizes())) [[unlikely]]
    jit::raise_other_sizes(entry.identity(), entry.sizes(), call, at);
  if (entry.run_alone(call)) [[likely]]
    return;
  const jit::Reclaimer::Guard guard;  // what is called may drop the last handle
  entry.run(call);
}

}  // namespace cogent::detail
