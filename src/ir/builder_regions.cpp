// Opening, closing and rearranging regions, and what is known of the variables across them.
#include "ir/builder.h"

namespace cogent::ir {

// ---- what is known of variables
// A variable's value is known while its epoch is the current one. Entering a loop begins a new epoch, because an
// iteration may change anything; leaving a region returns to the epoch before it and forgets only what changed inside.

void Builder::know(Id variable, Id value) {
  changes_.push_back({variable, knowledge_[variable].known, knowledge_[variable].epoch});
  knowledge_[variable] = {value, epoch_};
}

Id Builder::known(Id variable) const {
  return forwards_ && knowledge_[variable].epoch == epoch_ ? knowledge_[variable].known : none;
}

void Builder::forget_changes(std::uint32_t from) {
  for (std::size_t i = from; i < changes_.size(); ++i) knowledge_[changes_[i].variable].known = none;
}

void Builder::rewind_changes(std::uint32_t from) {
  for (std::size_t i = changes_.size(); i-- > from;)
    knowledge_[changes_[i].variable] = {changes_[i].known, changes_[i].epoch};
}

// ---- the list of statements

void Builder::attach(Id first) {
  Program& p = *program_;
  Region& region = p.regions[here_];
  (region.first == none ? region.first : p.statements[region.last].next) = first;
  for (Id id = first; id != none; id = p.statements[id].next) region.last = id;
}

Id Builder::detach_since(const Moment& moment) {
  Program& p = *program_;
  Region& region = p.regions[here_];
  Id& link = moment.last == none ? region.first : p.statements[moment.last].next;
  const Id first = link;
  link = none;
  region.last = moment.last;
  begin_piece();  // what follows may not be preceded by them any more
  return first;
}

bool Builder::anything_since(const Moment& moment) const {
  return moment.region == here_ && program_->regions[here_].last != moment.last;
}

bool Builder::only_computes_since(const Moment& moment) const {
  const Program& p = *program_;
  Id id = moment.last == none ? p.regions[here_].first : p.statements[moment.last].next;
  bool skips = false;  // an && or || has declared its result and goes on with an If
  for (; id != none; id = p.statements[id].next) {
    const Statement& statement = p.statements[id];
    const bool declares = statement.what == Do::Set && statement.a >= moment.variables;
    const bool computes = statement.what == Do::Let || statement.what == Do::Check;
    if (!computes && !declares && !(statement.what == Do::If && skips)) return false;
    skips = declares;
  }
  return true;
}

void Builder::adopt(Id region, Id first) {
  Program& p = *program_;
  for (Id id = first; id != none; id = p.statements[id].next)
    for_each_region(p, p.statements[id], [&](Id child) {
      p.regions[child].parent = region;
      set_depth(child);
    });
}

void Builder::set_depth(Id region) {
  Program& p = *program_;
  p.regions[region].depth = static_cast<std::uint16_t>(p.regions[p.regions[region].parent].depth + 1);
  adopt(region, p.regions[region].first);
}

// ---- opening and closing

void Builder::open(Id owner, Id parent, bool is_other) {
  Program& p = *program_;
  const Id region = static_cast<Id>(p.regions.size());
  Statement& statement = p.statements[owner];
  const bool is_loop = repeats_regions(statement.what);
  if (p.regions[parent].depth == UINT16_MAX) throw ProgramTooLong("the blocks are nested too deeply");
  p.regions.push_back({.parent = parent,
                       .owner = owner,
                       .depth = static_cast<std::uint16_t>(p.regions[parent].depth + 1),
                       .is_loop = is_loop});
  scopes_.push_back({region, here_, none, epoch_, static_cast<std::uint32_t>(changes_.size())});
  (is_other ? statement.other : statement.body) = region;  // only now: the above may throw
  here_ = region;
  begin_piece();
}

Id Builder::append_loop(Do what, Id first, Id last, Id step) {
  const Id region = static_cast<Id>(program_->regions.size());
  const Id index = what == Do::For ? fresh(Op::Index, program_->nodes[first].type, region, 0, 0) : none;
  const Id owner = append({.what = what, .line = line_, .a = index, .b = first, .c = last, .d = step});
  open(owner, here_, false);
  return index;
}

Id Builder::open_for(Id first, Id last, Id step) {
  const Id index = append_loop(Do::For, first, last, step);
  epoch_ = ++last_epoch_;
  return index;
}

Id Builder::open_loop() {
  append_loop(Do::Loop, none, none, none);
  epoch_ = ++last_epoch_;
  return here_;
}

Id Builder::open_for(Id first, Id last, Id step, std::span<const Id> written) {
  const Id index = append_loop(Do::For, first, last, step);
  for (const Id variable : written) know(variable, none);
  return index;
}

Id Builder::open_loop(std::span<const Id> written) {
  append_loop(Do::Loop, none, none, none);
  for (const Id variable : written) know(variable, none);
  return here_;
}

Id Builder::open_block() {
  const Id previous = program_->regions[here_].last;
  open(append({.what = Do::Block, .line = line_}), here_, false);
  scopes_.back().previous = previous;
  return here_;
}

Id Builder::open_if(Id condition) {
  const Id owner = append({.what = Do::If, .line = line_, .a = condition});
  const std::size_t loads = load_count_;
  open(owner, here_, false);
  load_count_ = loads;  // what has been read before the branch is known in it
  return owner;
}

void Builder::open_other() {
  const Branch branch = last_branch_;
  const Id moved = detach_since(branch.closed);
  rewind_changes(branch.changes);
  const Id owner = branch.statement;
  open(owner, program_->regions[program_->statements[owner].body].parent, true);
  epoch_ = scopes_.back().epoch = branch.epoch;
  scopes_.back().changes = branch.changes;
  adopt(here_, moved);
  attach(moved);
}

void Builder::close() {
  if (first_close_ == 0) first_close_ = operations();
  const Scope scope = scopes_.back();
  scopes_.pop_back();
  const Statement& owner = program_->statements[program_->regions[scope.region].owner];
  here_ = scope.return_to;
  epoch_ = scope.epoch;
  begin_piece();
  if (owner.what == Do::Block && !scope.left && forwards_) return splice_block(scope);
  forget_changes(scope.changes);
  last_branch_ = {};
  if (owner.what == Do::If && owner.other == none)
    last_branch_ = {program_->regions[scope.region].owner, now(), scope.epoch, scope.changes};
}

void Builder::close_chained_if() {
  close();
  const Id inner = last_branch_.statement;
  const Scope outer = scopes_.back();
  close();
  last_branch_ = {inner, now(), outer.epoch, outer.changes};
}

// A Block that nothing leaves is no more than its statements.
void Builder::splice_block(const Scope& scope) {
  Program& p = *program_;
  Region& region = p.regions[here_];
  (scope.previous == none ? region.first : p.statements[scope.previous].next) = none;
  region.last = scope.previous;
  const Id first = p.regions[scope.region].first;
  p.regions[scope.region] = {};
  adopt(here_, first);
  attach(first);
  last_branch_ = {};
}

Id Builder::skip_unless(const Moment& moment, Id condition, Id otherwise, Id value) {
  if (!anything_since(moment)) return select(condition, value, otherwise);
  const Branch branch = last_branch_;  // may be continued by an otherwise_when whose condition this is part of
  const Id moved = detach_since(moment);
  const Id result = declare(Type::Bool, otherwise);
  open_if(condition);
  scopes_.back().changes = moment.changes;
  adopt(here_, moved);
  attach(moved);
  set(result, value);
  close();
  last_branch_ = branch;
  return get(result);
}

}  // namespace cogent::ir
