# Two commands do everything: `make` builds the draft report, `make test` proves that the program works.
# A new machine needs python3 (3.11 or later) and make. Every target is a verb of the command `rapport`.

PYTHON ?= python3
RAPPORT = .venv/bin/rapport
PIP = .venv/bin/python -m pip --disable-pip-version-check -qq install --require-hashes --only-binary :all:
MAKEFLAGS += --no-print-directory

# A virtual environment holds absolute paths: one that was moved or copied is made again.
ifneq ($(shell cat .venv/place 2>/dev/null),$(CURDIR))
CLEAR = --clear
.venv/run: MOVED
endif

.PHONY: build public confidential verify check english translation status budget letters forms intake draft review decide apply answers redline consent review-names bench-names watch bench explain clean help test lint lock MOVED
.DEFAULT_GOAL := build

build: .venv/run ## vérifie, fusionne et compile le projet de rapport (DOCX, PDF et HTML) / build the draft
	@$(RAPPORT) build

public: .venv/run ## le dossier à déposer, une fois tout en règle (ENGLISH=oui : en anglais) / the submission package
	@$(RAPPORT) public $(if $(ENGLISH),--report-language en)

confidential: .venv/run ## le même pour l'édition confidentielle, à ne pas diffuser / the same, not to be circulated
	@$(RAPPORT) confidential $(if $(ENGLISH),--report-language en)

verify: .venv/run ## relit les fichiers de build/ et les compare à ce qui a été écrit / read the outputs back
	@$(RAPPORT) verify

check: .venv/run ## vérifie les contributions, sans rien produire (ENGLISH=oui : leurs traductions aussi) / check only
	@$(RAPPORT) check $(if $(ENGLISH),--report-language en)

english: .venv/run ## compile le projet de rapport en anglais, avec les mêmes numéros / build the draft in English
	@$(RAPPORT) build --report-language en

translation: .venv/run ## écrit ou met à jour les fichiers des traductions : make translation ASSOCIATION=… THEME=… / translators' files
	@$(RAPPORT) translation $(if $(ASSOCIATION),--association "$$ASSOCIATION") $(if $(THEME),--theme "$$THEME")

status: .venv/run ## qui a envoyé quoi, thème par thème / who sent what
	@$(RAPPORT) status

budget: .venv/run ## compte les mots contre ce qui est prévu / words against the budget
	@$(RAPPORT) budget

letters: .venv/run ## écrit une lettre à chaque association, dans build/lettres/ / one letter to each association
	@$(RAPPORT) letters

forms: .venv/run ## écrit les formulaires à envoyer : make forms ASSOCIATION=… THEME=… / forms for associations (Word, LibreOffice)
	@$(RAPPORT) forms $(if $(ASSOCIATION),--association "$$ASSOCIATION") $(if $(THEME),--theme "$$THEME")

intake: .venv/run ## reprend les fichiers reçus : make intake FILE=… ASSOCIATION=… THEME=… ACCEPT=suivi REPLACE=oui CITATIONS=oui / take in Word files
	@$(RAPPORT) intake $(if $(ASSOCIATION),--association "$$ASSOCIATION") $(if $(THEME),--theme "$$THEME") \
	  $(if $(ACCEPT),--accept-changes) $(if $(REPLACE),--replace) $(if $(CITATIONS),--citations) $(if $(FILE),"$$FILE")

draft: .venv/run ## fige un projet numéroté à envoyer : make draft ASSOCIATION=… (ou toutes) REBUILD=3 / freeze a numbered draft
	@$(RAPPORT) draft $(if $(ASSOCIATION),--association "$$ASSOCIATION") $(if $(REBUILD),--rebuild "$$REBUILD")

review: .venv/run ## lit les projets revenus (ou FILE=…) et tient le registre des remarques / read drafts that came back
	@$(RAPPORT) review $(if $(FILE),"$$FILE")

decide: .venv/run ## montre les remarques ouvertes et note les décisions : make decide N=… ACCEPT=oui REFUSE=oui ANSWER="…" REOPEN=oui LIST=oui REVIEWER=… ASSOCIATION=… / decide on remarks
	@$(RAPPORT) decide $(N) $(if $(ASSOCIATION),--association "$$ASSOCIATION") $(if $(REVIEWER),--reviewer "$$REVIEWER") \
	  $(if $(ACCEPT),--accept) $(if $(REFUSE),--refuse) $(if $(ANSWER),--answer "$$ANSWER") $(if $(REOPEN),--reopen) $(if $(LIST),--list)

