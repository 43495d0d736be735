# make help tells what there is.

SHELL       := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

GOLANGCI_VERSION := 2.15.0
GOFUMPT_VERSION  := 0.12.0
FUZZTIME         ?= 60s
OPEN             ?=
SERVE            ?= yes
LISTEN           ?= 127.0.0.1:8080

DEMO    := build/demo
QALA    := bin/qala
GOLANGCI := bin/golangci-lint-$(GOLANGCI_VERSION)
GOFUMPT  := bin/gofumpt-$(GOFUMPT_VERSION)
NODE_MODULES := web/node_modules/.package-lock.json

# What has goroutines of its own is tested with the race detector too. It makes
# random cities ten times slower, so there are fewer of them. A process whose calls
# of the system are made to fail has one thread, and is left out.
RACE := ./internal/plan ./internal/message ./internal/feed ./internal/download ./internal/upkeep ./internal/store/... ./internal/job ./internal/office ./internal/stream ./internal/ogc ./internal/api ./internal/access ./internal/audit ./internal/approval ./internal/oidc ./internal/gate ./internal/monitor

VERSION_FLAGS := -X main.commit=$(shell git rev-parse --short=12 HEAD 2>/dev/null)

.PHONY: help demo release build web test test-go test-web arch soak golden lint fmt bench fuzz clean need-node

help: ## what each target does
	@echo "qala: make targets"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## bin/qala, with the console and the charts of the report when Node is here
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory web; \
	else echo "Node is not installed: bin/qala gets no console, and reports with tables and without charts"; fi
	@mkdir -p bin
	go build -trimpath -ldflags '$(VERSION_FLAGS)' -o $(QALA) ./cmd/qala

web: need-node $(NODE_MODULES) ## the console, and the part of the report that runs in a browser
	npm run --silent build --prefix web

$(NODE_MODULES): web/package-lock.json
	npm ci --no-audit --no-fund --prefix web

need-node:
	@command -v npm >/dev/null || { echo "Node 20 or later is needed here and is not installed: https://nodejs.org" >&2; exit 2; }

demo: build ## the example city from files to reports, then served; OPEN=1 shows them in a browser, SERVE=no ends before
	@mkdir -p $(DEMO)
	$(QALA) import examples/astana/city.yaml -o $(DEMO)/astana.qala
	@for event in match expo-peak; do \
		echo "$(QALA) run $(DEMO)/astana.qala examples/astana/events/$$event.yaml -o $(DEMO)/$$event.json"; \
		$(QALA) run $(DEMO)/astana.qala examples/astana/events/$$event.yaml -o $(DEMO)/$$event.json; \
		echo "$(QALA) report $(DEMO)/$$event.json -o $(DEMO)/$$event --lang all"; \
		$(QALA) report $(DEMO)/$$event.json -o $(DEMO)/$$event --lang all $(if $(OPEN),--open); \
	done
	@echo
	@echo "Does the plan still hold? Ask with: $(QALA) test examples/astana/tests"
	@echo "The reports are ready; open them in a browser:"
	@for event in match expo-peak; do echo "  $(CURDIR)/$(DEMO)/$$event/report.en.html"; done
	@if [ "$(SERVE)" != no ]; then \
		echo; echo "The same city for a team: the console at http://$(LISTEN)/console/, the API at http://$(LISTEN)/api/docs, its maps for QGIS at http://$(LISTEN)/ogc. Ctrl-C ends it."; \
		exec $(QALA) serve --data $(DEMO)/data --open --example --listen $(LISTEN); \
	fi

test: ## every test; what could not run here is told at the end
	@mkdir -p build
	@list=$$(mktemp "$(CURDIR)/build/not-run.XXXXXX"); status=0; \
	QALA_NOT_RUN="$$list" $(MAKE) -k --no-print-directory test-web test-go || status=$$?; \
	sort -u "$$list"; rm -f "$$list"; exit $$status

test-go:
	go vet ./...
	go test -race -timeout 20m ./internal/assign -skip Unconstrained -rapid.checks=30
	QALA_KILLS=8 go test -race -timeout 20m $(RACE) -skip 'EveryFailedSync|FailedWritesAreTold'
	go test -timeout 45m ./...

