# Reads a program of examples/gallery: its plain functions, its generated ones, and how far their tokens are apart.
"""
The convention: what is plain stands in `namespace natural {...}`, everything after it is the generated part, and what both
use stands before it. A plain function's counterpart is the function, or the lambda in a GeneratedFunction, of the same
name. A function of only one part counts as well: all its tokens were added or taken away. Functions that no
GeneratedFunction is made of are helpers; what they change is added to the next function that is none.
"""
import re

TOKEN = re.compile(
    r"""\s+ | //[^\n]* | /\*.*?\*/ |
    (?P<token> "(?:\\.|[^"\\])*" | '(?:\\.|[^'\\])*' | [A-Za-z_]\w* | \.?\d(?:'?[\w.])* |
     <=> | <<= | >>= | \.\.\. | :: | -> | \+\+ | -- | && | \|\| | [-+*/%&|^=<>!]= | << | >> | .)""", re.X | re.S)
NATURAL = re.compile(r"^namespace natural \{\n(.*?)^\}  // namespace natural\n", re.M | re.S)


def tokens(code):
    """The code's C++ tokens, without comments."""
    return [match["token"] for match in TOKEN.finditer(code) if match["token"]]


def distance(before, after):
    """The fewest tokens that are inserted, deleted or replaced to turn one list into the other."""
    row = list(range(len(after) + 1))
    for i, old in enumerate(before, 1):
        diagonal, row[0] = row[0], i
        for j, new in enumerate(after, 1):
            diagonal, row[j] = row[j], min(diagonal + (old != new), row[j] + 1, row[j - 1] + 1)
    return row[-1]


PAIRS = {"(": ")", "{": "}", "[": "]"}


def closing(code, start):
    """The position of the token that closes the bracket at `start`."""
    depth = 0
    for position in range(start, len(code)):
        depth += (code[position] == code[start]) - (code[position] == PAIRS[code[start]])
        if depth == 0:
            return position
    raise ValueError("a bracket is not closed")


def code_of(text):
    """The tokens of a part of a program, without its includes."""
    return tokens(re.sub(r"^#.*$", "", text, flags=re.M))


def functions(code):
    """Name and body of each function, main excepted; a GeneratedFunction's body is its lambda's."""
    found, position = {}, 0
    while position < len(code):
        name = code[position]
        if code[position - 1] == "GeneratedFunction" and "[" in code[position:position + 5]:
            position = code.index("[", position) + 2
        elif not re.match(r"[A-Za-z_]", name) or code[position + 1:position + 2] != ["("]:
            position += 1
            continue
        else:
            position += 1
        position = closing(code, position) + 1
        if code[position:position + 1] == ["{"]:
            end = closing(code, position)
            found[name] = code[position + 1:end]
            position = end
    found.pop("main", None)
    return found


class Program:
    """One gallery program, read from its file."""

    def __init__(self, path):
        self.name = path.stem
        text = path.read_text()
        natural = NATURAL.search(text)
        if not natural:
            raise ValueError(f"{path} has no namespace natural")
        head = text[:natural.start()]
        self.includes = re.findall(r"^#include <(?!cogent/).*>$", head, re.M)
        self.natural_code = re.sub(r"^#.*\n|^//.*\n", "", head, flags=re.M).strip("\n") + "\n" + natural[1]
        self.natural = functions(code_of(natural[1]))
        generated = code_of(text[natural.end():])
        self.generated = functions(generated)
        self.bodies = {name for i, token in enumerate(generated) if token == "GeneratedFunction"
                       for name in (generated[i + 1], generated[i + 5])}

    def entry_points(self):
        """The plain functions that others can call; a template, as made for int and double."""
        templates = re.findall(r"^template <class T>\n.*?\b(\w+)\(", self.natural_code, re.M)
        for name in self.natural:
            yield from (f"{name}<int>", f"{name}<double>") if name in templates else (name,)

    def changes(self):
        """For each generated function: its name, how many tokens the plain one has, and how many were changed."""
        size = changed = 0
        for name in self.generated | self.natural:
            plain, generated = self.natural.get(name, []), self.generated.get(name, [])
            size, changed = size + len(plain), changed + distance(plain, generated)
            if name in self.bodies:
                yield name, size, changed
                size = changed = 0
