# 新机器上只需 Python 3.10 以上：make demo 看演示，make test 跑测试。
# A fresh machine needs Python 3.10 or newer and nothing else: make demo, make test.

VENV ?= .venv
PYTHON ?= $(firstword $(foreach name,python3.13 python3.12 python3.11 python3.10 python3 python,$(if $(shell $(name) -c 'import ensurepip, sys, venv; print(1) if sys.version_info >= (3, 10) else None' 2>/dev/null),$(name))))
BIN := $(VENV)/bin
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check
PYTHONS ?= python3.10 python3.11 python3.12 python3.13
WHEEL = $(abspath $(VENV)-wheel)

.PHONY: help demo test lint docs examples dist release lowest quality bench fuzz nightly corpus-trial clean

help:
	@echo 'make demo   读取、校验并写出一份真实预算 / read, check and write a real budget'
	@echo 'make test   跑全部测试 / run every test'
	@echo 'make lint   检查代码风格与类型 / check style and types'
	@echo 'make docs     生成文档网站到 site/ / build the documentation into site/'
	@echo 'make examples 在全新环境里跑示例笔记本 / run the example notebooks in a fresh environment'
	@echo 'make dist     构建并检查 wheel 与 sdist / build wheel and sdist, check what is in them and try the wheel'
	@echo 'make release  另在各版本 Python 上对 wheel 跑全部测试 / and run every test against the wheel on every Python'
	@echo 'make lowest   以声明的最低版本依赖跑全部测试 / run every test with the lowest versions that are declared'
	@echo 'make quality  分支覆盖率与变异得分，低于目标则失败 / branch coverage and mutation score, and whether they suffice'
	@echo 'make bench  测量速度（同一次运行内的比值） / measure speed, as ratios within one run'
	@echo 'make corpus-trial  两千份生成的工作簿读成数据集，中途中断再续 / 2,000 generated workbooks, killed and resumed'
	@echo 'make fuzz   读随机改动过的真实文件 / read real files with bytes changed at random'
	@echo 'make nightly  用二十倍的随机例子跑属性测试 / try the properties on twenty times as many random examples'
	@echo 'make clean  删除生成的文件 / remove what was made'

demo: $(VENV)/.installed
	@$(BIN)/govbudget demo --output out

# In CI on every core; the tests of a module stay together, since they share what is costly to make.
test: $(VENV)/.installed-dev
	@$(BIN)/python -m pytest $(if $(CI),--numprocesses auto --dist loadfile) $(ARGS)

lint: $(VENV)/.installed-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

docs: $(VENV)/.installed-dev
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	@echo 'site/index.html'

# What the notebooks say to install, and what runs notebooks, and nothing else.
examples:
	@rm -rf '$(VENV)-examples' && $(PYTHON) -m venv '$(VENV)-examples'
	@$(VENV)-examples/bin/python -m pip install --quiet --disable-pip-version-check '.[pandas,plot]' ipykernel nbclient
	@cd examples && for notebook in *.ipynb; do '$(abspath $(VENV)-examples)/bin/jupyter' execute --timeout=120 "$$notebook" || exit 1; done
	@rm -rf '$(VENV)-examples'

# Nothing but what the library itself needs is in the environment where the wheel is tried.
dist: $(VENV)/.installed-dev
	@rm -rf dist '$(WHEEL)' && $(BIN)/python -m build --quiet >/dev/null
	@$(BIN)/twine check --strict dist/*
	@$(BIN)/check-wheel-contents dist/*.whl
	@$(PYTHON) -m venv '$(WHEEL)' && '$(WHEEL)/bin/python' -m pip install --quiet --disable-pip-version-check dist/*.whl
	@cd '$(WHEEL)' && bin/python -I -c 'import govbudget, sys; assert govbudget.__file__.startswith(sys.prefix)'
	@cd '$(WHEEL)' && bin/govbudget demo --output out >/dev/null && bin/govbudget subject 2010301
	@cd '$(WHEEL)' && bin/govbudget check out/dazhou_2024_chongqing.xlsx --format json >/dev/null; test $$? = 1
	@rm -rf '$(WHEEL)'

# The tests of the sdist without its modules, against the wheel: $(call against,INTERPRETER,OPTIONS OF THE INSTALLER)
define against
	@echo 'wheel: $(1) $(2)'
	@rm -rf '$(WHEEL)' && mkdir -p '$(WHEEL)/sdist' && tar -xzf dist/*.tar.gz -C '$(WHEEL)/sdist' --strip-components=1
	@find '$(WHEEL)/sdist/src' -name '*.py' -delete
	@$(BIN)/uv venv --quiet --python $(1) '$(WHEEL)/env'
	@$(BIN)/uv pip install --quiet --python '$(WHEEL)/env' $(2) '.[dev]'
	@$(BIN)/uv pip install --quiet --python '$(WHEEL)/env' --no-deps --reinstall dist/*.whl
	@cd '$(WHEEL)/sdist' && GOVBUDGET_WHEEL=1 ../env/bin/python -m pytest tests --pyargs govbudget $(ARGS)
	@rm -rf '$(WHEEL)'

endef

release: dist
	$(foreach python,$(PYTHONS),$(call against,$(python),))

lowest: dist
	$(call against,$(firstword $(PYTHONS)),--resolution lowest-direct)

# Of the changes of checks/ a sample; all of them: make quality SAMPLE=100000
SAMPLE ?= 300
SEED ?= 1
quality: $(VENV)/.installed-dev
	@CI=true $(BIN)/python -m pytest -q --cov --cov-report=term --cov-report=json:out/coverage.json --ignore=tests/test_speed.py $(ARGS)
	@$(BIN)/python tools/branches.py out/coverage.json --at-least 95
	@$(BIN)/python tools/mutation.py --at-least 80 src/govbudget/amounts.py --tests tests/test_amounts.py
	@$(BIN)/python tools/mutation.py --at-least 80 --sample $(SAMPLE) --seed $(SEED) src/govbudget/checks

$(BIN)/python:
	@test -n '$(PYTHON)' || { echo '需要 Python 3.10 以上（含 venv，Debian/Ubuntu 为 python3-venv） / Python 3.10 or newer with venv is needed' >&2; exit 1; }
	@echo '建立 $(VENV) / creating $(VENV): $(PYTHON)'
	@$(PYTHON) -m venv '$(VENV)'

$(VENV)/.installed: $(BIN)/python pyproject.toml
	@echo '安装 govbudget / installing govbudget'
	@$(INSTALL) --editable .
	@touch $@

$(VENV)/.installed-dev: $(BIN)/python pyproject.toml
	@echo '安装 govbudget 与开发工具 / installing govbudget and its development tools'
	@$(INSTALL) --editable '.[dev]'
	@touch $@ $(VENV)/.installed

bench: $(VENV)/.installed-dev
	@$(BIN)/python -m benchmarks $(ARGS)

corpus-trial: $(VENV)/.installed-dev
	@$(BIN)/python -m benchmarks.trial $(ARGS)

# Nightly. A number of files, and a seed: make fuzz ARGS="20000 7"
fuzz: $(VENV)/.installed-dev
	@$(BIN)/python -m benchmarks.fuzz $(ARGS)

# Only what draws its examples; a part with make nightly ARGS="tests/checks"
nightly: $(VENV)/.installed-dev
	@HYPOTHESIS_PROFILE=nightly $(BIN)/python -m pytest -m hypothesis --numprocesses auto $(ARGS)

clean:
	rm -rf '$(VENV)' '$(VENV)-examples' '$(WHEEL)' .coverage* out site build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
