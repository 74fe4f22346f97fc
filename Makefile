.DEFAULT_GOAL := help
.PHONY: help setup setup-tests run sample test lint style types walls pytest coverage format bench lock clean

BIN := .venv/bin
PYTHON_FILES := correctionkit statements backoffice tests benchmarks scripts manage.py
export PYTHON

help: ## Show the targets · 显示可用命令
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install what is missing, make .venv · 安装所缺软件，创建 .venv
	@sh scripts/setup.sh

setup-tests:
	@sh scripts/setup.sh tests

run: setup ## Start the back office with its demo (PORT=8000) · 启动后台及演示数据（PORT=8000）
	@exec $(BIN)/python -m backoffice.serving

sample: setup ## Write a made-up package with faults and check it · 生成一份带错误的虚构材料包并检查
	@sh scripts/try_out.sh

# One that fails keeps none of the others from saying what it has to say.
test: ## Run every check and test · 运行全部检查和测试
	@$(MAKE) --no-print-directory --keep-going lint pytest

lint: style types walls ## Style, types, walls between modules · 代码风格、类型、模块边界

style: setup-tests
	$(BIN)/ruff check $(PYTHON_FILES)
	$(BIN)/ruff format --check $(PYTHON_FILES)

types: setup-tests
	$(BIN)/mypy

walls: setup-tests
	$(BIN)/lint-imports --no-logo

pytest: setup-tests
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal

# Apart: measuring takes twice as long as testing.
coverage: setup-tests ## Run the tests and measure what they reach · 运行测试并统计覆盖率
	$(BIN)/python -m pytest --cov --numprocesses auto --dist worksteal

format: setup ## Lay the code out · 整理代码格式
	$(BIN)/ruff check --fix $(PYTHON_FILES)
	$(BIN)/ruff format $(PYTHON_FILES)

bench: setup-tests ## Measure speed and memory beside peers · 与同类工具对比速度和内存
	@for each in benchmarks/[a-z]*.py; do echo "== $$each" && PYTHONPATH=. $(BIN)/python "$$each" || exit 1; done

lock: ## Renew requirements.lock (needs uv; LOCK=--upgrade takes newer releases) · 更新 requirements.lock
	uv pip compile setup.cfg --all-extras --universal --python-version 3.11 --generate-hashes --quiet \
		--no-header --no-emit-index-url --no-emit-find-links $(LOCK) --output-file requirements.lock

clean: ## Remove what was made, .venv too · 删除生成的文件，包括 .venv
	rm -rf .venv var build dist *.egg-info .coverage .coverage.* .pytest_cache .mypy_cache .ruff_cache \
		.hypothesis .import_linter_cache
	find correctionkit statements backoffice tests benchmarks scripts -name __pycache__ -type d -prune -exec rm -rf {} +
