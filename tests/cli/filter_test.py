# cogent filter: which pictures, where to, in which formats, with what metadata.
import json
import pathlib
import re
import struct
import subprocess
import time
import unittest
import zlib

import program
from picture_files import chunk, exif, icc_profile, png, png_chunks, pnm, read_pnm
from program import ProgramTest


def gray_of(samples):
    """The gray of rgb samples as the filter `gray` defines it: within a level of BT.601."""
    pixels = [samples[k : k + 3] for k in range(0, len(samples), 3)]
    return [0.299 * r + 0.587 * g + 0.114 * b for r, g, b in pixels]


class Formats(ProgramTest):
    def test_pixels_pass_unchanged(self):
        for channels, top in [(1, 255), (3, 255), (1, 65535), (3, 65535)]:
            for width, height in [(1, 1), (7, 3), (65, 130)]:
                samples = self.samples(width * height * channels, top)
                self.write("in.ppm", pnm(width, height, channels, samples, top))
                self.run_it("filter", "identity", "in.ppm", "-o", "out.png", "--force")
                self.run_it("filter", "identity", "out.png", "-o", "out.tif", "--force")
                self.run_it("filter", "identity", "out.tif", "-o", "out.pnm", "--force")
                self.assertEqual(read_pnm(self.read("out.pnm")), (width, height, channels, top, samples))

    def test_a_pipeline_filters(self):
        samples = self.samples(40 * 30 * 3)
        self.write("in.ppm", pnm(40, 30, 3, samples))
        self.run_it("filter", "gray", "in.ppm", "-o", "out.pgm")
        width, height, channels, top, result = read_pnm(self.read("out.pgm"))
        self.assertEqual((width, height, channels, top), (40, 30, 1, 255))
        for expected, sample in zip(gray_of(samples), result):
            self.assertLessEqual(abs(expected - sample), 1)

    def test_alpha_and_16_bits_stay(self):
        samples = self.samples(9 * 5 * 4, 65535)
        self.write("in.png", png(9, 5, 4, samples, bits=16))
        self.run_it("filter", "identity", "in.png", "-o", "out.png")
        header = png_chunks(self.read("out.png"))[b"IHDR"]
        self.assertEqual(header[8:10], bytes([16, 6]))  # bits, RGBA

    def test_signed_results_are_saturated(self):
        for top in [255, 65535]:
            width, samples = 40, self.samples(40 * 30, top)
            self.write("in.pgm", pnm(width, 30, 1, samples, top))
            self.run_it("filter", "sobel(y)", "in.pgm", "-o", "out.pgm", "--force")
            result = read_pnm(self.read("out.pgm"))
            self.assertEqual(result[:4], (width, 30, 1, top))
            for y in range(1, 29):
                below, above = (samples[row * width : (row + 1) * width] for row in (y + 1, y - 1))
                change = [b - a for a, b in zip(above, below)]
                for x in range(1, width - 1):
                    expected = change[x - 1] + 2 * change[x] + change[x + 1]
                    self.assertEqual(result[4][y * width + x], min(max(expected, 0), top))

    def test_formats_of_modules(self):
        samples = self.samples(64 * 64 * 3)
        self.write("in.ppm", pnm(64, 64, 3, samples))
        for end in ["avif", "jxl"]:
            done = self.run_it("filter", "identity", "in.ppm", "-o", "out." + end, status=None)
            if done.returncode == 2:  # this libvips has no such module
                self.assertIn(f"this libvips writes no '{end}'", done.stderr.decode())
                continue
            self.assertEqual(done.returncode, 0, done.stderr)
            done = self.run_it("filter", "identity", "out." + end, "-o", end + ".ppm", status=None)  # by another process
            if done.returncode == 0:
                self.assertEqual(read_pnm(self.read(end + ".ppm"))[:4], (64, 64, 3, 255))
            else:  # this libvips does not call its loader safe
                self.assertEqual((end, done.returncode), ("jxl", 1))
                self.assertIn("out.jxl: jxlload_source: operation is blocked", done.stderr.decode())

    def test_16_bits_become_8_where_the_file_has_no_more(self):
        self.write("in.pgm", pnm(3, 1, 1, [0, 32896, 65535], 65535))
        self.run_it("filter", "identity", "in.pgm", "-o", "out.gif")
        self.run_it("filter", "identity", "out.gif", "-o", "out.ppm")
        self.assertEqual(read_pnm(self.read("out.ppm"))[4][::3], [0, 128, 255])

    def test_metadata_stays(self):
        profile = icc_profile(b"RGB ")
        extra = [(b"iCCP", b"p\0\0" + zlib.compress(profile, 0)), (b"pHYs", b"\0\0\x0f\xa0\0\0\x0f\xa0\1"), (b"eXIf", exif(6))]
        self.write("in.png", png(8, 8, 3, self.samples(192), extra=extra))
        self.run_it("filter", "identity", "in.png", "-o", "out.png")
        chunks = png_chunks(self.read("out.png"))
        self.assertEqual(zlib.decompress(chunks[b"iCCP"].split(b"\0", 1)[1][1:]), profile)
        self.assertEqual(chunks[b"pHYs"], extra[1][1])
        self.assertIn(b"\x12\x01\x03\x00\x01\x00\x00\x00\x06\x00", chunks[b"eXIf"])  # orientation 6
        self.run_it("filter", "gray", "in.png", "-o", "gray.jpg")
        jpeg = self.read("gray.jpg")
        self.assertIn(b"Exif\0\0", jpeg)
        self.assertIn(b"\x12\x01\x03\x00\x01\x00\x00\x00\x06\x00", jpeg)
        self.assertNotIn(b"ICC_PROFILE", jpeg)  # it is one for colours

    def test_metadata_of_a_photograph_stays(self):
        """A camera's JPEG: EXIF, a colour profile of several kilobytes, orientation; also where rows become columns."""
        photograph = (program.ROOT / "pictures/rocket.jpg").read_bytes()
        profile = icc_profile(b"RGB ", self.random.randbytes(3000))
        blocks = [b"\xff\xe1" + b"Exif\0\0" + exif(6), b"\xff\xe2" + b"ICC_PROFILE\0\1\1" + profile]
        parts = [block[:2] + struct.pack(">H", len(block)) + block[2:] for block in blocks]
        plain = photograph.index(b"\xff\xdb")  # behind the blocks that it has itself
        self.write("in.jpg", b"\xff\xd8" + b"".join(parts) + photograph[plain:])
        for pipeline in ["gaussian(1)", "rotate(90)", "resize(width=100)"]:
            for out in ["out.jpg", "out.tif", "out.webp", "out.png"]:
                self.run_it("filter", pipeline, "in.jpg", "-o", out, "--force")
                self.run_it("filter", "identity", out, "-o", "again.png", "--force")  # read by the program too
                chunks = png_chunks(self.read("again.png"))
                self.assertEqual(zlib.decompress(chunks[b"iCCP"].split(b"\0", 1)[1][1:]), profile, (pipeline, out))
                self.assertIn(b"\x12\x01\x03\x00\x01\x00\x00\x00\x06\x00", chunks[b"eXIf"], (pipeline, out))
        self.assertIn(b"ICC_PROFILE", self.read("out.jpg"))

    def test_lost_alpha_is_told_once(self):
        for name in ["a.png", "b.png"]:
            self.write(name, png(8, 8, 4, [200, 100, 50, 0] * 64))
        done = self.run_it("filter", "identity", "a.png", "b.png", "-o", "{stem}.ppm")
        self.assertEqual(
            self.error_lines(done), ["cogent: a.png: note: ppm files have no alpha: what is transparent is stored on black"]
        )
        self.assertEqual(read_pnm(self.read("a.ppm"))[4], [0] * 192)
        for arguments in [["identity", "-o", "c.jpg", "--quiet"], ["identity", "-o", "c.png"], ["gray", "-o", "d.jpg"]]:
            self.assertEqual(self.run_it("filter", *arguments, "a.png").stderr, b"")

    def test_quality(self):
        self.write("in.ppm", pnm(64, 64, 3, self.samples(64 * 64 * 3)))
        self.run_it("filter", "identity", "in.ppm", "-o", "good.jpg", "--quality", "95")
        self.run_it("filter", "identity", "in.ppm", "-o", "bad.jpg", "--quality", "20")
        self.assertGreater(len(self.read("good.jpg")), 2 * len(self.read("bad.jpg")))


