// Reads the text of a program line by line: the header, the statements with their regions, the places.
#include "ir/parse.h"

#include <algorithm>
#include <mutex>
#include <set>
#include <unordered_map>

#include "ir/parse_arrays.h"
#include "ir/parse_calls.h"
#include "ir/parse_states.h"
#include "ir/parse_values.h"

namespace cogent::ir {
namespace {

/// Places keep pointers to the names of files, as those of a recording point to literals: these are kept for ever.
const char* keep(const std::string& file) {
  static std::mutex mutex;
  static std::set<std::string> files;
  const std::lock_guard lock(mutex);
  return files.insert(file).first->c_str();
}

class Parser {
 public:
  explicit Parser(std::string_view text) : in_(text), arrays_(program_, in_), values_(program_, in_) {}
  Program run();

 private:
  struct Open {
    Id region, owner;
    std::uint64_t label;
  };

  void header();
  void parameter();
  void array(Access access);
  void other_array();
  void check();
  void place();
  void add_missing_places();

  void body();
  void line();
  void label();
  void access_flag(const char* word, StatementFlag flag);
  void statement();
  void let();
  Id let_value();
  void name();
  void set(std::uint64_t number);
  void store();
  void returns();
  void require();
  void for_loop();
  void plain_region(Do what);
  void branch();
  void close();
  void leave(Do what);
  void cases();
  void case_region(Id owner);
  void states();
  void state_region(Id owner);
  void go();
  const Open& enclosing(const Token& target) const;

  Id variable_at(const Token& token) const;
  Id quoted_text();
  Id append(Statement statement);
  void open(Id owner, bool is_other, Id choice = none);

