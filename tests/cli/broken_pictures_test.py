# Pictures that are broken, and runs that are killed: the others go on, and no file is ever half there.
import struct
import subprocess
import time
import unittest

import program
from picture_files import chunk, png, pnm, read_pnm
from program import ProgramTest


class Broken(ProgramTest):
    def test_each_has_its_line_and_the_others_go_on(self):
        good = png(40, 40, 3, self.samples(4800))
        bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 60000, 60000, 8, 0, 0, 0, 0)) + chunk(b"IDAT", b"")
        broken = {
            "empty.png": b"",
            "text.png": b"this is no picture at all",
            "header.png": good[:20],
            "cut.png": good[: len(good) // 2],
            "bomb.png": bomb,
            "cut.ppm": pnm(40, 40, 3, self.samples(4800))[:2000],
        }
        for name, data in {**broken, "first.png": good, "last.png": good}.items():
            self.write(name, data)
        (self.folder / "folder.png").mkdir()
        (self.folder / "locked.png").symlink_to("nowhere")
        bad = [*broken, "folder.png", "locked.png", "missing.png"]
        for threads in ["1", "3"]:
            done = self.run_it(
                "filter", "gray", "first.png", *bad, "last.png", "-o", f"out{threads}/", "--threads", threads, status=1
            )
            lines = self.error_lines(done)
            self.assertEqual([line.split(": ")[1] for line in lines], bad)
            self.assertTrue(all(len(line.split(": ", 2)[2]) > 5 for line in lines), lines)
            self.assertIn("60000x60000 pixels, more than --max-pixels 1000000000", lines[4])
            self.assertEqual(self.names(f"out{threads}"), ["first.png", "last.png"])

    def test_text_and_bits_of_pnm(self):
        for data, reason in {
            b"P1\n4 2\n0 1 1 0\n1 0 ": "the file ends before its pixels do",
            b"P2\n3 2\n255\n0 1 2 3 4 # end": "the file ends before its pixels do",
            b"P3\n30000 30000\n255\n0 1 2": "the file ends before its pixels do",
            b"P4\n9 2\n\x55\x80\xaa": "the file ends before its pixels do",
            b"P1\n4 1\n0 1 2 0\n": "it is broken: a sample from 0 to 1 is expected at byte 12",
            b"P2\n3 1\n255\n0 x 2": "it is broken: a sample from 0 to 255 is expected at byte 13",
            b"P2\n3 1\n255\n0 256 2": "it is broken: a sample from 0 to 255 is expected at byte 16",
            b"P3\n3!2\n65575\n\xd0": "it is broken: its header says no size and largest sample",
        }.items():
            self.write("a.pnm", data)
            done = self.run_it("filter", "identity", "a.pnm", "-o", "out.pgm", status=1)
            self.assertEqual(self.error_lines(done), ["cogent: a.pnm: " + reason], data)
        black, white = 0, 255
        for data, samples in {
            b"P1\n# bits\n4 2\n0110\n1 00 1": [white, black, black, white, black, white, white, black],
            b"P2 2 2 255 0 # one\n1\n200 255": [0, 1, 200, 255],
            b"P2\n2 1\n65535\n258 65535\n": [258, 65535],
            b"P3\n1 1\n255\n1 2 3": [1, 2, 3],
            b"P4\n9 1\n\x55\x80": [white, black] * 4 + [black],
        }.items():
            self.write("a.pnm", data)
            for arguments, piped in [(["a.pnm"], None), (["-"], data)]:
                self.run_it("filter", "identity", *arguments, "-o", "out.pnm", "--force", input=piped)
                self.assertEqual(read_pnm(self.read("out.pnm"))[4], samples, data)

    def test_max_pixels(self):
        self.write("a.pgm", pnm(10, 10, 1, self.samples(100)))
        self.run_it("filter", "gray", "a.pgm", "-o", "out.pgm", "--max-pixels", "99", status=1)
        self.run_it("filter", "gray", "a.pgm", "-o", "out.pgm", "--max-pixels", "100")

    def test_random_damage_never_crashes(self):
        names = []
        sources = [png(30, 20, 3, self.samples(1800)), pnm(30, 20, 3, self.samples(1800))]
        self.write("seed.png", sources[0])
        for end in ["jpg", "tif", "webp", "gif"]:
            self.run_it("filter", "identity", "seed.png", "-o", "seed." + end)
            sources.append(self.read("seed." + end))
        for k in range(120):
            data = bytearray(sources[k % len(sources)])
            for _ in range(self.random.randint(1, 8)):
                data[self.random.randrange(len(data))] = self.random.randrange(256)
            names.append(f"damaged{k}.bin")
            self.write(names[-1], bytes(data))
        self.write("list", "\n".join(names).encode())
        arguments = ["filter", "gray", "--files-from", "list", "-o", "out/{stem}.png", "--max-pixels", "1000000"]
        done = self.run_it(*arguments, status=1)
        for line in self.error_lines(done):
            self.assertRegex(line, r"^cogent: damaged\d+\.bin: .")
        self.assertEqual(len(self.error_lines(done)) + len(self.names("out")), len(names))


class Kills(ProgramTest):
    def kill_again_and_again(self, kills):
        arguments = ["filter", "gray", "in.ppm", "-o", "out/result.png", "--force"]
        start = time.monotonic()
        self.run_it(*arguments)
        whole = time.monotonic() - start
        new = self.read("out/result.png")
        old = b"the old file"
        for k in range(kills):
            self.write("out/result.png", old)
            running = subprocess.Popen([program.PROGRAM, *arguments], cwd=self.folder)
            time.sleep(whole * 1.2 * k / (kills - 1))
            running.kill()
            running.wait()
            self.assertIn(self.read("out/result.png"), (old, new))
        self.run_it(*arguments)
        self.assertEqual(self.read("out/result.png"), new)

    def test_a_kill_leaves_the_old_file_or_the_new_one(self):
        self.write("in.ppm", pnm(400, 300, 3, self.samples(360000)))
        self.kill_again_and_again(25)

    def test_a_kill_while_a_picture_is_streamed_does_too(self):
        self.write("in.ppm", pnm(1500, 1000, 3, self.random.randbytes(4500000)))
        self.kill_again_and_again(12)

    def test_a_kill_leaves_no_file_or_the_new_one(self):
        self.write("in.ppm", pnm(400, 300, 3, self.samples(360000)))
        for k in range(10):
            running = subprocess.Popen([program.PROGRAM, "filter", "gray", "in.ppm", "-o", f"out/{k}.pgm"], cwd=self.folder)
            time.sleep(0.01 * k)
            running.kill()
            running.wait()
            if (self.folder / f"out/{k}.pgm").exists():
                self.assertEqual(read_pnm(self.read(f"out/{k}.pgm"))[:2], (400, 300))


if __name__ == "__main__":
    unittest.main()
