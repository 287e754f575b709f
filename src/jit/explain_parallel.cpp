// A parallel loop that is not done in parts is a stencil of one block, lies within another one, or has a step that is
// not known.
#include "jit/explain_parallel.h"

#include <algorithm>

#include "ir/walk.h"

namespace cogent::jit {
namespace {

class Sentences {
 public:
  Sentences(const ir::Program& program, bool is_stencil, std::span<const x86::ParallelLoop> loops)
      : program_(program), is_stencil_(is_stencil), loops_(loops) {}

  // Called by ir::walk:
  void enter(ir::Id) {}
  void leave(ir::Id) {}
  void statement(ir::Id id) {
    const ir::Statement& statement = program_.statements[id];
    if (statement.what == ir::Do::For && (statement.flags & ir::parallel) != 0)
      sentences_.push_back({statement.line, text_of(id, statement)});
  }
  std::vector<ParallelSentence> take() { return std::move(sentences_); }

 private:
  std::string text_of(ir::Id id, const ir::Statement& loop) const {
    const auto found = std::ranges::find(loops_, id, &x86::ParallelLoop::statement);
    if (found != loops_.end())
      return "the loop runs in parallel, at least " + std::to_string(found->fewest) +
             (is_stencil_ ? " of the stencil's blocks in a part" : " iterations in a part");
    if (is_stencil_ && loops_.empty())
      return "the loop does not run in parallel, because the stencil computes all of it at once";
    if (!program_.is_constant(loop.d))
      return "the loop does not run in parallel, because its step is known only when it runs";
    return "the loop does not run in parallel by itself, because it lies within a parallel loop";
  }

  const ir::Program& program_;
  const bool is_stencil_;
  std::span<const x86::ParallelLoop> loops_;
  std::vector<ParallelSentence> sentences_;
};

}  // namespace

std::vector<ParallelSentence> describe_parallel_loops(const ir::Program& program, bool is_stencil,
                                                      std::span<const x86::ParallelLoop> loops) {
  Sentences sentences(program, is_stencil, loops);
  ir::walk(program, sentences);
  return sentences.take();
}

}  // namespace cogent::jit
