.PHONY: help demo test lint format lifecycle wheel screenshots bench drill core-tests install clean
SHELL := bash

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20
	@echo
	@echo "  ODOO_HOME=/path/to/odoo uses your Odoo 19 and downloads none; PGHOST=… uses your PostgreSQL."

demo: ## a French company with its debtors at http://127.0.0.1:8069 (FRESH=1 rebuilds, SERVE=0 only prints)
	@dev/demo.sh

test: ## all tests (T=path runs only that path)
	@dev/test.sh

lint: ## every check of style and of Odoo's conventions
	@dev/lint.sh

format: ## formats Python and XML
	@dev/lint.sh --fix

lifecycle: ## installs, upgrades and uninstalls the addon, and looks for what is left (FROM=REVISION upgrades from it)
	@dev/lifecycle.sh

wheel: ## builds the addon's Python package in dist/
	@dev/wheel.sh

screenshots: ## takes the pictures of the README again
	@SCREENSHOTS=docs/screenshots T=tests/system/test_screens.py dev/test.sh

bench: ## measures the addon on a large database
	@dev/bench.sh

drill: ## kills, restarts and breaks what the night jobs need, and counts what was lost
	@dev/drill.sh

core-tests: ## Odoo's own tests without the addon and with it, compared (TAGS=/sale runs less)
	@dev/core_tests.sh

install: ## Odoo, its packages and PostgreSQL, once
	@dev/install.sh
	@dev/postgres.sh start

clean: ## removes all that these commands made
	@dev/postgres.sh remove
	rm -rf .odoo .venv .venv-lint dist out
