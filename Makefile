# cappvd. On a bare Debian 12, `make run` serves a demo library and `make test` runs every test; see README.md.
BUILD ?= build
PREFIX ?= /usr/local

.PHONY: all run test check bench fuzz soak install clean configure asan
all: configure
	@ninja -C $(BUILD) --quiet

# Sets up or, when a file came or went, reconfigures; so nobody has to list files.
configure:
	@tools/packages.sh build
	@mkdir -p $(BUILD)
	@python3 tools/sources.py > $(BUILD)/sources.now
	@if [ ! -f $(BUILD)/build.ninja ]; then meson setup $(BUILD) $(MESON_OPTIONS) > $(BUILD)/setup.log || { cat $(BUILD)/setup.log; exit 1; }; \
	elif ! cmp -s $(BUILD)/sources.now $(BUILD)/sources.txt; then meson setup --reconfigure $(BUILD) > $(BUILD)/setup.log || { cat $(BUILD)/setup.log; exit 1; }; fi
	@mv $(BUILD)/sources.now $(BUILD)/sources.txt

run: all
	@$(BUILD)/cappvd demo --data $(BUILD)/demo --listen 127.0.0.1:8080

test:
	@tools/packages.sh build test
	@python3 tools/test.py

check:
	@tools/packages.sh build test
	@python3 tools/check.py

bench:
	@tools/packages.sh build bench
	@$(MAKE) --no-print-directory all
	@python3 tools/bench.py

fuzz:
	@tools/packages.sh build test
	@python3 tools/fuzz.py --seconds 60

# The long runs: an hour of kills, of random actors and of every fuzz target.
soak:
	@tools/packages.sh build test
	@python3 tools/soak.py

# Warnings are errors in the plain build alone: with sanitizers gcc warns of code that the sanitizers put in.
asan:
	@$(MAKE) --no-print-directory BUILD=build-asan MESON_OPTIONS='-Db_sanitize=address,undefined -Db_lundef=false -Dwerror=false -Doptimization=1' all

install: all
	install -D -m 755 $(BUILD)/cappvd $(DESTDIR)$(PREFIX)/bin/cappvd
	install -D -m 644 deploy/cappvd.service $(DESTDIR)$(PREFIX)/lib/systemd/system/cappvd.service
	mkdir -p $(DESTDIR)$(PREFIX)/share/bash-completion/completions
	$(BUILD)/cappvd document completion > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/cappvd
	mkdir -p $(DESTDIR)$(PREFIX)/share/man/man1
	$(BUILD)/cappvd document man --out $(DESTDIR)$(PREFIX)/share/man/man1

clean:
	rm -rf build build-asan build-fuzz
