# hs-tools: HubSpot CRM data into tables, through pipes.  `make help` lists
# the targets.  CC, CFLAGS, LDFLAGS, PREFIX and DESTDIR are yours to set;
# everything built lands in .build/.
PREFIX ?= /usr/local
VERSION = 0.1.0
BUILD = .build
FUZZ_TIME ?= 60

TOOLS = $(patsubst tools/%/main.c,%,$(wildcard tools/*/main.c))
MANS = $(wildcard man/*.[157])
LIB = $(patsubst %.c,$(BUILD)/%.o,$(wildcard lib/*.c))
UNITS = $(patsubst %.c,$(BUILD)/%,$(wildcard tests/unit/*.c tests/unit/*/*.c))
FUZZERS = $(patsubst %.c,$(BUILD)/%,$(wildcard tests/fuzz/*.c tests/fuzz/hs-*/*.c))
REPLAY = $(BUILD)/tests/fuzz/replay/main.o
SHIMS = $(patsubst %.c,$(BUILD)/%.so,$(wildcard tests/shim/*.c))
STANDIN = $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/standin/*.c))

CFLAGS ?= -O2 -g
override CPPFLAGS += -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 -D_TIME_BITS=64 \
	-DHS_VERSION='"$(VERSION)"' -Ilib -Itools
WARN = -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes \
	-Wmissing-prototypes -Wvla -Wformat=2
HARDEN = -fstack-protector-strong -fPIE \
	$(if $(findstring -fsanitize,$(CFLAGS)),,-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
ALL_CFLAGS = -std=c11 $(WARN) $(HARDEN) $(CFLAGS) -MMD -MP
ALL_LDFLAGS = -pie -Wl,-z,relro,-z,now -Wl,--as-needed $(LDFLAGS)
# Every program may name every library; the archive and --as-needed keep
# those that it uses, and tests/00-floors.t says which those may be.
LIBS = -lcurl -lcjson -lyaml -pthread
# `make V=1` shows the commands.
Q = $(if $(V),,@echo '  $(1)	$@' &&)

all: $(TOOLS:%=$(BUILD)/bin/%)

# A program's parts: what is in its folder, but for its main.
parts = $(patsubst %.c,$(BUILD)/%.o,$(filter-out %/main.c,$(wildcard tools/$(1)/*.c)))
.SECONDEXPANSION:

$(BUILD)/lib/%.o $(BUILD)/tools/%.o: ALL_CFLAGS += -Wconversion
$(BUILD)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(call Q,CC) $(CC) $(CPPFLAGS) $(ALL_CFLAGS) -c -o $@ $<
$(BUILD)/libhs.a: $(LIB)
	@rm -f $@
	$(call Q,AR) $(AR) rcs $@ $(LIB)
$(BUILD)/tools/%.a: $$(call parts,$$*)
	@rm -f $@
	$(call Q,AR) $(AR) rcs $@ $^
# The archives of a program's or a test's own folder, then of lib.
$(BUILD)/bin/%: $(BUILD)/tools/%/main.o $(BUILD)/tools/%.a $(BUILD)/libhs.a
	@mkdir -p $(@D)
	$(call Q,LD) $(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)
own = $(patsubst %,$(BUILD)/tools/%.a,$(filter $(TOOLS),$(notdir $(1))))
$(BUILD)/tests/unit/%: $(BUILD)/tests/unit/%.o $$(call own,$$(@D)) $(BUILD)/libhs.a
	$(call Q,LD) $(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)
$(BUILD)/tests/fuzz/%: $(BUILD)/tests/fuzz/%.o $(REPLAY) $$(call own,$$(@D)) $(BUILD)/libhs.a
	$(call Q,LD) $(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)
$(BUILD)/tests/shim/%.so: tests/shim/%.c Makefile
	@mkdir -p $(@D)
	$(call Q,LD) $(CC) $(CPPFLAGS) -std=c11 $(WARN) -fPIC -shared -o $@ $<
$(BUILD)/tests/standin/standin: $(STANDIN)
	$(call Q,LD) $(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $(STANDIN) -lmicrohttpd -lz
.SECONDARY:

deps: ## install what building and testing need (apt, dnf, apk, pacman, brew)
	@sh tests/deps.sh
deps-dev deps-test deps-bench: ## and for lint and fuzz; databases' tests; bench
	@sh tests/deps.sh $(@:deps-%=%)
demo: all $(BUILD)/tests/standin/standin ## run a pipeline against a local stand-in for HubSpot
	@BUILD=$(BUILD) sh tests/demo/run.sh
programs: all $(UNITS) $(FUZZERS) $(SHIMS) $(BUILD)/tests/standin/standin
# Four at a time, since many wait more than they work, and those that last
# longest first; those that measure, tests/9*, alone at the end.
PROVE = prove -j4 --rules='par=tests/{0,1,2,3,4,5,6,8}*' --rules='par=**/unit/*'
LONG = $(wildcard tests/3*.t tests/2*.t tests/8*.t tests/0*.t)
TESTS = $(LONG) $(filter-out $(LONG),$(sort $(wildcard tests/*.t)))
check: programs ## run every test
	@BUILD=$(BUILD) CC='$(CC)' $(PROVE) $(PROVE_FLAGS) $(TESTS) $(UNITS)
check-san: ## the same tests under ASan and UBSan
	@$(MAKE) --no-print-directory BUILD=.build/san check CFLAGS='-O1 -g \
	-fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover'
coverage: ## the lines and branches that tests reach (FILE=lib/x.c: miss)
	@MAKE='$(MAKE)' sh tests/coverage/run.sh $(FILE)
check-chdb: programs ## ClickHouse's tests with a new engine, npm's chdb (560 MB)
	@npm install --prefix $(BUILD)/chdb --no-audit --no-fund --loglevel=error chdb@3.4.0
	@BUILD=$(BUILD) CHDB='$(CURDIR)/$(BUILD)/chdb/node_modules' prove tests/75*.t tests/76*.t
fuzz: ## run each fuzz harness for FUZZ_TIME seconds (clang)
	@$(MAKE) --no-print-directory BUILD=.build/fuzz fuzzers CC=clang REPLAY= \
	LDFLAGS=-fsanitize=fuzzer CFLAGS='-O1 -g -fno-sanitize-recover \
	-fsanitize=fuzzer-no-link,address,undefined'
	@printf '%s\n' $(FUZZERS:$(BUILD)/%=.build/fuzz/%) | \
	FUZZ_TIME=$(FUZZ_TIME) xargs -P 2 -n 1 sh tests/fuzz/run.sh
fuzzers: $(FUZZERS)
bench: all $(BUILD)/tests/standin/standin ## measure, beside jq, Miller, curl, ...
	@BUILD=$(BUILD) sh tests/bench/run.sh
soak: all $(BUILD)/tests/standin/standin ## faults, kills: SOAK_TIME, _RECORDS, _RUNS
	@BUILD=$(BUILD) CC='$(CC)' sh tests/soak/run.sh
lint: ## formatting, manuals, static analysis
	@sh tests/lint.sh $(CPPFLAGS)

SHARE = $(DESTDIR)$(PREFIX)/share
BASHDIR = $(SHARE)/bash-completion/completions
ZSHDIR = $(SHARE)/zsh/site-functions
install: all ## programs, manuals, completions below DESTDIR PREFIX
	install -d $(DESTDIR)$(PREFIX)/bin $(BASHDIR) $(ZSHDIR) \
	    $(SHARE)/man/man1 $(SHARE)/man/man5 $(SHARE)/man/man7
	install $(TOOLS:%=$(BUILD)/bin/%) $(DESTDIR)$(PREFIX)/bin
	for m in $(MANS); do \
	    install -m 644 $$m $(SHARE)/man/man$${m##*.} || exit; done
	for t in $(TOOLS); do install -m 644 tools/completions/hs-tools.bash \
	    $(BASHDIR)/$$t || exit; done
	install -m 644 tools/completions/hs-tools.zsh $(ZSHDIR)/_hs-tools
uninstall: ## remove what install put there
	rm -f $(TOOLS:%=$(DESTDIR)$(PREFIX)/bin/%) $(TOOLS:%=$(BASHDIR)/%) \
	    $(ZSHDIR)/_hs-tools
	for m in $(MANS); do \
	    rm -f $(SHARE)/man/man$${m##*.}/$${m#man/} || exit; done
check-install: all ## install, try, uninstall, find nothing left
	@BUILD=$(BUILD) MAKE='$(MAKE)' sh tests/check-install.sh
dist: ## a source archive of HEAD in .build/
	@mkdir -p $(BUILD)
	git archive --prefix=hs-tools-$(VERSION)/ -o $(BUILD)/hs-tools-$(VERSION).tar.gz HEAD
deb: ## a Debian package of HEAD in .build/deb/
	@BUILD=$(BUILD) sh tests/deb.sh $(VERSION)
clean: ## remove .build/
	rm -rf .build
help: ## this list
	@awk -F ':.*## ' '/^[a-z -]+:.*## / {printf "%-29s %s\n", $$1, $$2}' Makefile

.PHONY: all programs deps deps-dev deps-test deps-bench demo check check-san check-chdb \
	coverage fuzz fuzzers bench soak lint install uninstall check-install dist \
	deb clean help
-include $(shell find .build -name '*.d' 2>/dev/null)
