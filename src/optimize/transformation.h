// The copy that the transforming passes share: it hands each loop, branch and division that it reaches to the passes
// that want it.
#pragma once
#include <string>
#include <vector>

#include "analysis/linear_forms.h"
#include "analysis/ranges.h"
#include "ir/rewriter.h"
#include "optimize/fuel.h"
#include "optimize/scan.h"

namespace cogent::optimize {

/// What was done, or why not, for `explain`.
struct Note {
  ir::Line line;
  std::string text;  // {} stands for the name of the array
  Id array = ir::none;
};

/// Adds a note, unless it has been made before (of another copy of the same statement).
void add_note(std::vector<Note>& notes, const Note& note);

class HoistableChecks;
class Transformation;

/// Where a pass joins the copy. A hook for statements returns whether it has dealt with the statement, and whether the
/// end of the statement can be reached; a hook for divisions returns the quotient or remainder, or none. The copy reads
/// no element twice in a straight piece if one pass wants it so.
using Hook = bool (*)(Transformation&, Id statement, bool& falls_through);
struct Hooks {
  Hook on_for = nullptr;
  Hook on_if = nullptr;
  Id (*on_division)(Transformation&, ir::Op, Id a, Id b) = nullptr;
  Hook on_go = nullptr;
  bool reuses_loads = false;
  const char* pass = nullptr;  // the name of the pass
};

/// One copy of a program under the hooks of several passes. Kept and reused per thread.
class Transformation : public ir::Rewriter {
 public:
  /// `scan` is of `source`. `notes` may be null.
  void run(const Scan& scan, ir::Program& result, const std::vector<Hooks>& hooks, std::vector<Note>* notes);

  /// What the hooks live on, from one copy to the next.
  Fuel& fuel() { return fuel_; }

  /// Only ranges() and forms(), of a program that exists already.
  void observe(const ir::Program& program);

  /// From now on with what is known of a program only when it is complete.
  void learn_contents();

  const Scan& scan() const { return *scan_; }

  /// The checks that a copy is to hoist (optimize/hoist_checks.h); null: none.
  const HoistableChecks* hoistable_checks() const { return hoistable_checks_; }
  void hoist(const HoistableChecks* checks) { hoistable_checks_ = checks; }

  /// The ranges of the copy's nodes made so far, and their linear forms.
  const analysis::Ranges& ranges();
  analysis::LinearForms& forms();

  bool wants_notes() const { return notes_ != nullptr; }
  void note(ir::Line line, const std::string& text) { add_note(*notes_, {line, text}); }

 protected:
  bool rewrite_for(Id statement, bool& falls_through) override;
  bool rewrite_if(Id statement, bool& falls_through) override;
  bool rewrite_go(Id statement, bool& falls_through) override;
  Id rewrite_division(ir::Op op, Id a, Id b) override;

 private:
  bool offer(Hook Hooks::* kind, Id statement, bool& falls_through);

  const Scan* scan_ = nullptr;
  const HoistableChecks* hoistable_checks_ = nullptr;
  const std::vector<Hooks>* hooks_ = nullptr;
  std::vector<Note>* notes_ = nullptr;
  Fuel fuel_;
  analysis::Ranges ranges_;
  analysis::LinearForms forms_;
};

}  // namespace cogent::optimize
