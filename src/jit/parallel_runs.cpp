// Divides the rounds of a loop into parts of successive rounds. A part that fails keeps the later ones from beginning,
// never the earlier ones: so the first failure, in the order of the rounds, is known in the end.
#include "jit/parallel_runs.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <stdexcept>

#include "ir/walk.h"
#include "parallel/executors.h"

namespace cogent::jit {
namespace {

constexpr std::uint64_t parts_per_thread = 16;  // so that a thread with little to do can help another one
constexpr std::uint64_t values_begin = 2;       // words of the loop's block before the values

constinit thread_local bool runs_a_part = false;

/// While it lives, this thread runs a part.
struct PartScope {
  PartScope() : outer(std::exchange(runs_a_part, true)) {}
  ~PartScope() { runs_a_part = outer; }
  PartScope(const PartScope&) = delete;
  PartScope& operator=(const PartScope&) = delete;
  bool outer;
};

// ---- overlap

struct Bytes {
  std::uint64_t begin, end;
};

Bytes bytes_of(const ParallelCode::SharedArray& shared, const std::uint64_t* slots) {
  const ir::Array array = ir::array_in_call(shared.array, slots + shared.slot);
  const std::uint64_t begin = slots[shared.slot];
  return {begin, begin + static_cast<std::uint64_t>(array.size) * static_cast<std::uint64_t>(array.step())};
}

bool arrays_overlap(const ParallelCode::Loop& loop, const std::uint64_t* slots) {
  for (std::size_t i = 0; i < loop.arrays.size(); ++i)
    for (std::size_t k = 0; k < i; ++k) {
      if (!loop.arrays[i].is_written && !loop.arrays[k].is_written) continue;
      const Bytes a = bytes_of(loop.arrays[i], slots), b = bytes_of(loop.arrays[k], slots);
      if (a.begin < b.end && b.begin < a.end) return true;
    }
  return false;
}

// ---- one run of a loop

class ParallelRun {
 public:
  ParallelRun(std::uint64_t* arguments, stage::RunContext& parent, const std::uint64_t* block)
      : code_(*static_cast<const ParallelCode*>(parent.parallel_code)),
        loop_(code_.loops[block[0]]),
        arguments_(arguments),
        parent_(parent),
        block_(block),
        rounds_(block[1]),
        depth_(stage::present_depth() + parent.calls_left - parent.state.calls_left) {}

  void run() {
    const std::uint64_t most_parts = rounds_ / loop_.fewest;
    const bool is_serial = most_parts < 2 || runs_a_part || parent_.replay != nullptr;
    if (is_serial || arrays_overlap(loop_, arguments_)) return run_part(0, 0, rounds_);
    const std::shared_ptr<Executor> executor = parallel::present_executor();
    const int threads = executor == nullptr ? 1 : executor->concurrency();
    if (threads < 2) return run_part(0, 0, rounds_);
    count_ = std::min(most_parts, parts_per_thread * static_cast<std::uint64_t>(threads));
    executor->run(static_cast<std::int64_t>(count_), [this](std::int64_t part) {
      const auto number = static_cast<std::uint64_t>(part);
      if (number < count_) run_part(number, begin_of(number), begin_of(number + 1));
    });
    if (finished_.load() < count_) throw std::logic_error("an executor returned before it had run all parts of a loop");
  }

  std::int32_t report(x86::ErrorRecord& error) {
    error = error_;
    if (exception_ != nullptr) parent_.exception = exception_;
    return static_cast<std::int32_t>(status_);
  }

 private:
  std::uint64_t begin_of(std::uint64_t part) const {
    return static_cast<std::uint64_t>(static_cast<unsigned __int128>(rounds_) * part / count_);
  }

  void run_part(std::uint64_t number, std::uint64_t first, std::uint64_t last) noexcept {
    if (number <= first_failed_.load(std::memory_order_relaxed)) execute(number, first, last);
    finished_.fetch_add(1);
  }

