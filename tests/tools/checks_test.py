# The checks and the compile-failure runner, each fed with a small tree that is wrong in known places.
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


class Tree(unittest.TestCase):
    """A test with a folder of its own to write files into."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def run_tool(self, tool, *arguments, **options):
        """Exit code and output lines."""
        command = [ROOT / tool, *arguments]
        answer = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, **options)
        return answer.returncode, answer.stdout.splitlines() + answer.stderr.splitlines()


class Layering(Tree):
    def places(self):
        code, lines = self.run_tool("scripts/check-layering", self.root)
        self.assertEqual(code, 1 if len(lines) > 1 else 0)
        return [line.split(": ")[0] for line in lines[:-1]]

    def test_accepts_what_lies_above(self):
        self.write("src/optimize/fold.cpp", '#include <vector>\n#include "ir/program.h"\n#include <cogent/error.h>\n')
        self.write("src/x86/encoder_lanes.cpp", "#include <xbyak/xbyak.h>\n#include <immintrin.h>\n")
        self.write("src/jit/generated_function.cpp", '#include <cogent/detail/x.h>\n#include "stage/recording.h"\n')
        self.write("examples/one/main.cpp", '#include <cogent/cogent.h>\n#include "kernels.h"\n')
        self.assertEqual(self.places(), [])

    def test_refuses_what_lies_below(self):
        self.write("src/ir/a.h", '#pragma once\n#include "optimize/pipeline.h"\n')
        self.write("src/stage/a.h", '#include "jit/compile.h"\n')
        self.write("src/interpret/a.cpp", '#include "cpp/names.h"\n')
        self.write("include/cogent/a.h", '\n\n#include "ir/program.h"\n')
        self.assertEqual(self.places(), ["include/cogent/a.h:3", "src/interpret/a.cpp:1", "src/ir/a.h:2", "src/stage/a.h:1"])

    def test_refuses_the_machine_outside_its_folders(self):
        self.write("src/x86/frame.cpp", "#include <xbyak/xbyak.h>\n")
        self.write("src/optimize/a.cpp", "#include <immintrin.h>\n#include <sys/mman.h>\n#include <vector>\n")
        self.assertEqual(self.places(), ["src/optimize/a.cpp:1", "src/optimize/a.cpp:2", "src/x86/frame.cpp:1"])

    def test_refuses_unrooted_includes_and_unknown_folders(self):
        self.write("src/ir/a.cpp", '#include "a.h"\n')
        self.write("src/new/a.cpp", "#include <vector>\n")
        self.assertEqual(self.places(), ["src/ir/a.cpp:1", "src/new/a.cpp:1"])

    def test_shows_users_the_public_headers_only(self):
        self.write("examples/one/main.cpp", '#include <cogent/detail/x.h>\n#include "ir/program.h"\n')
        self.assertEqual(self.places(), ["examples/one/main.cpp:1", "examples/one/main.cpp:2"])


class Documentation(Tree):
    def complaints(self):
        code, lines = self.run_tool("scripts/check-documentation", self.root)
        self.assertEqual(code, 1 if len(lines) > 1 else 0)
        return lines[:-1]

    def test_accepts_what_exists(self):
        self.write("Makefile", "# Commands.\ndemo:\n")
        self.write("src/ir/program.h", "// The program.\n")
        self.write("README.md", "`make demo`, `ir/program.h`, `src/<any>/*.{h,cpp}`, `out/page.html`, `steady/KERNEL`\n")
        self.write("src/ir/program.cpp", "// The program.\n")
        self.assertEqual(self.complaints(), [])

    def test_refuses_names_of_nothing(self):
        self.write("Makefile", "# Commands.\ndemo:\n")
        self.write("src/ir/program.h", "// The program.\n")
        self.write("HACKING.md", "`src/ir/gone.h`\n\n```sh\nmake dance  # as in src/gone/\n```\n`names.cpp`\n")
        self.assertEqual(self.complaints(), [
            "HACKING.md:1: src/ir/gone.h does not exist", "HACKING.md:4: the Makefile has no target dance",
            "HACKING.md:4: src/gone/ does not exist", "HACKING.md:6: names.cpp does not exist"
        ])

    def test_knows_what_the_build_makes(self):
        self.write("examples/stages/stages.cpp", "// Stages.\n")
        self.write("examples/lessons/lesson_01_add.cpp", "// One.\n")
        self.write("examples/gallery/power.cpp", "// Power.\n")
        self.write("bench/gallery/CMakeLists.txt", "# Bench.\nadd_executable(gallery_bench main.cpp)\n")
        self.write("README.md", "`build/release/examples/stages explain`, `build/release/examples/lesson_01_add`,\n"
                   "`build/debug/examples/gallery_power`, `build/release/bench/gallery/gallery_bench`, `cmake --target lessons`\n")
        self.assertEqual(self.complaints(), [])
        self.write("README.md", "`build/release/examples/stages/stages`\n\n```\nbuild/release/examples/power\n"
                   "cmake --build --preset release --target lesson_02\n```\n")
        self.assertEqual(self.complaints(), [
            "README.md:1: the build makes no examples/stages/stages", "README.md:4: the build makes no examples/power",
            "README.md:5: the build has no target lesson_02"
        ])

    def test_shows_only_code_of_examples(self):
        self.write("examples/first/first.cpp", "// First.\nint main() {\n  return 0;\n}\n")
        self.write("README.md", "```cpp\nint main() { return 0; }\n```\n\n```cpp\nint main() { return 1; }\n```\n")
        self.assertEqual(self.complaints(), ["README.md:5: this C++ stands in no example"])

    def test_asks_for_comments_on_public_declarations(self):
        self.write(
            "include/cogent/a.h", """// A header.