class Files(ProgramTest):
    def setUp(self):
        super().setUp()
        self.picture = pnm(5, 4, 1, self.samples(20))
        for name in ["a.pgm", "in/b.pgm", "in/c.pgm", "in/notes.txt", "in/.hidden.pgm"]:
            self.write(name, self.picture)

    def test_files_folders_patterns_and_lists(self):
        self.write("list", b"in/b.pgm\n\na.pgm\n")
        for arguments, expected in [
            (["a.pgm", "in"], ["a.pgm", "b.pgm", "c.pgm"]),
            (["in/*.pgm"], ["b.pgm", "c.pgm"]),
            (["--files-from", "list"], ["a.pgm", "b.pgm"]),
            (["a.pgm", "in/b.pgm", "in", "in/b.pgm"], ["a.pgm", "b.pgm", "c.pgm"]),
        ]:
            self.run_it("filter", "identity", *arguments, "-o", "out/{name}", "--force")
            self.assertEqual(self.names("out"), expected)
            for name in expected:
                (self.folder / "out" / name).unlink()
        self.run_it("filter", "identity", "--files-from", "-", "-o", "out/", input=b"in/b.pgm\0in/c.pgm\0")
        self.assertEqual(self.names("out"), ["b.pgm", "c.pgm"])

    def test_names_of_results(self):
        self.run_it("filter", "identity", "a.pgm", "in/b.pgm", "-o", "out/{ext}-{stem}{{}}.png")
        self.assertEqual(self.names("out"), ["pgm-a{}.png", "pgm-b{}.png"])
        self.run_it("filter", "identity", "a.pgm", "-o", "out/", "--type", "webp")
        self.assertIn("a.webp", self.names("out"))

    def test_an_input_whose_name_gives_no_format_is_alone_wrong(self):
        self.write("in/d.raw", self.picture)
        done = self.run_it("filter", "identity", "in/b.pgm", "in/d.raw", "-o", "out/", status=1)
        self.assertRegex(done.stderr.decode(), "^cogent: in/d.raw: '.raw' is no format that is written here: png")
        self.assertEqual(self.names("out"), ["b.pgm"])

    def test_standard_input_and_output(self):
        done = self.run_it("filter", "identity", "-", "-o", "-", "--type", "pgm", input=self.picture)
        self.assertEqual(read_pnm(done.stdout), read_pnm(self.picture))
        self.assertEqual(done.stderr, b"")
        self.assertTrue(self.run_it("filter", "identity", "a.pgm", "-o", "-").stdout.startswith(b"\x89PNG"))

    def test_nothing_is_overwritten_without_force(self):
        self.write("out.pgm", b"precious")
        done = self.run_it("filter", "identity", "a.pgm", "-o", "out.pgm", status=1)
        self.assertEqual(self.error_lines(done), ["cogent: a.pgm: out.pgm exists; --force overwrites it"])
        self.assertEqual(self.read("out.pgm"), b"precious")
        self.run_it("filter", "identity", "a.pgm", "-o", "out.pgm", "-f")
        self.assertEqual(read_pnm(self.read("out.pgm")), read_pnm(self.picture))
        self.run_it("filter", "identity", "a.pgm", "-o", "a.pgm", "--force")  # a picture by itself
        self.assertEqual(read_pnm(self.read("a.pgm")), read_pnm(self.picture))
        self.assertEqual(self.names(), ["a.pgm", "in", "out.pgm"])

    def test_permissions_and_links_stay(self):
        path = self.write("out.pgm", b"old")
        path.chmod(0o640)
        (self.folder / "link.pgm").symlink_to("out.pgm")
        self.run_it("filter", "identity", "a.pgm", "-o", "link.pgm", "--force")
        self.assertTrue((self.folder / "link.pgm").is_symlink())
        self.assertEqual(path.stat().st_mode & 0o777, 0o640)
        self.assertEqual(read_pnm(self.read("out.pgm")), read_pnm(self.picture))

    def test_a_device_is_written_to(self):
        self.run_it("filter", "identity", "a.pgm", "-o", "/dev/null", "--type", "png")
        self.run_it("filter", "identity", "a.pgm", "-o", "/dev/full", "--type", "png", status=1)

    def test_dry_run(self):
        done = self.run_it("filter", "gray", "in", "-o", "out/", "--dry-run")
        lines = done.stdout.decode().splitlines()
        self.assertEqual(lines[0], "in/b.pgm (5x4 gray8) -> out/b.pgm (5x4 gray8)")
        self.assertEqual(len(lines), 2)
        self.assertEqual(self.names(), ["a.pgm", "in"])

    def test_json(self):
        done = self.run_it("filter", "identity", "a.pgm", "nothing.png", "-o", "out/", "--json", status=1)
        good, bad = map(json.loads, done.stdout.decode().splitlines())
        self.assertEqual((good["input"], good["output"], good["status"]), ("a.pgm", "out/a.pgm", "done"))
        self.assertEqual(good["input_format"], "5x4 gray8")
        self.assertEqual(set(good["seconds"]), {"read", "compile", "filter", "write"})
        self.assertEqual((bad["status"], bad["error"]), ("failed", "No such file or directory"))

    def test_very_large_pictures_use_a_file_as_memory(self):
        scratch = self.folder / "scratch"
        scratch.mkdir()
        environment = {"COGENT_MEMORY": "0", "TMPDIR": str(scratch)}
        self.run_it("filter", "identity", "a.pgm", "-o", "out.pgm", environment=environment)
        self.assertEqual(read_pnm(self.read("out.pgm")), read_pnm(self.picture))
        self.assertEqual(self.names("scratch"), [])
        environment["TMPDIR"] = str(self.folder / "nowhere")
        done = self.run_it("filter", "identity", "a.pgm", "-o", "out2.pgm", environment=environment, status=1)
        self.assertIn("cogent: a.pgm: no scratch file of 20 bytes", done.stderr.decode())

    def test_large_pictures_on_the_way_go_into_scratch_files(self):
        scratch = self.folder / "scratch"
        scratch.mkdir()
        environment = {"COGENT_MEMORY": "1000", "TMPDIR": str(scratch)}
        pipeline = "pad(50, border=constant) | flip(both) | crop(5, 4, 50, 50) | flip(both)"
        self.run_it("filter", pipeline, "a.pgm", "-o", "out.pgm", environment=environment)
        self.assertEqual(read_pnm(self.read("out.pgm")), read_pnm(self.picture))
        environment["TMPDIR"] = str(self.folder / "nowhere")
        done = self.run_it("filter", pipeline, "a.pgm", "-o", "out2.pgm", environment=environment, status=1)
        self.assertIn("cogent: a.pgm: no scratch file of ", done.stderr.decode())

    def test_large_pictures_are_streamed_with_the_same_bytes(self):
        width, height = 1500, 1100  # more than 4 MiB: in strips
        samples = self.random.randbytes(width * height * 3)
        self.write("in.ppm", pnm(width, height, 3, samples))
        done = self.run_it("filter", "identity", "in.ppm", "-o", "out.ppm", "--json")
        self.assertEqual(json.loads(done.stdout)["status"], "done")
        self.assertEqual(bytes(read_pnm(self.read("out.ppm"))[4]), samples)
        for end in ["tif", "png", "webp"]:
            self.run_it("filter", "gray | sobel | threshold(50)", "in.ppm", "-o", "out." + end, "--type", end)
        self.run_it("filter", "identity", "out.tif", "-o", "tif.pgm")
        self.run_it("filter", "identity", "out.png", "-o", "png.pgm")
        whole = read_pnm(self.read("tif.pgm"))[4]
        self.assertEqual(read_pnm(self.read("png.pgm"))[4], whole)
        rows = slice(0, 201 * width * 3)  # the same rows of a picture too small for strips
        self.write("top.ppm", pnm(width, 201, 3, samples[rows]))
        self.run_it("filter", "gray | sobel | threshold(50)", "top.ppm", "-o", "top.pgm")
        self.assertEqual(read_pnm(self.read("top.pgm"))[4][: 200 * width], whole[: 200 * width])
        self.write("cut.ppm", self.read("in.ppm")[: width * 2000])
        done = self.run_it("filter", "gray", "cut.ppm", "-o", "cut.png", status=1)
        self.assertRegex(done.stderr.decode(), "^cogent: cut.ppm: (?!it cannot be written).*\n$")
        self.assertNotIn("cut.png", self.names())

    def most_memory(self, *arguments):
        """Runs it; the most bytes of memory that it has used."""
        most = 0
        with subprocess.Popen([program.PROGRAM, *arguments], cwd=self.folder) as running:
            while running.poll() is None:
                status = pathlib.Path(f"/proc/{running.pid}/status").read_text()
                most = max([most, *(int(kib) * 1024 for kib in re.findall(r"VmHWM:\s+(\d+) kB", status))])
                time.sleep(0.002)
        self.assertEqual(running.returncode, 0)
        self.assertGreater(most, 0)
        return most

    def test_pictures_larger_than_memory(self):
        width, height = 6000, 5000
        rows = zlib.compress((b"\0" + self.random.randbytes(300) * (width // 100)) * height, 1)
        header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
        self.write("in.png", b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b""))
        arguments = ["filter", "gray | gaussian(2) | {sobel(x); sobel(y)} | hypot", "in.png", "-o"]
        for out in ["out.jpg", "out.tif", "out.png", "/dev/null --type ppm"]:
            most = self.most_memory(*arguments, *out.split())
            self.assertLess(most, width * height * 3 * 0.9, out)  # its input alone has more bytes
        most = self.most_memory("filter", "crop(5900, 4000, 9, 700) | flip | pad(3, border=reflect)", "in.png", "-o", "moved.png")
        self.assertLess(most, width * height * 3 * 0.9)
        self.run_it("filter", "crop(4, 3)", "out.png", "-o", "part.pgm")
        self.run_it("filter", "crop(4, 3)", "out.tif", "-o", "other.pgm")
        self.assertEqual(read_pnm(self.read("part.pgm")), read_pnm(self.read("other.pgm")))

    def test_threads_give_the_same_bytes(self):
        names = []
        for k in range(12):
            names.append(f"p{k}.ppm")
            self.write(names[-1], pnm(50 + k, 90, 3, self.samples((50 + k) * 90 * 3)))
        for threads in ["1", "4"]:
            self.run_it("filter", "gray | sobel", *names, "-o", threads + "/", "--threads", threads)
            done = self.run_it("filter", "gray | sobel", names[0], "-o", "one.pgm", "--force", "--threads", threads)
            self.assertEqual(done.stderr, b"")  # more threads than there are cores are nothing to warn of
        for name in names:
            self.assertEqual(read_pnm(self.read("1/" + name)), read_pnm(self.read("4/" + name)))


class Usage(ProgramTest):
    def expect_misuse(self, message, *arguments):
        done = self.run_it(*arguments, status=2)
        self.assertIn(message, done.stderr.decode())
        self.assertEqual(done.stdout, b"")

    def test_mistakes_are_told(self):
        self.write("a.pgm", pnm(1, 1, 1, [1]))
        self.write("in/a.pgm", pnm(1, 1, 1, [1]))
        self.expect_misuse("cogent: there is no filter 'grey'; did you mean 'gray'?\n  grey\n  ^~~~", "filter", "grey", "a.pgm", "-o", "x.png")
        self.expect_misuse("--output is required", "filter", "gray", "a.pgm")
        self.expect_misuse("subcommand is required")
        self.expect_misuse("cogent: there is no command 'filtr'; did you mean 'filter'?", "filtr", "gray", "a.pgm")
        wrong = "cogent: neighbours: expected 4 or 8, not 5\n  laplacian(5)\n            ^"
        self.expect_misuse(wrong, "filter", "laplacian(5)", "a.pgm", "-o", "x.png")
        self.expect_misuse(wrong, "explain", "laplacian(5)")
        self.expect_misuse("a / at the end makes it a folder", "filter", "gray", "a.pgm", "-o", "folder")
        done = self.run_it("filter", "gray", "a.pgm", "-o", "x.png", environment={"COGENT_MEMORY": "abc"}, status=2)
        self.assertIn(b"COGENT_MEMORY is 'abc': expected a number of bytes", done.stderr)
        self.expect_misuse("no pictures to filter", "filter", "gray", "-o", "x.png")
        self.expect_misuse("would both be written to x.png", "filter", "gray", "a.pgm", "in/a.pgm", "-o", "x.png")
        self.expect_misuse("in braces may stand", "filter", "gray", "a.pgm", "-o", "{nme}.png")
        self.expect_misuse("the name does not say the format", "filter", "gray", "a.pgm", "-o", "out")
        self.expect_misuse("is no format that is written here", "filter", "gray", "a.pgm", "-o", "out.doc")
        self.expect_misuse("both want the standard output", "filter", "gray", "a.pgm", "-o", "-", "--json")
        self.expect_misuse("the list of pictures cannot be read", "filter", "gray", "--files-from", "nix", "-o", "x/")
        self.expect_misuse("--quality", "filter", "gray", "a.pgm", "-o", "x.png", "--quality", "0")
        self.expect_misuse("--max-pixels", "filter", "gray", "a.pgm", "-o", "x.png", "--max-pixels", "-1")
        self.expect_misuse("can be read only once", "filter", "gray", "-", "--files-from", "-", "-o", "x/", "--type", "png")
        self.assertEqual(self.names(), ["a.pgm", "in"])


if __name__ == "__main__":
    unittest.main()
