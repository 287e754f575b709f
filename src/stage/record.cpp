// The functions by which the public headers reach a recording: each turns words into nodes and effects.
#include <cogent/detail/session.h>
#include <cogent/error.h>

#include "ir/mathematics.h"
#include "ir/program.h"
#include "stage/plain_run.h"
#include "stage/recorder.h"

namespace cogent::detail {

// The headers number types and operations as the program does.
static_assert(static_cast<int>(ScalarType::F64) == static_cast<int>(ir::Type::F64));
static_assert(static_cast<int>(ScalarType::I32) == static_cast<int>(ir::Type::I32));
static_assert(static_cast<int>(Operation::Divide) == static_cast<int>(ir::Op::Divide));
static_assert(static_cast<int>(Operation::ShiftLeft) == static_cast<int>(ir::Op::ShiftLeft));
static_assert(static_cast<int>(Operation::NotEqual) == static_cast<int>(ir::Op::NotEqual));
static_assert(static_cast<int>(Operation::Negate) == static_cast<int>(ir::Op::Negate));
static_assert(static_cast<int>(Operation::RotateLeft) == static_cast<int>(ir::Op::RotateLeft));

namespace {

ir::Type ir_type(ScalarType type) { return static_cast<ir::Type>(type); }

stage::Recorder& recorder() { return *current_session->recorder; }
ir::Builder& builder() { return recorder().builder(); }

Word word(ir::Id id) { return {static_cast<std::int64_t>(id), current_session->number}; }

// The node of a word; a word of another session is a misuse.
ir::Id id(const Word& word) {
  session_of(word.session);
  return static_cast<ir::Id>(word.bits);
}

}  // namespace

Session& mark_place(const std::source_location& at) {
  if (current_session == nullptr) [[unlikely]]
    throw GenerationError("a staged value is used where no function is being generated; it must not outlive the body",
                          {at.file_name(), at.line()});
  Session& session = *current_session;
  if (session.records()) {
    session.recorder->at({at.file_name(), at.line(), at.column()});
  } else {
    session.plain->at(at);
  }
  return session;
}

Word record_constant(std::int64_t canonical, ScalarType type) {
  return word(builder().constant(canonical, ir_type(type)));
}

Word record_binary(Operation operation, Word a, Word b) {
  return word(builder().binary(static_cast<ir::Op>(operation), id(a), id(b)));
}

Word record_select(Word condition, Word if_true, Word if_false) {
  return word(builder().select(id(condition), id(if_true), id(if_false)));
}

Word record_convert(Word value, ScalarType to) { return word(builder().convert(id(value), ir_type(to))); }

Word record_not(Word condition) { return word(builder().negate(id(condition))); }

Word record_unary(Operation operation, Word a) { return word(builder().unary(static_cast<ir::Op>(operation), id(a))); }

Word record_bits(Word value, ScalarType to) { return word(builder().bits(id(value), ir_type(to))); }

Word record_fused_multiply_add(Word a, Word b, Word c) {
  return word(builder().fused_multiply_add(id(a), id(b), id(c)));
}

Word record_mathematics(MathematicalFunction function, Word a) {
  return word(builder().mathematics(static_cast<ir::Id>(function), id(a)));
}

Word record_mathematics(MathematicalFunction function, Word a, Word b) {
  return word(builder().mathematics(static_cast<ir::Id>(function), id(a), id(b)));
}

double call_libm(MathematicalFunction function, double a, double b) {
  return ir::call_mathematics(static_cast<ir::Id>(function), a, b);
}

float call_libm(MathematicalFunction function, float a, float b) {
  return ir::call_mathematics(static_cast<ir::Id>(function), a, b);
}

std::uint32_t record_variable(ScalarType type, Word initial) { return builder().declare(ir_type(type), id(initial)); }

Word record_get(std::uint32_t variable) { return word(recorder().get(variable)); }

void record_set(std::uint32_t variable, Word value) { builder().set(variable, id(value)); }

Moment moment_now(Session& session) {
  if (!session.records()) return {0, 0, session.plain->faults(), 0};
  const ir::Builder::Moment now = session.recorder->builder().now();
  return {now.region, now.last, now.changes, now.variables};
}

Word skip_unless(Session& session, const Moment& since, Word condition, bool otherwise, Word value) {
  if (session.records()) {
    const Word skipped = record_constant(otherwise, ScalarType::Bool);
    ir::Builder::Moment moment{since.region, since.last, since.changes, since.variables};
    if (builder().anything_since(moment) && !builder().only_computes_since(moment)) {
      recorder().mistake(
          "something changes between the two sides of this && or ||, or on its right side; write  "
          "if (auto _ = code.when(a)) {...}  to do it only when a holds, or  a & b  to do it always");
      moment = builder().now();
    }
    return word(builder().skip_unless(moment, id(condition), id(skipped), id(value)));
  }
  if (condition.bits != 0) return value;
  session.plain->drop_faults_since(since.changes);
  return {otherwise, session.number};
}

// ---- plain faults

void plain_division_fault(Session& session) {
  session.plain->fault({.kind = ir::FaultKind::DivisionByZero, .at = {}, .message = {}});
}

void plain_effect(Session& session) { session.plain->effect(); }

// ---- parameters

Word declare_value(Session& session, ScalarType type, std::int64_t canonical) {
  if (session.records()) return word(builder().add_value(ir_type(type)));
  session.plain->add_position();
  return {canonical, session.number};
}

void declare_static(Session& session) {
  if (session.records())
    builder().add_static_position();
  else
    session.plain->add_position();
}

}  // namespace cogent::detail