namespace cogent {
namespace detail {
int hidden();
}
// Said.
class Explained {
 public:
  Explained();
  int covered() const { return 1; }

  int bare();

  Explained(const Other& other) : a_{1} {}

  explicit operator bool() const { return true; }

 private:
  int own();
};

template <class T>
T nothing(T x) {
  return x;
}
// Two at once.
int one();
int two();
}  // namespace cogent
""")
        self.assertEqual(self.complaints(), [
            "include/cogent/a.h:12: no comment above: int bare();", "include/cogent/a.h:22: no comment above: template <class T>"
        ])

    def test_asks_for_short_files_that_say_what_they_are(self):
        self.write("src/ir/long.cpp", "// Long.\n" + "int x;\n" * 500)
        self.write("src/ir/mute.cpp", "#include <vector>\n")
        self.assertEqual(self.complaints(), [
            "src/ir/long.cpp:501: longer than 500 lines",
            "src/ir/mute.cpp:1: the first line is no comment that says what the file is"
        ])


class CompileFail(Tree):
    def answer(self, text):
        program = self.write("program.cpp", text)
        return self.run_tool("tests/compile_fail/run", "--compiler", "g++", program)

    def test_matches_the_message(self):
        code, _ = self.answer('// expect: name the branch\n// expect: static assertion\nstatic_assert(false, "name the branch");\n')
        self.assertEqual(code, 0)

    def test_refuses_another_message(self):
        code, lines = self.answer('// expect: name the branch\nstatic_assert(false, "other words");\n')
        self.assertEqual(code, 1)
        self.assertIn("the compiler does not say: name the branch", "\n".join(lines))

    def test_refuses_what_must_not_be_said(self):
        code, lines = self.answer('// expect: name\n// reject: other\nstatic_assert(false, "name the other");\n')
        self.assertEqual(code, 1)
        self.assertIn("the compiler says: other", "\n".join(lines))

    def test_passes_the_options_on(self):
        self.assertEqual(self.answer("// expect-ok\n// options: -std=c++17 -DX=int\nX x = __cplusplus < 202000 ? 1 : throw 1;\n")[0], 0)

    def test_refuses_a_program_that_compiles(self):
        code, lines = self.answer("// expect: anything\nint x;\n")
        self.assertEqual(code, 1)
        self.assertIn("it must not compile, but does", lines[0])

    def test_refuses_a_program_without_expectation(self):
        self.assertEqual(self.answer("int x = ;\n")[0], 1)

    def test_compiles_what_must_compile(self):
        self.assertEqual(self.answer("// expect-ok\nint x;\n")[0], 0)
        self.assertEqual(self.answer("// expect-ok\nint x = ;\n")[0], 1)


class InstallPackages(Tree):
    """With stand-ins for dpkg-query and apt-get that tell what they were asked."""

    def answer(self, present):
        shutil.copytree(ROOT / "scripts", self.root / "scripts")
        self.write("packages.txt", "# comment\nhave-this  # and why\n\nhave-that\n")
        listing = "".join(f"echo 'installed {name}'\n" for name in present)
        self.write("bin/dpkg-query", f"#!/bin/sh\n{listing}exit 1\n").chmod(0o755)
        for name in ("apt-get", "sudo"):
            run_rest = 'exec "$@"\n' if name == "sudo" else ""
            self.write("bin/" + name, f'#!/bin/sh\necho {name} "$@" >> "{self.root}/log"\n{run_rest}').chmod(0o755)
        path = f"{self.root}/bin:{os.environ['PATH']}"
        answer = subprocess.run([self.root / "scripts/install-packages"], env={**os.environ, "PATH": path},
                                capture_output=True, text=True, stdin=subprocess.DEVNULL)
        self.assertEqual(answer.returncode, 0, answer.stderr)
        log = self.root / "log"
        return answer.stdout, log.read_text() if log.exists() else ""

    def test_is_quiet_when_all_is_there(self):
        self.assertEqual(self.answer(["have-this", "have-that", "another"]), ("", ""))

    def test_installs_only_what_is_missing(self):
        output, log = self.answer(["have-this"])
        self.assertEqual(output, "Installing (this takes a minute): have-that\n")
        self.assertIn("apt-get update", log)
        self.assertRegex(log, r"apt-get install .* have-that\n")
        self.assertNotIn("have-this", log)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[1:]])
