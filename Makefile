# The commands of the house. Each first installs what is missing of packages.txt.
JOBS ?= $(shell nproc)
BUILD = cmake --build --parallel $(JOBS) --preset
BENCHMARKS = bench stencils_bench gallery_bench start_up_bench growth_bench service_bench lanes_bench parallel_bench pipelines_bench
TEST = ctest --parallel $(JOBS) --preset

.PHONY: help demo test test-all fuzz bench format check packages

help:
	@echo "make demo      the walkthrough: builds it (the first time: about four minutes), runs it, names the page it wrote"
	@echo "make test      builds with both compilers and runs the tests (quick set, sanitizers)"
	@echo "make test-all  every preset, every test in full, the lint of every file"
	@echo "make fuzz      random programs, run in every way; texts of pipelines, pictures: TIME=60 (seconds each), SEED=1"
	@echo "make bench     the benchmarks, and their ratios as a table"
	@echo "make format    formats the C++ files"
	@echo "make check     format, lint, layering, documentation"

packages:
	@scripts/install-packages

# The build folder of a preset, brought up to date with the CMake files.
configure-%: packages
	@cmake --preset $* >/dev/null

demo: configure-release
	@[ -e build/release/examples/walkthrough ] || echo "Building the libraries, the program and the walkthrough; this takes about four minutes."
	@$(BUILD) release --target walkthrough cogent_program
	@build/release/examples/walkthrough
	@scripts/contact-sheet build/release/cli/cogent out/walkthrough/index.html
	@echo "The page: $(CURDIR)/out/walkthrough/index.html"

# g++, and a sample by clang with the sanitizers. The full run of the release build comes last: its closing lines sum up.
test: configure-release configure-asan
	$(BUILD) release
	$(BUILD) asan --target sample
	$(TEST) asan
	$(TEST) release

test-all: export COGENT_TEST_ALL = 1
test-all: configure-release configure-release-clang configure-debug configure-asan configure-tsan
	$(BUILD) release
	$(BUILD) release --target $(BENCHMARKS)
	$(BUILD) release-clang
	$(BUILD) debug
	$(BUILD) asan
	$(BUILD) tsan
	scripts/check-all
	$(TEST) release-clang-all
	$(TEST) debug-all
	$(TEST) asan-all
	$(TEST) tsan
	$(TEST) release-all

# A random seed unless one is given: each run tries programs that nobody has tried.
fuzz: TIME = 60
fuzz: SEED = $(shell date +%s)000000
fuzz: SAMPLE = 1000
fuzz: configure-release configure-asan
	@$(BUILD) release --target fuzz
	@build/release/tests/fuzz --seconds=$(TIME) --seed=$(SEED) --sample=$(SAMPLE)
	@$(BUILD) asan --target pipeline_text_fuzzer picture_headers_fuzzer
	@for name in pipeline_text picture_headers; do \
	  mkdir -p out/fuzz/$$name && \
	  build/asan/tests/libfuzzer/$${name}_fuzzer -max_total_time=$(TIME) -artifact_prefix=out/fuzz/ \
	    out/fuzz/$$name tests/libfuzzer/seeds/$$name || exit 1; \
	done

bench: configure-release
	@$(BUILD) release --target $(BENCHMARKS) cogent_program
	@mkdir -p out
	@build/release/bench/bench --benchmark_out=out/bench.json --benchmark_out_format=json
	@build/release/bench/stencils_bench
	@build/release/bench/stencils_bench table
	@build/release/bench/stencils_bench pictures
	@build/release/bench/gallery/gallery_bench
	@build/release/bench/growth/start_up_bench
	@build/release/bench/growth/growth_bench
	@build/release/bench/service/service_bench
	@build/release/bench/lanes/lanes_bench
	@build/release/bench/parallel/parallel_bench
	@build/release/bench/pipelines/pipelines_bench
	@bench/program/program_bench build/release/cli/cogent

format: packages
	@scripts/check-format --fix

check: configure-release-clang
	@scripts/check-all
