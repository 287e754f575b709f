// Faults and branches of a plain run.
#include "stage/plain_run.h"

#include <cogent/error.h>

#include <utility>

#include "ir/semantics.h"
#include "stage/live_sessions.h"

namespace cogent::detail {

PlainRun::PlainRun(ir::Type result) : result_type_(result) {
  session_ = {stage::next_session_number(), nullptr, this};
  previous_ = stage::enter_session(session_);
}

PlainRun::~PlainRun() { stage::leave_session(previous_); }

void PlainRun::fail(const std::string& text) const { throw GenerationError(text, {place_.file_name(), place_.line()}); }

std::uint32_t PlainRun::add_array() {
  arrays_.push_back({.position = signature_length_++});
  return static_cast<std::uint32_t>(arrays_.size() - 1);
}

std::uint32_t PlainRun::add_local_array(ir::Storage storage) {
  for (std::size_t i = 0; i < arrays_.size(); ++i) {
    const std::source_location& at = arrays_[i].made_at;
    if (arrays_[i].storage == storage && at.line() == place_.line() && at.column() == place_.column() &&
        at.file_name() == place_.file_name())
      return static_cast<std::uint32_t>(i);
  }
  arrays_.push_back({.storage = storage, .made_at = place_});
  return static_cast<std::uint32_t>(arrays_.size() - 1);
}

// ---- faults

void PlainRun::fault(stage::PlainFault fault) {
  if (leaving_) return;
  ++faults_;
  if (pending_) return;  // the first one is what the program dies of
  fault.at = place_;
  pending_ = std::move(fault);
}

void PlainRun::drop_faults_since(std::uint32_t count) {
  if (faults_ == count) return;
  faults_ = count;
  if (count == 0) pending_.reset();
}

void PlainRun::effect() {
  if (misuse_ != nullptr) fail(misuse_);
  if (leaving_) fail_after_leaving();
  last_branch_.reset();
  if (!pending_) return;
  const stage::PlainFault fault = *std::exchange(pending_, std::nullopt);
  faults_ = 0;
  throw fault;
}

// ---- branches

bool PlainRun::open_when(bool condition) {
  effect();
  chain_taken_.push_back(false);
  return condition;
}

bool PlainRun::open_otherwise() {
  if (!last_branch_)
    fail("code.otherwise() must directly follow the block of a code.when(...) or code.otherwise_when(...)");
  const bool any_taken = last_branch_->any_taken;
  effect();
  chain_taken_.push_back(any_taken);
  return !any_taken;
}

bool PlainRun::open_otherwise_when(bool condition) {
  if (!last_branch_)
    fail("code.otherwise_when(...) must directly follow the block of a code.when(...) or code.otherwise_when(...)");
  const bool any_taken = last_branch_->any_taken;
  if (any_taken) drop_faults_since(last_branch_->faults);
  effect();
  chain_taken_.push_back(any_taken);
  return !any_taken && condition;
}

void PlainRun::close_branch(bool, bool was_taken) {
  const bool any_taken = chain_taken_.back() || was_taken;
  chain_taken_.pop_back();
  last_branch_ = ClosedBranch{any_taken, faults_};
}

// ---- the end

void PlainRun::finish(std::int64_t value, ScalarType type) {
  effect();
  if (type != ScalarType::Void) result_ = ir::evaluate_convert(value, static_cast<ir::Type>(type), result_type_);
}

}  // namespace cogent::detail
