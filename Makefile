.DEFAULT_GOAL := help
.PHONY: help setup demo public test test-full check lint fix bench screenshots lock

help: ## List the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## (.*)/  make \1\t\2/' | expand -t 22

setup: ## Install all that is missing, for the site and its tests
	@scripts/setup.sh test

demo: ## Make the demo city and its report, serve it on 127.0.0.1:8000 (SERVE=0: only make it; PORT=…; DATABASE_URL=postgres://…)
	@scripts/demo.sh

public: ## Serve the public site on 127.0.0.1:8001 (PORT=…), after make demo
	@scripts/public.sh

test: ## Run the tests, browser included
	@scripts/test.sh

test-full: ## Run the tests, the slow ones too
	@scripts/test.sh full

check: ## All that CI asks: format, lint, templates, migrations, deployment check, tests
	@scripts/check.sh
	@scripts/test.sh

lint: ## The fast half of check, without tests
	@scripts/check.sh

fix: ## Let the tools mend what they can
	@scripts/setup.sh test
	@.venv/bin/ruff check --fix .
	@.venv/bin/ruff format .

bench: ## Cost of the main pages, as ratios to a bare Django site, on PostgreSQL
	@scripts/setup.sh test
	@PG_FSYNC=on scripts/with_postgresql.sh .venv/bin/python -m bench

screenshots: ## Pictures of the demo city: few in docs/screenshots/, all pages in var/screenshots/
	@SERVE=0 scripts/demo.sh
	@scripts/setup.sh test
	@.venv/bin/python scripts/screenshots.py

lock: ## Write the exact requirements anew from requirements*.in
	@scripts/lock.sh