  void execute(std::uint64_t number, std::uint64_t first, std::uint64_t last) noexcept {
    const ir::Part part{block_[0], first, last, block_ + values_begin};
    x86::ErrorRecord error;
    std::exception_ptr exception;
    auto status = x86::Status::Exception;
    try {
      const PartScope scope;
      const stage::OwnCalls calls(depth_ - stage::present_depth());
      Activation activation(code_.code);
      activation.context.replay = parent_.replay;
      activation.context.parallel_code = &code_;
      activation.context.state.part = &part;
      status = activation.run(arguments_, error);
      exception = activation.context.exception;
    } catch (...) {
      exception = std::current_exception();
    }
    if (status != x86::Status::Done) note_failure(number, status, error, exception);
  }

  void note_failure(std::uint64_t number, x86::Status status, const x86::ErrorRecord& error,
                    const std::exception_ptr& exception) {
    const std::lock_guard lock(mutex_);
    if (number >= first_failed_.load(std::memory_order_relaxed)) return;
    first_failed_.store(number, std::memory_order_relaxed);
    status_ = status;
    error_ = error;
    exception_ = exception;
  }

  const ParallelCode& code_;
  const ParallelCode::Loop& loop_;
  std::uint64_t* const arguments_;
  stage::RunContext& parent_;
  const std::uint64_t* const block_;
  const std::uint64_t rounds_;
  const std::int64_t depth_;  // of calls within each other, where the loop is
  std::uint64_t count_ = 1;
  std::atomic<std::uint64_t> finished_{0};
  std::atomic<std::uint64_t> first_failed_{~std::uint64_t{0}};
  std::mutex mutex_;  // guards what follows
  x86::Status status_ = x86::Status::Done;
  x86::ErrorRecord error_;
  std::exception_ptr exception_;
};

// ---- describing

class SharedArrays {
 public:
  explicit SharedArrays(const ir::Program& program) : program_(program) {}

  // Called by ir::walk:
  void enter(ir::Id) {}
  void leave(ir::Id) {}
  void statement(ir::Id id) {
    const ir::Statement& statement = program_.statements[id];
    if (statement.what == ir::Do::Store) add(statement.a, true);
    if (statement.what == ir::Do::Let && program_.nodes[statement.a].op == ir::Op::Load)
      add(program_.nodes[statement.a].a, false);
    if (statement.what != ir::Do::Call) return;
    const ir::Callee& callee = program_.callees[statement.b];
    for (std::size_t i = 0; i < statement.d; ++i)
      if (callee.arguments[i].is_array) add(program_.arguments(statement)[i], callee.arguments[i].is_written());
  }

  std::vector<ParallelCode::SharedArray> take() { return std::move(found_); }

 private:
  void add(ir::Id array, bool is_written) {
    const ir::Array& memory = program_.arrays[program_.memory_of(array)];
    if (!memory.is_argument()) return;
    const std::uint16_t slot = program_.parameters[memory.parameter].slot;
    const auto known = std::ranges::find(found_, slot, &ParallelCode::SharedArray::slot);
    if (known == found_.end())
      found_.push_back({memory, slot, is_written});
    else
      known->is_written = known->is_written || is_written;
  }

  const ir::Program& program_;
  std::vector<ParallelCode::SharedArray> found_;
};

}  // namespace

std::vector<ParallelCode::Loop> describe_loops(const ir::Program& program, std::span<const x86::ParallelLoop> loops) {
  std::vector<ParallelCode::Loop> result;
  for (const x86::ParallelLoop& loop : loops) {
    SharedArrays arrays(program);
    if (const ir::Id body = program.statements[loop.statement].body; body != ir::none) ir::walk(program, arrays, body);
    result.push_back({loop.fewest, arrays.take()});
  }
  return result;
}

std::int32_t run_parts(std::uint64_t* arguments, x86::ErrorRecord* error, void* context, const std::uint64_t* loop) {
  auto& parent = *static_cast<stage::RunContext*>(context);
  try {
    ParallelRun run(arguments, parent, loop);
    run.run();
    return run.report(*error);
  } catch (...) {  // of the executor
    parent.exception = std::current_exception();
    return static_cast<std::int32_t>(x86::Status::Exception);
  }
}

}  // namespace cogent::jit
