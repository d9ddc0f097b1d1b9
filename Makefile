# Two commands are enough: `make run` and `make test`. `make help` lists the rest.

SHELL    := bash
GO       ?= go
TOOL     := $(GO) tool -modfile=tools/go.mod
BIN      := bin/parley
VERSION  := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
LDFLAGS  := -s -w -X main.release=$(VERSION)
DATA     ?= data
FUZZ     ?= 20
LISTEN   ?= 127.0.0.1:8080
WEB_SRC  := $(shell find web -path '*/node_modules' -prune -o -path web/dist -prune -o -type f -print 2>/dev/null)
GO_SRC   := $(shell find . -path "*/node_modules" -prune -o -name '*.go' -print -o -name '*.sql' -print 2>/dev/null)

.PHONY: help run build web check test test-go test-web walks bench fuzz soak mutants rules update clean

help: ## this list
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' Makefile

run: build ## build everything and serve the demo center
	@while :; do $(BIN) serve --demo --data $(DATA) --listen $(LISTEN); code=$$?; [ $$code -eq 74 ] || exit $$code; sleep 1; done

build: $(BIN) ## the one binary, with the front end inside

$(BIN): web/dist/built $(GO_SRC) go.mod go.sum
	@echo "Building the server"
	@CGO_ENABLED=0 $(GO) build -trimpath -ldflags '$(LDFLAGS)' -o $(BIN) ./cmd/parley

web: web/dist/built ## the front end alone

web/dist/built: web/node_modules/installed $(WEB_SRC)
	@echo "Building the front end"
	@cd web && npm run --silent build
	@touch $@

web/node_modules/installed: web/package-lock.json
	@scripts/need node
	@echo "Fetching what the front end is made of"
	@cd web && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

check: web/node_modules/installed ## what a commit needs: format, vet, lint, types, short tests
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { echo "gofmt these:"; gofmt -l $$(git ls-files '*.go'); exit 1; }
	@$(GO) vet ./...
	@$(TOOL) golangci-lint run --timeout 5m
	@cd web && npm run --silent check
	@$(GO) test -short . ./internal/routing ./internal/settings ./internal/script ./internal/identity

test: ## everything, on a fresh machine; installs or starts what it needs
	@scripts/test

test-go: build ## the Go tests alone
	@$(TOOL) gotestsum --format pkgname -- -timeout 20m ./...

test-web: web/dist/built ## the front end's unit tests alone
	@cd web && npm test --silent

walks: build ## the browser walks alone
	@scripts/need chromium
	@cd web && PARLEY_BIN=$(CURDIR)/$(BIN) npm run --silent walks

bench: build ## measure; writes docs/benchmarks.md
	@scripts/need postgres
	@$(GO) run ./bench -bin $(BIN) -out docs/benchmarks.md $(BENCH)

fuzz: ## every parser against random bytes, FUZZ seconds each
	@grep -rHo --include='*_test.go' '^func Fuzz[A-Za-z]*' $$(git ls-files '*_test.go') | while IFS=: read -r file name; do \
		$(GO) test -run '^$$' -fuzz "^$${name#func }$$" -fuzztime $(FUZZ)s "./$$(dirname "$$file")" || exit 1; done

soak: build ## the long form of the tests
	@scripts/need postgres chromium strace
	@PARLEY_SOAK=1 PARLEY_DAYS=200000 PARLEY_ROUNDS=500 $(GO) test -count=1 -timeout 12h ./internal/routing ./internal/drill

mutants: build ## plant each known mistake and show which test finds it
	@scripts/need postgres strace
	@$(GO) run ./internal/drill/mutants

rules: ## every rule and feature with its tests and walks
	@$(GO) run ./internal/drill/rules

update: ## rewrite the golden files; review the diff
	@$(GO) test ./internal/routing ./internal/store ./internal/api -update
	@cd web && npm run --silent types --workspace @parley/protocol

clean:
	@rm -rf bin web/dist web/node_modules oracles/node_modules
