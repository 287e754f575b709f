// Calls that look at the code of a plan's passes, and run nothing.
#pragma once
#include "engine/plan.h"
#include "engine/views.h"

namespace cogent::image {

template <class Use>
std::string Plan::look_at_passes(Use&& use) const {
  std::string text;
  for (std::size_t i = 0; i < passes_.size(); ++i) {
    const PlannedPass& pass = in_use(i);
    const PassFacts& facts = pass.facts;
    if (pass.has_any_size) {
      text += with_any_size_function(tight<const void>(graph_->input, nullptr), tight<void>(graph_->output, nullptr),
                                     [&](const auto& function, auto... pictures) {
                                       return use(i, function, facts, pictures..., std::int64_t{0},
                                                  std::int64_t{graph_->output.height});
                                     });
      continue;
    }
    const auto picture = [&](std::size_t place) {
      const int number = place < facts.pictures.size() ? facts.pictures[place] : 0;
      return view_of<false>(tight<const void>(graph_->pictures[static_cast<std::size_t>(number)].format, nullptr));
    };
    const Format& format =
        facts.pass.picture < 0 ? graph_->output : graph_->pictures[static_cast<std::size_t>(facts.pass.picture)].format;
    const AnyView<3, true> result = view_of<true>(tight<void>(format, nullptr));
    const std::vector<std::int32_t> numbers(pass.reads_facts ? graph_->facts_before(graph_->facts.size()) : 0);
    text += with_pass_function(facts, picture, [&](const auto& function, const auto&... pictures) {
      return use(i, function, facts, pictures..., std::span<const std::int32_t>(numbers), result, std::int64_t{0},
                 std::int64_t{format.height});
    });
  }
  return text;
}

}  // namespace cogent::image
