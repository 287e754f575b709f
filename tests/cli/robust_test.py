# What must neither hang nor pass for success: pipes, full disks, results that are too large, what is left over.
import json
import os
import subprocess
import unittest

import program
from picture_files import exif_with_thumbnail, png, pnm
from program import ProgramTest


class Pipes(ProgramTest):
    def setUp(self):
        super().setUp()
        self.picture = pnm(5, 4, 1, self.samples(20))
        self.write("a.pgm", self.picture)
        os.mkfifo(self.folder / "pipe.pgm")

    def start(self, *arguments):
        running = subprocess.Popen(
            [program.PROGRAM, *arguments], cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for clean_up in [running.stdout.close, running.stderr.close, running.wait, running.kill]:
            self.addCleanup(clean_up)
        return running

    def test_a_pipe_with_damaged_bytes_is_read_once(self):
        running = self.start("filter", "identity", "pipe.pgm", "a.pgm", "-o", "out/", "--threads", "2")
        (self.folder / "pipe.pgm").write_bytes(self.picture[:-5])
        errors = running.communicate(timeout=30)[1].decode()
        self.assertRegex(errors, r"^cogent: pipe\.pgm: .+\n$")
        self.assertEqual((running.returncode, self.names("out")), (1, ["a.pgm"]))

    def test_a_failure_does_not_hold_back_what_follows(self):
        for threads in ["1", "2"]:
            running = self.start(
                "filter", "identity", "nothing.pgm", "a.pgm", "pipe.pgm", "-o", f"out{threads}/", "--json", "--threads", threads
            )
            states = [json.loads(running.stdout.readline())["status"] for _ in range(2)]
            self.assertEqual(states, ["failed", "done"])
            (self.folder / "pipe.pgm").write_bytes(self.picture)
            self.assertEqual(json.loads(running.communicate(timeout=30)[0])["status"], "done")


class FullDisks(ProgramTest):
    def test_lost_lines_are_no_success(self):
        self.write("a.pgm", pnm(1, 1, 1, [1]))
        for arguments in [["filter", "identity", "a.pgm", "-o", "out.pgm", "--json"], ["filters"], ["explain", "gray"]]:
            with open("/dev/full", "w") as full:
                command = [program.PROGRAM, *arguments]
                done = subprocess.run(command, cwd=self.folder, stdout=full, stderr=subprocess.PIPE, timeout=60)
            self.assertEqual((done.returncode, len(done.stderr.splitlines())), (1, 1), (arguments, done.stderr))


class Metadata(ProgramTest):
    def test_no_thumbnail_of_what_was_there_before(self):
        thumbnail_bytes = b"\xff\xd8 a small picture of the unfiltered one \xff\xd9"
        self.write("in.png", png(8, 8, 3, self.samples(192), extra=[(b"eXIf", exif_with_thumbnail(thumbnail_bytes))]))
        for end in ["jpg", "png", "webp", "tif"]:
            self.run_it("filter", "identity", "in.png", "-o", "out." + end)
            self.assertNotIn(b"a small picture", self.read("out." + end), end)
        self.assertIn(b"Exif\0\0", self.read("out.jpg"))


class Bench(ProgramTest):
    def test_a_crop_of_the_whole_height(self):
        self.write("a.pgm", pnm(64, 64, 1, self.samples(4096)))
        self.run_it("bench", "crop(64,64)", "a.pgm", "--seconds", "0.01")


if __name__ == "__main__":
    unittest.main()
