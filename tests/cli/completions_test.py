# The completions of bash, zsh and fish, each in its shell, where that is installed.
import os
import pty
import select
import shutil
import subprocess
import time
import unittest

import program
from program import ProgramTest

COMPLETIONS = program.ROOT / "cli/completions"
# What is typed, and words that come after it; the shells complete the last word.
WORDS = {
    "cogent expl": {"explain"},
    "cogent filter gray --qu": {"--quality", "--quiet"},
    "cogent kernels sobel": {"sobel_x", "sobel_y"},
    "cogent explain gray --format rgba": {"rgba8", "rgba16"},
    "cogent filter thresh": {"threshold"},
    "cogent bench thresh": {"threshold"},
    "cogent filters adaptive": {"adaptive_threshold"},
    "cogent explain gray --ass": {"--assembly"},
}


class Terminal:
    """A shell on a terminal of its own."""

    def __init__(self, command, environment, folder):
        self.pid, self.descriptor = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            os.execvpe(command[0], command, environment)
        self.shown = ""

    def type(self, text):
        os.write(self.descriptor, text.encode())

    def wait_for(self, end, seconds=30):
        """What has been shown, up to and with `end`."""
        limit = time.monotonic() + seconds
        while end not in self.shown:
            if time.monotonic() > limit or not select.select([self.descriptor], [], [], seconds)[0]:
                raise TimeoutError(f"{end!r} is not in {self.shown!r}")
            self.shown += os.read(self.descriptor, 65536).decode(errors="replace")
        at = self.shown.index(end) + len(end)
        shown, self.shown = self.shown[:at], self.shown[at:]
        return shown

    def close(self):
        os.close(self.descriptor)
        os.waitpid(self.pid, 0)


class Completions(ProgramTest):
    def setUp(self):
        super().setUp()
        path = f"{os.path.dirname(program.PROGRAM)}:{os.environ['PATH']}"
        self.environment = {**os.environ, "PATH": path, "HOME": str(self.folder), "TERM": "dumb", "LC_ALL": "C"}

    def shell(self, name):
        return shutil.which(name) or self.skipTest(f"{name} is not installed")

    def run_shell(self, *command):
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=self.folder, env=self.environment)
        self.assertEqual(done.stderr, "")
        return done.stdout

    def test_bash(self):
        for line, words in WORDS.items():
            script = (
                f'source "{COMPLETIONS}/cogent.bash"; compopt() {{ :; }}; COMP_WORDS=({line}); '
                'COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _cogent; printf "%s\\n" "${COMPREPLY[@]}"'
            )
            self.assertEqual(set(self.run_shell("bash", "-c", script).split()), words, line)

    def test_fish(self):
        fish = self.shell("fish")
        for line, words in WORDS.items():
            shown = self.run_shell(fish, "--no-config", "-c", f"source {COMPLETIONS}/cogent.fish; complete -C '{line}'")
            self.assertEqual({found.split("\t")[0] for found in shown.splitlines()}, words, line)

    def test_zsh(self):
        """Its completions run in its line editor alone: a tab inserts all of them, another key shows the line."""
        terminal = Terminal([self.shell("zsh"), "-f", "-i"], self.environment, self.folder)
        self.addCleanup(terminal.close)
        set_up = [
            f"PS1=; fpath=({COMPLETIONS} $fpath); autoload -Uz compinit; compinit -u -D",
            "insert_all() { _main_complete; compstate[insert]=all; compstate[list]= }",
            "zle -C insert-all complete-word insert_all; bindkey '^I' insert-all",
            'show_line() { print; print -r -- "<$BUFFER>"; BUFFER= }; zle -N show-line show_line; bindkey "^X" show-line',
            "print ready",
        ]
        terminal.type("; ".join(set_up) + "\n")
        terminal.wait_for("\nready")
        for line, words in WORDS.items():
            terminal.type(line + "\t\x18")
            terminal.wait_for("\n<")
            completed = terminal.wait_for(">")[:-1]
            start = line.rpartition(" ")[0].split()
            self.assertEqual((completed.split()[: len(start)], set(completed.split()[len(start) :])), (start, words), line)


if __name__ == "__main__":
    unittest.main()