  Program program_;
  TokenStream in_;
  ArrayParser arrays_;
  ValueParser values_;
  std::vector<Open> open_;
  StateTargets targets_;
  std::unordered_map<std::uint64_t, Id> variables_;
  std::uint64_t label_ = 0;  // of the loop or block that the line begins; 0: none
  bool has_access_ = false;  // the line has an access
  Id made_array_ = none;
  Line last_line_ = 0;
};

Program Parser::run() {
  program_.clear();
  in_.skip_empty_lines();
  header();
  body();
  for (in_.skip_empty_lines(); in_.peek().kind != Token::Kind::End; in_.skip_empty_lines()) place();
  add_missing_places();
  targets_.resolve(program_);
  return std::move(program_);
}

// ---- signature and places

void Parser::header() {
  in_.expect_word("program");
  program_.name = in_.expect(Token::Kind::String, "the program's name in quotes").text;
  in_.expect_symbol("(");
  while (!in_.accept_symbol(")")) {
    if (program_.signature_length > 0) in_.expect_symbol(",");
    parameter();
    ++program_.signature_length;
  }
  in_.expect_symbol("->");
  const auto type = type_named(in_.peek().text);
  if (!type) in_.fail("the type of the result");
  in_.take();
  program_.result = *type;
  in_.expect_symbol("{");
  in_.expect_end_of_line();
}

void Parser::parameter() {
  if (in_.accept_word("static")) return;
  if (in_.accept_word("in")) return array(Access::In);
  if (in_.accept_word("out")) return array(Access::Out);
  if (in_.accept_word("inout")) return array(Access::InOut);
  const auto type = type_named(in_.peek().text);
  if (!type || *type == Type::Void) in_.fail("a parameter");
  in_.take();
  in_.expect_word("p" + std::to_string(program_.parameters.size()));
  program_.parameters.push_back({false, *type, program_.signature_length, program_.slot_count()});
}

void Parser::array(Access access) {
  const std::uint16_t slot = program_.slot_count();
  const Id id = arrays_.argument(access);
  program_.arrays[id].parameter = static_cast<Id>(program_.parameters.size());
  program_.parameters.push_back({true, program_.arrays[id].type, program_.signature_length, slot, id});
}

void Parser::place() {
  in_.expect_word("place");
  const Token number = in_.expect(Token::Kind::Number, "the place's number");
  if (number.number != program_.places.size() + 1) TokenStream::fail_at(number, "places are numbered from 1 on");
  const char* file = keep(in_.expect(Token::Kind::String, "a file's name in quotes").text);
  const auto line = static_cast<std::uint32_t>(in_.expect(Token::Kind::Number, "a line").number);
  const auto column = static_cast<std::uint32_t>(in_.expect(Token::Kind::Number, "a column").number);
  in_.expect_end_of_line();
  program_.places.push_back({file, line, column});
}

void Parser::add_missing_places() {
  while (program_.places.size() < last_line_)
    program_.places.push_back({"", static_cast<std::uint32_t>(program_.places.size() + 1), 0});
}

// ---- lines

void Parser::body() {
  open_.push_back({0, none, 0});
  while (!open_.empty()) {
    in_.skip_empty_lines();
    line();
  }
  arrays_.expect_all_declared();
}

void Parser::other_array() { made_array_ = arrays_.other_array(); }

/// One line. What it makes carries the line number that stands at its end.
void Parser::line() {
  const std::size_t nodes_before = program_.nodes.size(), statements_before = program_.statements.size();
  has_access_ = false;
  made_array_ = none;
  label();
  statement();
  access_flag("proven", proven_in_bounds);
  access_flag("unchecked", unchecked);
  if (in_.accept_symbol("@")) {
    const Token number = in_.expect(Token::Kind::Number, "a line number");
    if (number.number > UINT16_MAX) TokenStream::fail_at(number, "the line number is too large");
    const Line line = static_cast<Line>(number.number);
    last_line_ = std::max(last_line_, line);
    for (std::size_t i = nodes_before; i < program_.nodes.size(); ++i) program_.nodes[i].line = line;
    if (made_array_ != none) program_.arrays[made_array_].line = line;
    for (std::size_t i = statements_before; i < program_.statements.size(); ++i) program_.statements[i].line = line;
  }
  in_.expect_end_of_line();
}

void Parser::access_flag(const char* word, StatementFlag flag) {
  if (!in_.peek().is_word(word)) return;
  if (!has_access_) in_.fail("the end of the line");
  in_.take();
  program_.statements.back().flags |= flag;
}

void Parser::label() {
  label_ = 0;
  const auto number = numbered(in_.peek(), "L");
  if (!number) return;
  label_ = *number;
  in_.take();
  in_.expect_symbol(":");
  for (const char* head : {"for", "loop", "block", "cases", "states"})
    if (in_.peek().is_word(head)) return;
  in_.fail("'for', 'loop', 'block', 'cases' or 'states' after a label");
}

void Parser::statement() {
  const Token first = in_.peek();
  if (first.kind == Token::Kind::Name) return name();
  if (const auto number = numbered(first, "v")) return set(*number);
  if (numbered(first, "a")) return store();
  if (in_.accept_symbol("}")) return close();
  if (in_.accept_word("let")) return let();
  if (in_.accept_word("check")) return check();
  if (in_.accept_word("array")) return other_array();
  if (in_.accept_word("for")) return for_loop();
  if (in_.accept_word("loop")) return plain_region(Do::Loop);
  if (in_.accept_word("block")) return plain_region(Do::Block);
  if (in_.accept_word("if")) return branch();
  if (in_.accept_word("break")) return leave(Do::Break);
  if (in_.accept_word("continue")) return leave(Do::Continue);
  if (in_.accept_word("cases")) return cases();
  if (in_.accept_word("states")) return states();
  if (in_.accept_word("go")) return go();
  if (in_.accept_word("return")) return returns();
  if (in_.accept_word("require")) return require();
  if (in_.accept_word("comment")) {
    append({.what = Do::Comment, .b = quoted_text()});
    return;
  }
  if (const auto call = parse_call(program_, in_, values_)) {
    if (call->a != none) TokenStream::fail_at(first, "expected `let`, because the call has a result");
    append(*call);
    return;
  }
  in_.fail("a statement");
}

void Parser::check() {
  const Token target = in_.take();
  const Id array = values_.array_at(target);
  in_.expect_word("dimension");
  const auto dimension = static_cast<Id>(arrays_.number("a dimension"));
  in_.expect_symbol(":");
  const Id index = values_.value(Type::I64);
  in_.expect_word("within");
  append({.what = Do::Check, .a = array, .b = index, .c = values_.value(Type::I64), .d = dimension});
  has_access_ = true;
}

void Parser::let() {
  const Token name = in_.expect(Token::Kind::Name, "a name such as %1");
  in_.expect_symbol("=");
  if (const auto call = parse_call(program_, in_, values_)) {
    if (call->a == none) TokenStream::fail_at(name, "the call has no result");
    append(*call);
    return values_.define(name, call->a);
  }
  const Id made = let_value();
  append({.what = Do::Let, .a = made});
  values_.define(name, made);
}

Id Parser::let_value() {
  const Token first = in_.peek();
  if (numbered(first, "v")) {
    const Id variable = variable_at(in_.take());
    ++program_.variables[variable].reads;
    return values_.make_pinned(Op::Get, program_.variables[variable].type, variable, 0);
  }
  if (!numbered(first, "a")) return values_.pinned_division();
  const Id array = values_.array_at(in_.take());
  in_.expect_symbol("[");
  const Id index = values_.value(Type::I64);
  in_.expect_symbol("]");
  has_access_ = true;
  return values_.make_pinned(Op::Load, program_.arrays[array].type, array, index);
}

void Parser::name() {
  const Token name = in_.take();
  in_.expect_symbol("=");
  values_.define(name, values_.value_of_any_type());
}

Id Parser::variable_at(const Token& token) const {
  const auto found = variables_.find(*numbered(token, "v"));
  if (found == variables_.end()) TokenStream::fail_at(token, describe(token) + " is not declared before its use");
  return found->second;
}

void Parser::set(std::uint64_t number) {
  const Token target = in_.take();
  in_.expect_symbol("=");
  if (!in_.accept_word("var")) {
    const Id variable = variable_at(target);
    append({.what = Do::Set, .a = variable, .b = values_.value(program_.variables[variable].type)});
    return;
  }
  const Id first = values_.value_of_any_type();
  const Id variable = static_cast<Id>(program_.variables.size());
  if (!variables_.emplace(number, variable).second)
    TokenStream::fail_at(target, describe(target) + " is declared twice");
  program_.variables.push_back({values_.type_of(first), 0});
  append({.what = Do::Set, .a = variable, .b = first});
}

void Parser::store() {
  const Token target = in_.take();
  const Id array = values_.array_at(target);
  if (!program_.arrays[array].is_writable()) TokenStream::fail_at(target, describe(target) + " is only read");
  in_.expect_symbol("[");
  const Id index = values_.value(Type::I64);
  in_.expect_symbol("]");
  in_.expect_symbol("=");
  append({.what = Do::Store, .a = array, .b = index, .c = values_.value(program_.arrays[array].type)});
  has_access_ = true;
}

void Parser::returns() {
  const bool has_value = program_.result != Type::Void;
  append({.what = Do::Return, .a = has_value ? values_.value(program_.result) : none});
}

void Parser::require() {
  const Id condition = values_.value(Type::Bool);
  in_.expect_symbol(",");
  append({.what = Do::Require, .a = condition, .b = quoted_text()});
}

Id Parser::quoted_text() {
  program_.texts.push_back(in_.expect(Token::Kind::String, "a text in quotes").text);
  return static_cast<Id>(program_.texts.size() - 1);
}

// ---- regions

void Parser::for_loop() {
  const Token name = in_.expect(Token::Kind::Name, "a name such as %1");
  in_.expect_symbol("=");
  const Token at = in_.peek();
  const Id first = values_.value_of_any_type();
  const Type type = values_.type_of(first);
  if (!is_integer(type)) TokenStream::fail_at(at, "expected an integer");
  in_.expect_word("to");
  const Id last = values_.value(type);
  in_.expect_word("step");
  const Id step = values_.value(type);
  const std::uint8_t flags = in_.accept_word("parallel") ? parallel : 0;
  in_.expect_symbol("{");
  const Id index = values_.make_index(type, static_cast<Id>(program_.regions.size()));
  open(append({.what = Do::For, .flags = flags, .a = index, .b = first, .c = last, .d = step}), false);
  values_.define(name, index);
}

void Parser::plain_region(Do what) {
  in_.expect_symbol("{");
  open(append({.what = what}), false);
}

void Parser::branch() {
  const Id condition = values_.value(Type::Bool);
  in_.expect_symbol("{");
  open(append({.what = Do::If, .a = condition}), false);
}

void Parser::close() {
  const Open closed = open_.back();
  open_.pop_back();
  label_ = closed.label;
  const Do what = closed.owner == none ? Do::Block : program_.statements[closed.owner].what;
  const bool is_other = closed.owner != none && program_.statements[closed.owner].other == closed.region;
  if (what == Do::Cases && !is_other && in_.peek().is_word("at")) return case_region(closed.owner);
  if (what == Do::States && in_.peek().kind == Token::Kind::Number) return state_region(closed.owner);
  if (!in_.peek().is_word("else")) return;
  if (is_other || (what != Do::If && what != Do::Cases))
    in_.fail("the end of the line: this is not the body of an `if` or a `cases`");
  in_.take();
  in_.expect_symbol("{");
  open(closed.owner, true);
}

const Parser::Open& Parser::enclosing(const Token& target) const {
  const auto number = numbered(target, "L");
  for (const Open& region : open_)
    if (number && *number != 0 && region.label == *number) return region;
  TokenStream::fail_at(target, "expected the label of an enclosing region, found " + describe(target));
}

void Parser::leave(Do what) {
  append({.what = what, .a = enclosing(in_.expect(Token::Kind::Word, "a label such as L1")).region});
}

// ---- cases and states

void Parser::cases() {
  const Token at = in_.peek();
  const Id selector = values_.value_of_any_type();
  const Type type = values_.type_of(selector);
  if (!is_integer(type) && type != Type::Bool) TokenStream::fail_at(at, "expected an integer");
  const std::uint8_t flags = in_.accept_word("proven") ? proven_in_bounds : 0;
  case_region(append({.what = Do::Cases, .flags = flags, .a = selector}));
}

void Parser::case_region(Id owner) {
  in_.expect_word("at");
  const Token at = in_.peek();
  const Id constant = values_.value(values_.type_of(program_.statements[owner].a));
  if (!program_.is_constant(constant)) TokenStream::fail_at(at, "expected a constant");
  in_.expect_symbol("{");
  open(owner, false, constant);
}

void Parser::states() { state_region(append({.what = Do::States})); }

void Parser::state_region(Id owner) {
  const Token number = in_.expect(Token::Kind::Number, "a state's number");
  in_.expect_symbol("{");
  open(owner, false, static_cast<Id>(number.number));
  if (!targets_.define(owner, number.number, open_.back().region))
    TokenStream::fail_at(number, "a second state " + describe(number));
}

void Parser::go() {
  const Id owner = enclosing(in_.expect(Token::Kind::Word, "a label such as L1")).owner;
  if (!in_.accept_word("by")) {
    const Token state = in_.expect(Token::Kind::Number, "a state's number");
    return targets_.want_statement(owner, state, append({.what = Do::Go}));
  }
  const Id selector = values_.value(Type::U8);
  append({.what = Do::Go, .b = selector, .c = static_cast<Id>(program_.operands.size())});
  in_.expect_symbol(":");
  for (std::uint64_t value = 0; value < byte_values;) {
    if (value > 0) in_.expect_symbol(",");
    const Token state = in_.expect(Token::Kind::Number, "a state's number");
    in_.expect_word("to");
    const Token last = in_.expect(Token::Kind::Number, "a byte");
    if (last.number < value || last.number >= byte_values) TokenStream::fail_at(last, "the bytes do not grow to 255");
    for (; value <= last.number; ++value) {
      targets_.want_operand(owner, state, static_cast<Id>(program_.operands.size()));
      program_.operands.push_back(none);
    }
  }
}

Id Parser::append(Statement statement) {
  const Id id = static_cast<Id>(program_.statements.size());
  Region& region = program_.regions[open_.back().region];
  (region.first == none ? region.first : program_.statements[region.last].next) = id;
  region.last = id;
  program_.statements.push_back(statement);
  return id;
}

void Parser::open(Id owner, bool is_other, Id choice) {
  const Id id = static_cast<Id>(program_.regions.size());
  Statement& statement = program_.statements[owner];
  Id* link = is_other ? &statement.other : &statement.body;
  while (*link != none) link = &program_.regions[*link].sibling;
  *link = id;
  const Id parent = open_.back().region;
  const std::uint16_t depth = program_.regions[parent].depth;
  if (depth == UINT16_MAX) in_.fail("fewer nested regions");
  program_.regions.push_back({.parent = parent,
                              .owner = owner,
                              .choice = choice,
                              .depth = static_cast<std::uint16_t>(depth + 1),
                              .is_loop = repeats_regions(statement.what)});
  open_.push_back({id, owner, label_});
}

}  // namespace

Program parse(std::string_view text) { return Parser(text).run(); }

}  // namespace cogent::ir
