#!/usr/bin/env python3
# Checks that docs/features.md has a row for each of the fifty features, and that every test it names is there.
import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
FEATURES = 50


def rows():
    """Number, name and last column of each row of the table."""
    for line in (ROOT / "docs" / "features.md").read_text().splitlines():
        match = re.match(r"\| (\d+) \| ([^|]+) \| (.+) \|$", line)
        if match:
            yield int(match.group(1)), match.group(2).strip(), match.group(3)


def named_tests(column):
    """The tests `Suite.Name` of a row, each with the file that is named after it."""
    return re.findall(r"`(\w+)\.(\w+)` in `([^`]+)`", column)


class FeaturesTest(unittest.TestCase):
    def test_every_feature_has_its_row(self):
        self.assertEqual([number for number, _, _ in rows()], list(range(1, FEATURES + 1)))

    def test_every_row_names_a_test_that_is_there(self):
        for number, feature, column in rows():
            tests = named_tests(column)
            self.assertTrue(tests, f"row {number} ({feature}) names no test")
            for suite, name, file in tests:
                text = (ROOT / file).read_text()
                self.assertRegex(text, rf"TEST(_F|_P)?\(\s*{suite},\s*{name}\)", f"row {number} ({feature})")


if __name__ == "__main__":
    unittest.main()
