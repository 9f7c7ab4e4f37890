# Every target does its own set-up; see README.md.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARTIFACT := output/vacancy_clusters.json
PORT ?= 8501

.PHONY: run demo test check format reader guard clean

run: demo  ## cluster the sample postings and serve the dashboard on http://localhost:8501
	$(BIN)/python -m streamlit run app.py --server.port $(PORT)

demo: $(VENV)/installed  ## the same without serving
	@test -f $(ARTIFACT) || { echo "Clustering the postings in vacancies/: about a minute, once."; $(BIN)/python main.py cluster-vacancies; }

test: $(VENV)/installed-dev  ## lint, types and every test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	@$(BIN)/python -m tests.browser.axe
	$(BIN)/python -m pytest -n 2 --dist loadfile

reader: $(VENV)/installed-dev  ## train the resume reader anew, half an hour on one core, and measure it on what was left out
	$(BIN)/python -m pipeline.resumes.training.train
	$(BIN)/python -m pipeline.resumes.training.calibrate
	$(BIN)/python -m pipeline.resumes.training.measure

format: $(VENV)/installed-dev  ## put the code into its usual form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

guard: $(VENV)/installed-dev  ## train the judge of the fact guard anew, about two hours on one core
	$(BIN)/python -m benchmarks.guard_training

clean:  ## remove the environment and everything that was written, but for the caches of the tools
	rm -rf $(VENV) output/cache output/*.json output/*.csv output/history output/variants output/samples output/screenshots

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

# The stamps make a second run install nothing until a list of packages changes.
$(VENV)/installed: requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/installed-dev: requirements-dev.txt requirements-scale.txt requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ $(VENV)/installed
