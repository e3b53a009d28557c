# cappvd. `make run` and `make test` work on a bare Debian 12; see README.md.
all: build/cappvd

build/build.ninja: meson.build
	@test -d build/meson-private || meson setup build >/dev/null

# Reconfigures when a file came or went, so that nobody has to list files.
.PHONY: all build/cappvd listing
listing: build/build.ninja
	@python3 tools/sources.py > build/sources.now
	@cmp -s build/sources.now build/sources.txt || { meson setup --reconfigure build >/dev/null && mv build/sources.now build/sources.txt; }

build/cappvd: listing
	@ninja -C build --quiet
