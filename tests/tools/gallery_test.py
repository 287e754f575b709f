#!/usr/bin/env python3
# Tests how the gallery's tokens are counted, and that the gallery keeps to its limits.
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "scripts" / "lib"))
import gallery

PROGRAM = """// A program.
#include <cogent/cogent.h>

#include <span>

namespace natural {

template <class T>
T twice(T x) {
  return x + x;
}

void fill(std::span<int> y, int n) {
  for (int i = 0; i < n; ++i) y[i] = twice(i);  // all of them
}

}  // namespace natural

using namespace cogent;

template <class V>
auto twice(V x) {
  return x + x;
}

GeneratedFunction fill("fill", [](GeneratedCodeBlock& code, Out<int> y, int n) {
  for (auto i : code.range(n)) y[i] = twice(i);
});

int main() {}
"""


class Gallery(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = pathlib.Path(folder.name) / "program.cpp"
        self.path.write_text(PROGRAM)

    def test_splits_code_into_tokens(self):
        self.assertEqual(gallery.tokens('a<<=b->c; // no\n"x y" \'\\\'\' 1.5e3 x1::y /* no */ ++z!=0'),
                         ["a", "<<=", "b", "->", "c", ";", '"x y"', "'\\''", "1.5e3", "x1", "::", "y", "++", "z", "!=", "0"])

    def test_counts_the_fewest_changes(self):
        self.assertEqual(gallery.distance(list("kitten"), list("sitting")), 3)
        self.assertEqual(gallery.distance([], list("abc")), 3)
        self.assertEqual(gallery.distance(list("abc"), list("abc")), 0)

    def test_compares_functions_of_the_same_name(self):
        self.assertEqual(list(gallery.Program(self.path).changes()), [("fill", 29, 9)])

    def test_counts_helpers_that_the_plain_part_does_not_have(self):
        self.path.write_text(PROGRAM.replace("twice(V x)", "double_of(V x)"))
        self.assertEqual(list(gallery.Program(self.path).changes()), [("fill", 24, 14)])

    def test_knows_the_plain_half(self):
        program = gallery.Program(self.path)
        self.assertEqual(program.includes, ["#include <span>"])
        self.assertEqual(list(program.entry_points()), ["twice<int>", "twice<double>", "fill"])

    def test_the_gallery_keeps_to_its_limits(self):
        answer = subprocess.run([ROOT / "scripts" / "count-changes"], capture_output=True, text=True)
        self.assertEqual(answer.returncode, 0, answer.stdout + answer.stderr)

    def test_complains_when_too_much_is_changed(self):
        self.path.write_text(PROGRAM.replace("y[i] = twice(i);\n", "y[i] = twice(i) + 0 + 0 + 0 + 0 + 0 + 0 + 0 + 0;\n"))
        answer = subprocess.run([ROOT / "scripts" / "count-changes", self.path], capture_output=True, text=True)
        self.assertEqual(answer.returncode, 1, answer.stdout + answer.stderr)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[1:]])
