# What the program shows on a terminal alone: the progress bar, colours; and what a manual page must be.
import os
import pty
import re
import shutil
import subprocess
import unittest

import program
from picture_files import pnm
from program import ProgramTest


class OnATerminal(ProgramTest):
    def shown(self, *arguments, status=0, environment=None):
        """What is written to a terminal that is the standard error output."""
        reader, terminal = pty.openpty()
        environment = {**{k: v for k, v in os.environ.items() if k != "NO_COLOR"}, **(environment or {})}
        running = subprocess.Popen([program.PROGRAM, *arguments], cwd=self.folder, stderr=terminal, env=environment)
        os.close(terminal)
        text = b""
        try:
            while part := os.read(reader, 65536):
                text += part
        except OSError:  # the other side is closed
            pass
        os.close(reader)
        self.assertEqual(running.wait(), status, text)
        return text.decode()

    def setUp(self):
        super().setUp()
        for name in ["a.pgm", "b.pgm", "c.pgm"]:
            self.write("in/" + name, pnm(9, 7, 1, self.samples(63)))

    def test_the_progress_bar(self):
        bar = self.shown("filter", "identity", "in", "-o", "out/")
        self.assertRegex(bar, r"\[#+\] 3/3  [0-9.]+/s  0:00 left")
        self.assertTrue(bar.endswith("\r\x1b[K"), bar)  # nothing of it remains
        self.assertEqual(self.shown("filter", "identity", "in", "-o", "out/", "--force", "--quiet"), "")
        self.assertEqual(self.shown("filter", "identity", "in/a.pgm", "-o", "one.pgm"), "")
        self.assertEqual(self.run_it("filter", "identity", "in", "-o", "out/", "--force").stderr, b"")

    def test_colours(self):
        arguments = ["filter", "identity", "missing.pgm", "-o", "x.pgm"]
        self.assertEqual(self.shown(*arguments, status=1), "\x1b[1;31mcogent:\x1b[0m missing.pgm: No such file or directory\r\n")
        for value, has_colour in [("1", False), ("", True)]:
            text = self.shown(*arguments, status=1, environment={"NO_COLOR": value})
            self.assertEqual("\x1b[" in text, has_colour, text)


class Manual(ProgramTest):
    def test_it_is_well_formed(self):
        groff = shutil.which("groff") or self.skipTest("groff is not installed")
        page = program.ROOT / "cli/man/cogent.1"
        done = subprocess.run([groff, "-ww", "-man", "-Tutf8", page], capture_output=True, text=True, timeout=60)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn("EXIT STATUS", re.sub(".\b", "", done.stdout))  # without what makes it bold


if __name__ == "__main__":
    unittest.main()
