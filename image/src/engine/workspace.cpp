// Workspaces are found by the calling thread in a list of its own, and belong to the plan.
#include "engine/workspace.h"

#include <cogent/image/compiled_pipeline.h>

#include <numeric>
#include <stdexcept>

namespace cogent::image {

namespace {

std::shared_ptr<void> on_the_heap(std::size_t bytes) {
  const auto memory = std::make_shared<std::vector<std::byte>>(bytes);
  return {memory, memory->data()};
}

std::atomic<PictureMemory> picture_memory = &on_the_heap;

std::uint64_t next_number() {
  static std::atomic<std::uint64_t> numbers = 0;
  return ++numbers;
}

std::size_t bytes_of(const Format& format) {
  return static_cast<std::size_t>(format.width) * static_cast<std::size_t>(format.height) *
         static_cast<std::size_t>(format.channels) * static_cast<std::size_t>(image::bytes_of(format.type));
}

std::size_t bytes_of(const StageGraph& graph) {
  const auto add = [](std::size_t sum, const PlannedPicture& picture) { return sum + bytes_of(picture.format); };
  return std::accumulate(graph.pictures.begin() + 1, graph.pictures.end(), std::size_t{0}, add);
}

std::unique_ptr<Workspace> make_workspace(const StageGraph& graph) {
  try {
    auto workspace = std::make_unique<Workspace>();
    workspace->pictures.resize(graph.pictures.size());
    for (std::size_t i = 1; i < graph.pictures.size(); ++i)
      workspace->pictures[i] = picture_memory.load()(bytes_of(graph.pictures[i].format));
    workspace->facts.resize(graph.facts_before(graph.facts.size()));
    return workspace;
  } catch (const std::bad_alloc&) {
  } catch (const std::length_error&) {
  }
  throw PictureError("there is not enough memory for the " + std::to_string(bytes_of(graph)) +
                     " bytes of pictures that this pipeline makes on the way");
}

}  // namespace

void set_picture_memory(PictureMemory make) { picture_memory = make != nullptr ? make : &on_the_heap; }

class Workspaces::OfThread {
 public:
  OfThread() = default;
  OfThread(const OfThread&) = delete;
  OfThread& operator=(const OfThread&) = delete;
  ~OfThread() {
    for (const Entry& entry : entries_)
      if (const auto owner = entry.owner.lock()) owner->hand_back(*entry.workspace, entry.number);
  }

  Workspace* find(std::uint64_t number) const {
    for (const Entry& entry : entries_)
      if (entry.number == number) return entry.workspace;
    return nullptr;
  }
  void add(std::uint64_t number, Workspace& workspace, const std::shared_ptr<Workspaces>& owner) {
    std::erase_if(entries_, [](const Entry& entry) {
      const auto others = entry.owner.lock();
      return others == nullptr || others->number_ != entry.number;
    });
    entries_.push_back({number, &workspace, owner});
  }

 private:
  struct Entry {
    std::uint64_t number;
    Workspace* workspace;  // freed if the number is no longer the owner's
    std::weak_ptr<Workspaces> owner;
  };
  std::vector<Entry> entries_;
};

Workspaces::Workspaces(std::shared_ptr<const StageGraph> graph) : graph_(std::move(graph)), number_(next_number()) {}

Workspace& Workspaces::of_this_thread() {
  thread_local OfThread of_thread;
  const std::uint64_t number = number_;
  if (Workspace* const found = of_thread.find(number)) return *found;
  Workspace& workspace = take();
  of_thread.add(number, workspace, shared_from_this());
  return workspace;
}

Workspace& Workspaces::take() {
  const std::scoped_lock lock(mutex_);
  if (idle_.empty()) return *made_.emplace_back(make_workspace(*graph_));
  Workspace& workspace = *idle_.back();
  idle_.pop_back();
  return workspace;
}

void Workspaces::hand_back(Workspace& workspace, std::uint64_t number) {
  const std::scoped_lock lock(mutex_);
  if (number_ == number) idle_.push_back(&workspace);
}

void Workspaces::hold() {
  const std::scoped_lock lock(mutex_);
  ++holders_;
}

void Workspaces::let_go() {
  const std::scoped_lock lock(mutex_);
  if (--holders_ > 0 || bytes_of(*graph_) * made_.size() <= most_kept) return;
  number_ = next_number();
  made_.clear();
  idle_.clear();
}

std::size_t Workspaces::count() const {
  const std::scoped_lock lock(mutex_);
  return made_.size();
}

}  // namespace cogent::image