# The report in a browser is a Go test: internal/report.
test-web:
	@if ! command -v npm >/dev/null; then \
		case ",$${QALA_REQUIRE:-}," in *,node,*) echo "NOT RUN: web (node absent), and QALA_REQUIRE asks for it"; exit 1;; esac; \
		echo "NOT RUN: web (node absent)" | tee -a "$${QALA_NOT_RUN:-/dev/null}"; exit 0; \
	fi; \
	$(MAKE) --no-print-directory web; \
	npm run --silent check --prefix web; \
	npm run --silent test --prefix web

# The other architecture is run by an emulator of Debian's qemu-user-static.
OTHER    := $(if $(filter arm64,$(shell go env GOARCH)),amd64,arm64)
EMULATOR := $(if $(filter amd64,$(OTHER)),qemu-x86_64-static,qemu-aarch64-static)
ARCH     := build/arch

arch: ## the match of the example on another architecture: the same bytes
	@if ! command -v $(EMULATOR) >/dev/null; then \
		case ",$${QALA_REQUIRE:-}," in *,qemu,*) echo "NOT RUN: arch ($(EMULATOR) absent), and QALA_REQUIRE asks for it"; exit 1;; esac; \
		echo "NOT RUN: arch ($(EMULATOR) absent)" | tee -a "$${QALA_NOT_RUN:-/dev/null}"; exit 0; \
	fi; \
	mkdir -p $(ARCH); \
	go build -trimpath -o $(ARCH)/qala ./cmd/qala; \
	GOARCH=$(OTHER) go build -trimpath -o $(ARCH)/qala-$(OTHER) ./cmd/qala; \
	GOARCH=$(OTHER) go test -c -o $(ARCH)/journey-$(OTHER).test ./internal/journey; \
	(cd internal/journey && $(EMULATOR) $(CURDIR)/$(ARCH)/journey-$(OTHER).test -test.run VectorsPrice); \
	for run in "$(ARCH)/qala here" "$(EMULATOR) $(ARCH)/qala-$(OTHER) $(OTHER)"; do \
		as=$${run##* }; qala=$${run% *}; echo "$$qala"; \
		$$qala import examples/astana/city.yaml -o $(ARCH)/$$as.qala >/dev/null; \
		$$qala run $(ARCH)/$$as.qala examples/astana/events/match.yaml -o $(ARCH)/$$as.json >/dev/null; \
	done; \
	cmp $(ARCH)/here.qala $(ARCH)/$(OTHER).qala; \
	cmp $(ARCH)/here.json $(ARCH)/$(OTHER).json; \
	echo "the network and the results are the same bytes on $(OTHER)"

# What a release consists of: for each platform the program with what an administrator
# needs beside it, the sums of the archives, and the list of what is linked (CycloneDX).
# The same commit gives the same programs.
RELEASE  := build/release
SBOM     := go run github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod@v1.10.0

release: web ## archives for Linux on amd64 and arm64, with sums and the list of what is linked
	@rm -rf $(RELEASE)
	@for arch in amd64 arm64; do \
		to=$(RELEASE)/linux-$$arch; mkdir -p $$to; \
		GOOS=linux GOARCH=$$arch CGO_ENABLED=0 go build -trimpath -ldflags '-s -w $(VERSION_FLAGS)' -o $$to/qala ./cmd/qala || exit 1; \
		cp LICENSE README.md SECURITY.md docs/OPERATIONS.md deploy/qala.service $$to/; \
		tar -C $(RELEASE) --sort=name --owner=0 --group=0 --numeric-owner --mtime=@$$(git log -1 --format=%ct) -cf - linux-$$arch | gzip -n > $(RELEASE)/qala-linux-$$arch.tar.gz; \
	done
	@$(SBOM) app -json -noserial -notimestamp -main cmd/qala -output $(CURDIR)/$(RELEASE)/qala.cdx.json .
	@cd $(RELEASE) && sha256sum *.tar.gz qala.cdx.json > SHA256SUMS && cat SHA256SUMS

soak: ## long tests: a server killed a hundred times, batches of 200 runs, thousands of random cities under the race detector
	QALA_KILLS=100 QALA_BATCH=200 go test ./cmd/qala -count=1 -timeout 2h -v -run 'ServerThatIsKilled|NumberOfWorkers|KilledWorker'
	QALA_KILLS=100 go test ./internal/store/... ./internal/stream -count=1 -timeout 1h
	go test -race ./internal/assign -count=1 -timeout 2h -run 'Onto|Resumed|Played|Invariants|EverySecond' -rapid.checks=2000

golden: ## write anew what the tests of cities and of the command answer; look at the difference
	go test ./internal/assign -run Drawn -rewrite
	go test ./cmd/qala -run 'PlansAreTold|PageAboutTests' -rewrite
	go run ./cmd/qala test examples --rewrite
	go test ./internal/api -run Contract -rewrite

lint: $(GOLANGCI) $(GOFUMPT) ## the linters, for Go and for the web
	@unformatted=$$($(GOFUMPT) -l cmd internal doc.go); \
	if [ -n "$$unformatted" ]; then echo "not in gofumpt's form (make fmt mends it):"; echo "$$unformatted"; exit 1; fi
	$(GOLANGCI) run ./...
	go mod tidy -diff
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory lint-web; else echo "NOT RUN: web lint (node absent)"; fi

.PHONY: lint-web
lint-web: $(NODE_MODULES)
	npm run --silent lint --prefix web

fmt: $(GOFUMPT) ## bring the Go code into its form
	$(GOFUMPT) -w cmd internal doc.go

# Use the tool that is here when its version is the right one, else install it.
$(GOLANGCI):
	@mkdir -p bin
	@for have in "$$(command -v golangci-lint || true)" "$$(go env GOPATH)/bin/golangci-lint"; do \
		if [ -x "$$have" ] && "$$have" version --short 2>/dev/null | grep -Eqx 'v?$(GOLANGCI_VERSION)'; then ln -sf "$$have" $@; exit 0; fi; \
	done; \
	GOBIN="$(CURDIR)/bin" go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v$(GOLANGCI_VERSION) && mv bin/golangci-lint $@

$(GOFUMPT):
	@mkdir -p bin
	@for have in "$$(command -v gofumpt || true)" "$$(go env GOPATH)/bin/gofumpt"; do \
		if [ -x "$$have" ] && "$$have" -version 2>/dev/null | grep -q '^v$(GOFUMPT_VERSION) '; then ln -sf "$$have" $@; exit 0; fi; \
	done; \
	GOBIN="$(CURDIR)/bin" go install mvdan.cc/gofumpt@v$(GOFUMPT_VERSION) && mv bin/gofumpt $@

bench: build ## measure, and write docs/BENCH.md
	go test -run '^$$' -bench . -benchtime 1x ./...
	$(QALA) bench $(BENCH_CITIES) -o docs/BENCH.md
	$(QALA) bench load --rounds 3 -o docs/BENCH.md
	@if [ -d "$(QALA_DATA)/porto" ]; then $(QALA) import examples/porto/city.yaml -o build/porto.qala && $(QALA) bench streets build/porto.qala -o docs/BENCH.md && \
		$(QALA) bench feed $(QALA_DATA)/porto/gtfs/gtfs_stcp.zip -o docs/BENCH.md; fi

# Porto is measured where its data is.
QALA_DATA ?= ../shared/data
BENCH_CITIES := examples/astana/city.yaml $(addprefix examples/astana/events/,match.yaml expo-peak.yaml)
ifneq ($(wildcard $(QALA_DATA)/porto),)
BENCH_CITIES += examples/porto/city.yaml examples/porto/events/match-2023-09-23.yaml
endif

fuzz: ## every fuzz target for FUZZTIME (60s) each
	@go list ./... | while read -r package; do \
		go test -list '^Fuzz' "$$package" | { grep '^Fuzz' || true; } | while read -r target; do \
			echo "$$package $$target"; \
			go test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) "$$package"; \
		done; \
	done

clean: ## remove what make made
	rm -rf bin build