apply: .venv/run ## écrit les remarques acceptées dans les contributions, et liste le reste dans build/a-faire/ (ASSOCIATION=… : les siennes) / write accepted changes
	@$(RAPPORT) apply $(if $(ASSOCIATION),--association "$$ASSOCIATION")

answers: .venv/run ## la table des observations et de leurs suites, et le projet avec les réponses en commentaires / answers to reviewers
	@$(RAPPORT) answers

redline: .venv/run ## compare deux états du rapport : make redline FROM=2 TO=3 (projets figés, révisions de git, « maintenant ») / tracked changes between two states
	@$(RAPPORT) redline -- "$$FROM" "$$TO"

consent: .venv/run ## montre à chaque association son texte et note sa réponse : make consent ASSOCIATION=… AGREE=oui BY=… ON=… RESERVE=oui WORDS="…" DATE=… / agreements
	@$(RAPPORT) consent $(if $(ASSOCIATION),--association "$$ASSOCIATION") $(if $(AGREE),--agree) $(if $(RESERVE),--reserve) \
	  $(if $(ON),--on "$$ON") $(if $(BY),--by "$$BY") $(if $(DATE),--date "$$DATE") $(if $(WORDS),--words "$$WORDS")

review-names: .venv/run ## relit un par un les noms non revus et note les décisions / review names one by one
	@$(RAPPORT) review-names

watch: .venv/run ## reconstruit à chaque enregistrement (Ctrl-C pour arrêter) / rebuild on every save
	@$(RAPPORT) watch

explain: .venv/run ## explique une règle : make explain CODE=R01 / explain a rule
	@$(RAPPORT) explain $(if $(CODE),"$$CODE")

bench-names: .venv/run ## mesure la protection des enfants : make bench-names FILE=phrases.jsonl / precision and recall
	@.venv/bin/python -m tools.bench_names $(if $(FILE),"$$FILE")

bench: .venv/run ## mesure la chaîne contre la voie naïve / ratios against the naive way
	@.venv/bin/python -m tools.bench

clean: ## efface build/ (rien d'autre) / delete build/
	rm -rf build

test: .venv/test ## fait tourner les tests du programme / run the tests
	@.venv/bin/python -m pytest

lint: .venv/dev ## relit le code (ruff, mypy) / lint and type-check
	@.venv/bin/ruff check scripts tests
	@.venv/bin/ruff format --check scripts tests
	@.venv/bin/mypy

lock: .venv/dev ## recalcule requirements/ d'après pyproject.toml / refresh the lock files
	@for set in "run --group build" "test --group test" "dev --group dev"; do set -- $$set; \
	  case $$1 in run) from="pyproject.toml";; test) from="-c requirements/run.txt";; dev) from="-c requirements/run.txt -c requirements/test.txt";; esac; \
	  .venv/bin/uv pip compile -q --universal --generate-hashes --no-build --python-version 3.11 \
	    --custom-compile-command 'make lock' $$from $$2 $$3 -o requirements/$$1.txt || exit 1; done

help: ## affiche cette liste / print this list
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1@\2/p' Makefile | column -t -s @ 2>/dev/null || grep '##' Makefile

.venv/run: requirements/run.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "il faut Python 3.11 ou plus récent (« $(PYTHON) --version » dit lequel est installé) : make PYTHON=python3.12, par exemple" >&2; exit 1; }
	@echo "installation des outils dans .venv (une seule fois, une à deux minutes)…"
	@$(PYTHON) -m venv $(CLEAR) .venv || \
	  { echo "python3 n'a pas pu créer l'environnement : sous Debian ou Ubuntu, tapez « sudo apt install python3-venv », puis « make »" >&2; exit 1; }
	@$(PIP) -r requirements/run.txt
	@LC_ALL=C.UTF-8 .venv/bin/python -m pip --disable-pip-version-check -qq install --no-deps --no-build-isolation --editable .
	@# a path with an accent in it cannot be read there under LANG=C: the same place, seen from there
	@for path in .venv/lib/python*/site-packages/__editable__.*.pth; do echo ../../../../scripts > "$$path"; done
	@printf '%s' "$(CURDIR)" > .venv/place
	@touch $@

.venv/test: .venv/run requirements/test.txt
	@$(PIP) -r requirements/test.txt
	@touch $@

.venv/dev: .venv/test requirements/dev.txt
	@$(PIP) -r requirements/dev.txt
	@touch $@
