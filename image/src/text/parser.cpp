// Reads the text of a pipeline.
#include "text/parser.h"

#include <algorithm>
#include <map>

#include "text/kernel_text.h"
#include "text/lexer.h"
#include "text/pipeline_maker.h"

namespace cogent::image::text {
namespace {

constexpr std::size_t most_expanded = 16 * most_steps;
constexpr const char* too_many_steps = "this pipeline has more than 1024 steps";

struct Place {
  std::size_t offset = 0, length = 1;
};
struct PlacedStep {
  Step step;
  Place place;
  std::size_t steps = 1;  // in it, with those of branches
  int depth = 0;          // of the branches in it
};
using Chain = std::vector<PlacedStep>;

[[noreturn]] void fail(std::string message, const Place& place) {
  throw TextError{std::move(message), place.offset, place.length};
}

std::size_t steps_of(const Chain& chain) {
  std::size_t steps = 0;
  for (const PlacedStep& step : chain) steps += step.steps;
  return steps;
}

int depth_of(const Chain& chain) {
  int depth = 0;
  for (const PlacedStep& step : chain) depth = std::max(depth, step.depth);
  return depth;
}

Pipeline pipeline_of(Chain&& chain) {
  std::vector<Step> steps;
  steps.reserve(chain.size());
  for (PlacedStep& step : chain) steps.push_back(std::move(step.step));
  return PipelineMaker::make(std::move(steps));
}

class Parser {
 public:
  Parser(std::string_view text, FilterTable filters) : in_(text), filters_(filters) {}
  Pipeline run();

 private:
  void definition();
  Chain chain();
  void add_step(Chain& chain);
  void add_named(Chain& chain);
  void add_call(Chain& chain, const Token& name);
  const Filter& filter_of(const Token& name) const;
  void add_branches(Chain& chain);
  void append(Chain& chain, PlacedStep step);
  void arguments(Call& call, std::vector<Place>& places);
  Argument argument();
  ArgumentValue value();
  Kernel kernel_of_file();
  void check_inputs(const Chain& chain) const;
  void enter();

