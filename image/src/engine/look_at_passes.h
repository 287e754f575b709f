// Calls that look at the code of a plan's passes, and run nothing.
#pragma once
#include "engine/plan.h"
#include "engine/views.h"

namespace cogent::image {

template <class Use>
std::string Plan::look_at_passes(Use&& use) const {
  std::string text;
  for (std::size_t i = 0; i < passes_.size(); ++i) {
    const PassFacts& facts = passes_[i].facts;
    const auto picture = [&](std::size_t place) {
      const int number = place < facts.pictures.size() ? facts.pictures[place] : 0;
      return view_of<false>(tight<const void>(graph_->pictures[static_cast<std::size_t>(number)].format, nullptr));
    };
    const Format& format =
        facts.pass.picture < 0 ? graph_->output : graph_->pictures[static_cast<std::size_t>(facts.pass.picture)].format;
    const AnyView<3, true> result = view_of<true>(tight<void>(format, nullptr));
    const std::vector<std::int32_t> numbers(passes_[i].reads_facts ? graph_->facts_before(graph_->facts.size()) : 0);
    text += with_pass_function(facts, picture, [&](const auto& function, const auto&... pictures) {
      return use(i, function, facts, pictures..., std::span<const std::int32_t>(numbers), result, std::int64_t{0},
                 std::int64_t{format.height});
    });
  }
  return text;
}

}  // namespace cogent::image
