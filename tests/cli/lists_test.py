# cogent filters, kernels, explain, --version; what man page and completions say is what the program takes.
import json
import re
import unittest

import program
from picture_files import pnm
from program import ProgramTest


class Lists(ProgramTest):
    def test_filters(self):
        names = self.run_it("filters", "--names").stdout.decode().split()
        self.assertEqual(names, sorted(names))
        table = self.run_it("filters").stdout.decode()
        for name in names:
            self.assertRegex(table, rf"(?m)^  {name} +\S.*$")  # a line of help for each
        self.assertNotIn("\x1b", table)
        listed = json.loads(self.run_it("filters", "--json").stdout)
        self.assertEqual([entry["name"] for entry in listed], names)
        for entry in listed:
            self.assertTrue(entry["help"] and entry["group"], entry)
            for parameter in entry["parameters"]:
                self.assertTrue(parameter["help"] and parameter["takes"], (entry["name"], parameter))
        one = self.run_it("filters", "threshold").stdout.decode()
        self.assertTrue(one.startswith("threshold(limit"), one)

    def test_kernels(self):
        listed = json.loads(self.run_it("kernels", "--json").stdout)
        weights = {entry["name"]: entry["weights"] for entry in listed}
        self.assertEqual(weights["sobel_y"], [[-1, -2, -1], [0, 0, 0], [1, 2, 1]])
        self.assertEqual(self.run_it("kernels", "--names").stdout.decode().split(), list(weights))
        self.assertIn("/ 16", self.run_it("kernels", "gaussian3").stdout.decode())
        done = self.run_it("kernels", "sobl", status=2)
        self.assertEqual(done.stderr.decode(), "cogent: there is no kernel 'sobl'; cogent kernels lists all\n")
        done = self.run_it("filters", "gausian", status=2)
        self.assertEqual(done.stderr.decode(), "cogent: there is no filter 'gausian'; did you mean 'gaussian'?\n")

    def test_explain(self):
        text = self.run_it("explain", "gray|threshold(64)", "--size", "40x30", "--format", "rgb8").stdout.decode()
        self.assertIn("gray | threshold(64)", text)
        self.assertIn("40x30 rgb8 -> 40x30 gray8", text)
        all_of_it = json.loads(self.run_it("explain", "gray", "--json", "--source").stdout)
        self.assertEqual(all_of_it["input_format"], "1920x1080 rgb8")
        self.assertEqual(all_of_it["output_format"], "1920x1080 gray8")
        self.assertIn('extern "C"', all_of_it["source"])
        for arguments in [["--size", "40"], ["--size", "0x5"], ["--size", "5x5x5"], ["--format", "rbg8"]]:
            self.run_it("explain", "gray", *arguments, status=2)
        done = self.run_it("explain", "gray", "--size", "40000x30000", status=2)
        self.assertIn(b"are more than 1000000000, the most that are allowed", done.stderr)
        self.run_it("explain", "gray", "--size", "40000x30000", "--max-pixels", "1200000000")

    def test_bench(self):
        self.write("a.ppm", pnm(40, 30, 3, self.samples(3600)))
        for pipeline, compared in [("gray | {sobel(x); sobel(y)} | abs_sum | threshold(64)", True), ("bilateral(colour=30)", False)]:
            done = self.run_it("bench", pipeline, "a.ppm", "--seconds", "0.02", "--json")
            figures = json.loads(done.stdout)
            self.assertEqual(figures["input_format"], "40x30 rgb8")
            self.assertIn("cogent", figures["seconds"])
            if not compared:
                self.assertIn("no_opencv", figures)
            elif "no_opencv" in figures:
                self.assertIn("without OpenCV", figures["no_opencv"])
        self.assertIn("megapixels/s", self.run_it("bench", "gray", "a.ppm", "--seconds", "0.02").stdout.decode())
        self.run_it("bench", "gray", "missing.ppm", status=1)
        self.run_it("bench", "gray", "a.ppm", "--seconds", "0.02", "--max-pixels", "1199", status=1)
        self.run_it("bench", "gray", "a.ppm", "--seconds", "0.02", "--max-pixels", "1200")

    def test_version_and_help(self):
        self.assertRegex(self.run_it("--version").stdout.decode(), r"^cogent \d+\.\d+\.\d+\n$")
        self.assertIn("Exit status", self.run_it("--help").stdout.decode())

    def test_manual_and_completions_know_every_option(self):
        cli = program.ROOT / "cli"
        texts = [cli / "man/cogent.1", cli / "completions/cogent.bash", cli / "completions/_cogent"]
        fish = (cli / "completions/cogent.fish").read_text()
        commands = re.findall(r"(?m)^  ([a-z]+) {2,}", self.run_it("--help").stdout.decode())
        self.assertEqual(commands, ["filter", "explain", "kernels", "filters", "bench"])
        for command in commands:
            options = re.findall(r"(?:^|[ ,])(--[a-z-]+)", self.run_it(command, "--help").stdout.decode(), re.M)
            self.assertGreater(len(options), 2)
            for option in options:
                for path in texts:
                    text = path.read_text().replace("\\-", "-")
                    if option != "--help" or path.suffix != ".1":
                        self.assertIn(option, text, (command, path.name))
                self.assertRegex(fish, rf"-l {option[2:]}\b")


if __name__ == "__main__":
    unittest.main()