  Lexer in_;
  FilterTable filters_;
  std::map<std::string, Chain, std::less<>> definitions_;
  int depth_ = 0;             // of branches and parentheses around the next token
  std::size_t expanded_ = 0;  // steps that definitions have stood for
};

Pipeline Parser::run() {
  while (in_.peek().kind == TokenKind::Word && in_.peek().text == "let") definition();
  const bool empty = in_.peek().kind == TokenKind::End;
  if (empty && !definitions_.empty()) in_.fail_expected("the pipeline, after the definitions");
  Chain steps = chain();
  if (in_.peek().kind != TokenKind::End) in_.fail_expected("'|' or the end");
  check_inputs(steps);
  return pipeline_of(std::move(steps));
}

void Parser::definition() {
  in_.take();
  if (in_.peek().kind != TokenKind::Word) in_.fail_expected("the name of a definition: let name = chain;");
  const Token name = in_.take();
  const Place place{name.offset, name.length};
  const std::string quoted = "'" + std::string(name.text) + "'";
  if (name.text == "let" || name.text == "file") fail(quoted + " cannot be a definition's name", place);
  if (find(filters_, name.text) != nullptr || name.text == "identity")
    fail(quoted + " is a filter; a definition needs another name", place);
  if (definitions_.contains(name.text)) fail(quoted + " is defined already", place);
  in_.expect_mark('=', "'=' and the chain that the name stands for");
  Chain steps = chain();
  in_.expect_mark(';', "'|', or ';' at the end of the definition");
  definitions_.emplace(name.text, std::move(steps));
}

Chain Parser::chain() {
  Chain steps;
  const bool empty = in_.peek().kind == TokenKind::End || in_.at_mark(';') || in_.at_mark('}') || in_.at_mark(')');
  if (empty) return steps;
  add_step(steps);
  while (in_.take_mark('|')) add_step(steps);
  return steps;
}

void Parser::add_step(Chain& chain_so_far) {
  if (in_.at_mark('{')) {
    add_branches(chain_so_far);
  } else if (in_.at_mark('(')) {
    enter();
    in_.take();
    for (PlacedStep& step : chain()) append(chain_so_far, std::move(step));
    in_.expect_mark(')', "'|' or ')'");
    --depth_;
  } else if (in_.peek().kind == TokenKind::Word) {
    add_named(chain_so_far);
  } else {
    in_.fail_expected("a filter, '{' or '('");
  }
}

void Parser::add_named(Chain& chain_so_far) {
  const Token name = in_.take();
  const auto defined = definitions_.find(name.text);
  if (defined == definitions_.end()) return add_call(chain_so_far, name);
  if (in_.at_mark('(')) fail("a definition takes no arguments", {in_.peek().offset, 1});
  const Place place{name.offset, name.length};
  expanded_ += steps_of(defined->second);
  if (expanded_ > most_expanded) fail("the definitions of this pipeline are used for more than 16384 steps", place);
  for (PlacedStep step : defined->second) {
    step.place = place;
    append(chain_so_far, std::move(step));
  }
}

void Parser::add_call(Chain& chain_so_far, const Token& name) {
  Call call{std::string(name.text), {}};
  std::vector<Place> places;
  const Place place{name.offset, name.length};
  try {
    const bool identity = name.text == "identity";
    const Filter* filter = identity ? nullptr : &filter_of(name);
    if (in_.take_mark('(')) arguments(call, places);
    if (identity && !places.empty()) fail("identity takes no arguments", places.front());
    if (!identity) append(chain_so_far, {check_arguments(*filter, call), place});
  } catch (const CallError& error) {
    if (!error.argument) fail(error.message, place);
    fail(error.message, places[*error.argument]);
  }
}

const Filter& Parser::filter_of(const Token& name) const {
  if (const Filter* filter = find(filters_, name.text)) return *filter;
  std::vector<std::string_view> names = {"identity"};
  for (const auto& [definition, steps] : definitions_) names.push_back(definition);
  return find_or_fail(filters_, name.text, names);
}

void Parser::add_branches(Chain& chain_so_far) {
  enter();
  const Place place{in_.take().offset, 1};
  Branches branches;
  PlacedStep result{.step = {}, .place = place};
  do {
    Chain branch = chain();
    check_inputs(branch);
    result.steps += 1 + steps_of(branch);
    result.depth = std::max(result.depth, depth_of(branch));
    if (result.steps > most_steps) fail(too_many_steps, place);
    branches.pipelines.push_back(pipeline_of(std::move(branch)));
  } while (in_.take_mark(';'));
  in_.expect_mark('}', "'|', ';' or '}'");
  --depth_;
  ++result.depth;
  if (result.depth > deepest_nesting) fail("branches stand in branches more than 64 deep", place);
  result.step = std::move(branches);
  append(chain_so_far, std::move(result));
}

void Parser::append(Chain& chain_so_far, PlacedStep step) {
  if (steps_of(chain_so_far) + step.steps > most_steps) fail(too_many_steps, step.place);
  chain_so_far.push_back(std::move(step));
}

void Parser::arguments(Call& call, std::vector<Place>& places) {
  if (in_.take_mark(')')) return;
  do {
    const std::size_t start = in_.peek().offset;
    const bool mark = in_.peek().kind == TokenKind::Mark && !in_.at_mark('[');
    if (mark || in_.peek().kind == TokenKind::End) in_.fail_expected("an argument or ')'");
    call.arguments.push_back(argument());
    places.push_back({start, in_.last_end() - start});
    if (places.size() > 64) fail("these are more than 64 arguments", places.back());
  } while (in_.take_mark(','));
  in_.expect_mark(')', "',' or ')'");
}

Argument Parser::argument() {
  if (in_.peek().kind != TokenKind::Word) return {{}, value()};
  const Token word = in_.take();
  if (in_.take_mark('=')) return {std::string(word.text), value()};
  if (word.text == "file" && in_.at_mark('(')) return {{}, kernel_of_file()};
  return {{}, std::string(word.text)};
}

ArgumentValue Parser::value() {
  if (in_.at_mark('[')) return parse_bracketed(in_);
  const TokenKind kind = in_.peek().kind;
  if (kind == TokenKind::Number) return in_.take().number;
  if (kind == TokenKind::Quoted) return in_.take().content;
  if (kind != TokenKind::Word) in_.fail_expected("a number, a word, \"text\" or a kernel");
  const Token word = in_.take();
  if (word.text == "file" && in_.at_mark('(')) return kernel_of_file();
  return std::string(word.text);
}

Kernel Parser::kernel_of_file() {
  const Token path = in_.take_raw();
  if (path.content.empty()) fail("expected the name of a file with a kernel", {path.offset, 1});
  in_.expect_mark(')', "')'");
  try {
    return read_kernel(path.content.c_str());
  } catch (const PipelineError& error) {
    const std::string_view what = error.what();
    fail(std::string(what.substr(0, what.find('\n'))), {path.offset, path.length});
  }
}

void Parser::check_inputs(const Chain& steps) const {
  std::size_t pictures = 1;
  const Place* last = nullptr;
  const auto count = [](std::size_t n) { return std::to_string(n) + (n == 1 ? " picture" : " pictures"); };
  for (const auto& [step, place, size, depth] : steps) {
    last = &place;
    if (const auto* branches = std::get_if<Branches>(&step)) {
      if (pictures != 1) fail("branches take one picture; join the " + count(pictures) + " before them", place);
      pictures = branches->pipelines.size();
      continue;
    }
    const Filter& filter = *find(filters_, std::get<Call>(step).filter);
    const auto least = static_cast<std::size_t>(filter.least_inputs),
               most = static_cast<std::size_t>(filter.most_inputs);
    if (pictures < least)
      fail(std::string(filter.name) + " joins " + (most > least ? "at least " : "") + count(least) + ", here " +
               (pictures == 1 ? "is 1" : "are " + std::to_string(pictures)) + "; write them as {chain; chain}",
           place);
    if (pictures > most)
      fail(std::string(filter.name) + " takes " + count(most) + ", here are " + std::to_string(pictures) +
               (most == 1 ? "; join them first, by a filter such as sum" : ""),
           place);
    pictures = 1;
  }
  if (pictures != 1) fail("these branches are " + count(pictures) + "; a filter must join them, such as sum", *last);
}

void Parser::enter() {
  if (++depth_ > deepest_nesting) fail("this is nested more than 64 deep", {in_.peek().offset, 1});
}

}  // namespace

Pipeline parse(std::string_view text, FilterTable filters) {
  if (text.size() > longest_text) throw PipelineError("the text of this pipeline has more than 1048576 characters");
  try {
    return Parser(text, filters).run();
  } catch (const TextError& error) {
    throw PipelineError(error.message, text, error.offset, error.length);
  }
}

}  // namespace cogent::image::text
