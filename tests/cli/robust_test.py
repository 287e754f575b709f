# What must neither hang nor pass for success: pipes, full disks, results that are too large, what is left over.
import json
import os
import struct
import subprocess
import unittest

import program
from picture_files import exif_with_thumbnail, png, pnm, read_pnm, tiff_of_signed
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


class Names(ProgramTest):
    def test_ends_of_lines_in_names_make_no_lines(self):
        self.write("a.pgm", pnm(1, 1, 1, [1]))
        self.write("out\n.pgm", b"")
        for arguments in [["nothing\nthere.pgm", "-o", "x.pgm"], ["a.pgm", "-o", "out\n.pgm"]]:
            done = self.run_it("filter", "identity", *arguments, status=1)
            self.assertEqual(len(self.error_lines(done)), 1, done.stderr)
        self.assertEqual(len(self.error_lines(self.run_it("filter", "identity", "a.pgm", "-o", "{a\nb}", status=2))), 1)

    def test_names_that_are_too_long_are_misuse(self):
        self.write("a.pgm", pnm(1, 1, 1, [1]))
        name = "x" * 300
        self.assertIn(b"too long", self.run_it("filter", "identity", "a.pgm", "-o", name + ".pgm", status=2).stderr)
        self.run_it("filter", "identity", "--files-from", name, "-o", "x.pgm", status=2)
        self.assertIn(b"too long", self.run_it("filter", "identity", name, "-o", "x.pgm", status=1).stderr)


class Metadata(ProgramTest):
    def test_no_thumbnail_of_what_was_there_before(self):
        thumbnail_bytes = b"\xff\xd8 a small picture of the unfiltered one \xff\xd9"
        self.write("in.png", png(8, 8, 3, self.samples(192), extra=[(b"eXIf", exif_with_thumbnail(thumbnail_bytes))]))
        for end in ["jpg", "png", "webp", "tif"]:
            self.run_it("filter", "identity", "in.png", "-o", "out." + end)
            self.assertNotIn(b"a small picture", self.read("out." + end), end)
        self.assertIn(b"Exif\0\0", self.read("out.jpg"))


class Results(ProgramTest):
    def test_too_many_pixels_are_refused(self):
        self.write("a.pgm", pnm(10, 10, 1, self.samples(100)))
        arguments = ["filter", "pad(1)", "a.pgm", "-o", "out.pgm", "--max-pixels"]
        done = self.run_it(*arguments, "143", status=1)
        self.assertIn(b"12x12 pixels are more than 143, the most that are allowed", done.stderr)
        self.run_it(*arguments, "144")
        for pipeline in ["pad(1048576)", "pad(1048576) | crop(1, 1)"]:
            for more in [["-o", "large.png"], ["-o", "large.png", "--dry-run"]]:
                done = self.run_it("filter", pipeline, "a.pgm", *more, status=1)
                self.assertIn(b"2097162x2097162 pixels are more than 1000000000", done.stderr)
            self.run_it("bench", pipeline, "a.pgm", status=2)

    def test_white_of_floats_is_one(self):
        samples = [0.0, 0.4, 0.5, 1.0, 2.0, -1.0]
        for width, height in [(6, 1), (600, 2000)]:  # the second is streamed
            count = width * height // 6
            self.write("in.pfm", f"Pf\n{width} {height}\n-1.0\n".encode() + struct.pack("<6f", *samples) * count)
            self.run_it("filter", "identity", "in.pfm", "-o", "out.pgm", "--force")
            self.assertEqual(read_pnm(self.read("out.pgm"))[3:], (65535, [0, 26214, 32768, 65535, 65535, 0] * count))
        self.write("bytes.pgm", pnm(2, 1, 1, [7, 200]))
        self.run_it("filter", "convolve([1], out=f32)", "bytes.pgm", "-o", "bytes.png")
        self.run_it("filter", "identity", "bytes.png", "-o", "again.pgm")
        self.assertEqual(read_pnm(self.read("again.pgm"))[4], [7, 200])

    def test_tiff_keeps_what_is_below_zero(self):
        samples = [-300, -1, 0, 7, 32767, -32768]
        self.write("in.tif", tiff_of_signed(samples))
        self.run_it("filter", "identity", "in.tif", "-o", "out.tif")
        self.run_it("filter", "convolve([-1], out=s32)", "out.tif", "-o", "turned.tif")  # 32768 is saturated
        self.run_it("filter", "convolve([1] + 400)", "turned.tif", "-o", "turned.pgm")
        self.assertEqual(read_pnm(self.read("turned.pgm"))[3:], (65535, [700, 401, 400, 393, 0, 32767]))

    def test_the_format_told_is_the_one_stored(self):
        self.write("a.pgm", pnm(10, 10, 1, self.samples(100)))
        for more, status in [(["--dry-run"], "planned"), ([], "done")]:
            done = self.run_it("filter", "sobel(x)", "a.pgm", "-o", "out.pgm", "--json", *more)
            told = json.loads(done.stdout)
            self.assertEqual((told["status"], told["output_format"]), (status, "10x10 gray8"))


class Bench(ProgramTest):
    def test_a_crop_of_the_whole_height(self):
        self.write("a.pgm", pnm(64, 64, 1, self.samples(4096)))
        self.run_it("bench", "crop(64,64)", "a.pgm", "--seconds", "0.01")


if __name__ == "__main__":
    unittest.main()
