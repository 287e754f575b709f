# Finds the public classes and functions of a C++ header that no comment explains.
import re

ACCESS = re.compile(r"(public|protected|private)\s*:(?!:)")
# Not a function whose result is written with the word: `struct R f(int a) {`.
NO_FUNCTION = r"(?!.*\)\s*(const|noexcept|->|$))"
CLASS = re.compile(rf"(template\s*<.*>\s*)?(requires\b.*\s)?(enum\s+class|enum|class|struct|union)\b{NO_FUNCTION}", re.S)
# What no user calls by name: constructors and operators, the plumbing of range-for, deduction guides.
UNNAMED_MEMBER = re.compile(r"\boperator\b|\b(begin|end)\s*\(|\bstruct Iterator\b")
DEDUCTION_GUIDE = re.compile(r"\)\s*->\s*\w+<")
NAME = re.compile(r"\b(?:class|struct|union)\s+(\w+)")
UNEXPLAINED = re.compile(r"(using|typedef|friend|static_assert|extern\s+template|namespace|template\s+class)\b")


def undocumented(text):
    """Line number and first line of every public declaration without a comment."""
    return Header(text).complaints


def blanked(text):
    """The text with comments, strings and preprocessor lines replaced by blanks; offsets and lines stay."""
    pattern = r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])\'|^[ \t]*#(?:\\\n|[^\n])*'
    return re.sub(pattern, lambda match: re.sub(r"[^\n]", " ", match.group()), text, flags=re.S | re.M)


class Header:
    """One pass over a header: scopes are entered, the bodies of functions skipped."""

    def __init__(self, text):
        self.lines = text.splitlines()
        self.code = blanked(text)
        self.complaints = []
        self.explained_up_to = -1  # the last line of a run of declarations whose first has a comment
        self.classes = []  # the names of the classes around the current place, the innermost last
        self.read_scope(0, public=True)

    def line_of(self, offset):
        return self.code.count("\n", 0, offset)

    def read_scope(self, at, public):
        """Reads declarations from `at` to the scope's closing brace; answers the offset behind it."""
        while True:
            at += len(self.code[at:]) - len(self.code[at:].lstrip(" \n\t;"))
            if at >= len(self.code) or self.code[at] == "}":
                return at + 1
            access = ACCESS.match(self.code, at)
            if access:
                public = access.group(1) == "public"
                self.carry_over(self.line_of(at))
                at = access.end()
            else:
                at = self.read_declaration(at, public)

    def read_declaration(self, start, public):
        end = self.end_of_head(start)
        head = self.code[start:end].strip()
        opens = end < len(self.code) and self.code[end] == "{"
        if opens and re.match(r"(inline\s+)?namespace\b", head):
            hidden = re.search(r"\bdetail\b", head) is not None
            return self.skip_braces(end) if hidden else self.read_scope(end + 1, True)
        is_class = opens and CLASS.match(head) is not None
        explained = self.check(start, end, head, public and (is_class or "(" in head))
        if is_class and not head.startswith("enum"):
            if explained:
                self.explained_up_to = self.line_of(end)
            self.classes.append((NAME.findall(head) or [""])[-1])
            behind = self.read_scope(end + 1, public and CLASS.match(head).group(3) != "class")
            behind = self.end_of_head(behind)
            self.classes.pop()
        else:
            behind = self.end_of_body(end) if opens else end
        if explained:
            self.explained_up_to = self.line_of(min(behind, len(self.code) - 1))
        return behind

    def check(self, start, end, head, wanted):
        """Whether the declaration is explained; complains when it is wanted and is not."""
        first, last = self.line_of(start), self.line_of(end)
        above = self.lines[first - 1].strip() if first > 0 else ""
        explained = (above.startswith(("//", "*")) or above.endswith("*/") or 0 <= first - 1 <= self.explained_up_to
                     or first <= self.explained_up_to or any("//" in line for line in self.lines[first:last + 1]))
        needs_none = UNEXPLAINED.match(head) or re.search(r"=\s*(default|delete)\s*$", head) or "~" in head
        if wanted and not needs_none and not explained and not self.is_unnamed(head):
            self.complaints.append((first + 1, self.lines[first].strip()))
        return explained

    def is_unnamed(self, head):
        """Whether users do not call this by a name of its own."""
        if not self.classes:
            return DEDUCTION_GUIDE.search(head) is not None
        constructs = re.search(rf"(^|[\s>]){self.classes[-1]}\s*\(", head)
        return len(self.classes) > 1 or constructs is not None or UNNAMED_MEMBER.search(head) is not None

    def carry_over(self, line):
        """An access label does not end a run of declarations."""
        if 0 <= line - 1 <= self.explained_up_to or self.lines[line - 1].strip().startswith("//"):
            self.explained_up_to = line

    def end_of_head(self, at):
        """The offset of the `;` or `{` that ends the declaration's head, outside of parentheses."""
        depth = 0
        while at < len(self.code):
            letter = self.code[at]
            depth += (letter in "([") - (letter in ")]")
            if depth == 0 and letter in ";{":
                return at
            at += 1
        return at

    def end_of_body(self, at):
        """Behind a function's body; a constructor's braced initialisers come before it."""
        while True:
            at = self.skip_braces(at)
            rest = self.code[at:].lstrip()
            if rest[:1] not in (",", "{"):
                return at
            at = self.end_of_head(at)

    def skip_braces(self, at):
        depth = 0
        for match in re.finditer(r"[{}]", self.code[at:]):
            depth += 1 if match.group() == "{" else -1
            if depth == 0:
                return at + match.end()
        return len(self.code)
