// Calls of the public headers: recorded, or made at once in a plain run; and the thunk that generated code calls.
#include <cogent/detail/own_function.h>

#include "ir/semantics.h"
#include "stage/call_depth.h"
#include "stage/call_journal.h"
#include "stage/live_sessions.h"
#include "stage/plain_run.h"
#include "stage/recorder.h"
#include "stage/run_context.h"

namespace cogent {
namespace stage {

std::int32_t call_target(const void* data, std::uint64_t* slots, void* context) {
  RunContext& run = *static_cast<RunContext*>(context);
  const auto& target = *static_cast<const detail::CallTarget*>(data);
  try {
    if (run.replay != nullptr)
      run.replay->next(target, slots);
    else {
      const OwnCalls own(run.calls_left - run.state.calls_left);
      target.run(slots);
    }
    return 0;
  } catch (...) {
    run.exception = std::current_exception();
    return threw;
  }
}

}  // namespace stage

namespace detail {
namespace {

static_assert(static_cast<int>(CallKind::Generated) == static_cast<int>(ir::CalleeKind::Generated));
static_assert(static_cast<int>(ArrayAccess::InOut) == static_cast<int>(ir::Access::InOut));

ir::Type ir_type(ScalarType type) { return static_cast<ir::Type>(type); }

std::int64_t bytes_of(const PassedArray& array) {
  std::int64_t last = 0;
  for (int i = 0; i < array.rank; ++i) {
    if (array.extents[i] == 0) return 0;
    last += (array.extents[i] - 1) * array.strides[i];
  }
  return (last + 1) * array.element_bytes;
}

Word record(Session& session, const CallRequest& request) {
  ir::Callee callee{.kind = static_cast<ir::CalleeKind>(request.kind),
                    .result = ir_type(request.result),
                    .name = std::string(request.name),
                    .arguments = {},
                    .thunk = request.target != nullptr ? &stage::call_target : nullptr,
                    .data = request.target,
                    .identity = request.target != nullptr ? request.target->identity() : nullptr};
  std::vector<ir::Id> operands;
  for (const CallArgument& argument : request.arguments) {
    if (!argument.is_array) session_of(argument.value.session);
    callee.arguments.push_back(
        {ir_type(argument.type), argument.is_array, argument.passes_size, static_cast<ir::Access>(argument.access)});
    operands.push_back(argument.is_array ? argument.array.number : static_cast<ir::Id>(argument.value.bits));
  }
  const ir::Id result = session.recorder->builder().call(std::move(callee), operands);
  return {static_cast<std::int64_t>(result), session.number};
}

Word make(Session& session, const CallRequest& request) {
  session.plain->effect();
  std::vector<std::uint64_t> slots = sample_slots(request.arguments);
  stage::CallJournal* journal = stage::CallJournal::current();
  // A function that calls itself does so in every way of running it.
  if (journal != nullptr && request.kind != CallKind::Recurse)
    journal->make(request, slots.data(), present_place(session));
  else
    request.target->run_plain(slots.data());
  return {static_cast<std::int64_t>(slots[0]), session.number};
}

}  // namespace

Word record_call(Session& session, const CallRequest& request) {
  return session.records() ? record(session, request) : make(session, request);
}

void pass_array(const PassedArray& array, ArrayAccess access, ShapePassed shape, CallArguments& passed) {
  Session& session = session_of(array.array.session);
  const bool keeps_gaps = shape == ShapePassed::Known || shape == ShapePassed::Whole;
  if (!keeps_gaps && array.strides[0] != 1 && array.extents[0] > 1)
    fail(session,
         "an array with gaps between its elements is passed to what takes elements without gaps; pass it to a "
         "View, or to a generated function that takes an In, Out or InOut");
  passed.push_back({.type = array.type,
                    .is_array = true,
                    .passes_size = shape == ShapePassed::Size,
                    .access = access,
                    .array = array.array,
                    .bytes = session.records() ? 0 : bytes_of(array)});
  if (shape != ShapePassed::Whole) return;
  const auto number = [&](std::int64_t known, Word (*record)(std::uint32_t, int), int dimension) {
    const Word word = session.records() ? record(array.array.number, dimension)
                                        : Word{known, static_cast<std::uint32_t>(session.number)};
    passed.push_back({.type = ScalarType::I64, .value = word});
  };
  for (int i = 0; i < array.rank; ++i) number(array.extents[i], record_extent, i);
  for (int i = 0; i < array.rank; ++i) number(array.strides[i], record_stride, i);
}

void fail(Session& session, const std::string& text) {
  if (session.records()) session.recorder->fail(text);
  session.plain->fail(text);
}

SourcePosition present_place(const Session&) { return stage::present_position(); }

std::vector<std::uint64_t> sample_slots(std::span<const CallArgument> arguments) {
  std::vector<std::uint64_t> slots(1);
  for (const CallArgument& argument : arguments) {
    if (!argument.is_array) {
      const bool is_node = session_of(argument.value.session).records();
      slots.push_back(is_node ? 0 : static_cast<std::uint64_t>(argument.value.bits));
      continue;
    }
    slots.push_back(reinterpret_cast<std::uintptr_t>(argument.array.memory));
    if (argument.passes_size) slots.push_back(static_cast<std::uint64_t>(argument.array.size));
  }
  return slots;
}

// ---- code.recurse

Word constant_word(Session& session, const OwnArgument& number) {
  if (session.records()) return record_constant(number.word.bits, number.type);
  return {number.word.bits, session.number};
}

std::int64_t convert_number(std::int64_t bits, ScalarType from, ScalarType to) {
  return from == to ? bits : ir::evaluate_convert(bits, ir_type(from), ir_type(to));
}

Word convert_scalar(Session& session, Word word, ScalarType from, ScalarType to) {
  session_of(word.session);
  if (from == to) return word;
  if (session.records()) return record_convert(word, to);
  return {convert_number(word.bits, from, to), word.session};
}

void fail_own_argument(Session& session, std::size_t position, const char* reason) {
  fail(session, "argument " + std::to_string(position + 1) + " of code.recurse " + reason);
}

void check_own_call(Session& session, std::size_t given, std::size_t taken, ScalarType wanted, ScalarType result) {
  if (given != taken)
    fail(session,
         "code.recurse is given " + std::to_string(given) + " arguments, the function takes " + std::to_string(taken));
  if (wanted == ScalarType::Void || wanted == result) return;
  const std::string type = ir::name_of(ir_type(result));
  if (result == ScalarType::Void) fail(session, "the function has no result; write  code.recurse(...)");
  fail(session, "the result of the function is a " + type + "; write  code.recurse<" + type + ">(...)");
}

Word recurse(Session& session, std::span<const OwnArgument> arguments, const OwnResult& wanted) {
  if (session.own == nullptr) fail(session, "code.recurse stands outside of a generated function");
  return session.own->call(session, arguments, wanted);
}

}  // namespace detail
}  // namespace cogent
