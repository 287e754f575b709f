// The memory of a plan for the pictures and numbers on the way: a workspace for each thread that runs it.
#pragma once
#include <atomic>
#include <memory>
#include <mutex>

#include "engine/stage_builder.h"

namespace cogent::image {

/// Of one thread.
struct Workspace {
  std::vector<std::shared_ptr<void>> pictures;  ///< of the graph; of its input none
  std::vector<std::int32_t> facts;              ///< of all steps that find some, one behind the other
};

/// Those of a plan. Threads that end hand theirs on. Small ones are kept as long as the plan, large ones as long as
/// somebody holds its code.
class Workspaces : public std::enable_shared_from_this<Workspaces> {
 public:
  static constexpr std::size_t most_kept = 4 << 20;  ///< bytes of a plan that nobody holds

  explicit Workspaces(std::shared_ptr<const StageGraph> graph);

  /// That of the calling thread: after its first call without an allocation and without a lock. Throws PictureError if
  /// there is no memory.
  Workspace& of_this_thread();
  /// Counts those who hold the plan's code.
  void hold();
  void let_go();
  std::size_t count() const;

 private:
  class OfThread;
  Workspace& take();
  void hand_back(Workspace& workspace, std::uint64_t number);

  std::shared_ptr<const StageGraph> graph_;
  std::atomic<std::uint64_t> number_;  // no other's, and another one when all are freed
  mutable std::mutex mutex_;           // of what follows
  std::vector<std::unique_ptr<Workspace>> made_;
  std::vector<Workspace*> idle_;  // of threads that have ended
  int holders_ = 0;
};

}  // namespace cogent::image
