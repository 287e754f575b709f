# Runs the program in a folder of its own; the class that its tests derive from.
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PROGRAM = os.environ.get("COGENT_PROGRAM", ROOT / "build/release/cli/cogent")


class ProgramTest(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)
        self.random = random.Random(1)

    def run_it(self, *arguments, status=0, input=None, environment=None):
        """Runs `cogent ARGUMENTS`, which must end with that status (None: any); it writes .stdout and .stderr, as bytes."""
        done = subprocess.run(
            [PROGRAM, *map(str, arguments)],
            cwd=self.folder,
            input=input,
            stdin=subprocess.DEVNULL if input is None else None,
            capture_output=True,
            env={**os.environ, **(environment or {})},
            timeout=60,
        )
        if status is not None:
            self.assertEqual(done.returncode, status, (arguments, done.stdout[-500:], done.stderr.decode(errors="replace")))
        return done

    def write(self, name, data):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    def read(self, name):
        return (self.folder / name).read_bytes()

    def names(self, folder="."):
        return sorted(path.name for path in (self.folder / folder).iterdir())

    def samples(self, count, top=255):
        return [self.random.randint(0, top) for _ in range(count)]

    def error_lines(self, done):
        return done.stderr.decode().splitlines()
