# Two commands do everything: `make` builds the draft report, `make test` proves that the program works.
# A new machine needs python3 (3.11 or later) and make. Every target is a verb of the command `rapport`.
# `make help` prints the groups (#:) and what each target does (##), in French or, with RAPPORT_LANG=en, in English.

PYTHON ?= python3
RAPPORT = .venv/bin/rapport
PIP = .venv/bin/python -m pip --disable-pip-version-check -qq install --require-hashes --only-binary :all:
PYTEST = .venv/bin/python -m pytest -n auto --dist worksteal
MAKEFLAGS += --no-print-directory
# Status 1 of the command says that something is to be settled, which it has told: no failure, so make is silent.
SETTLE = || { status=$$?; [ $$status -eq 1 ] || exit $$status; }

# A virtual environment holds absolute paths: one that was moved or copied is made again.
ifneq ($(shell cat .venv/place 2>/dev/null),$(CURDIR))
CLEAR = --clear
.venv/run: MOVED
endif

.PHONY: new follow build public confidential verify check english translation status desk briefs calendar reminders budget figures letters forms intake documents draft review decide apply answers redline consent children booklet children-version review-names bench-names watch bench explain clean help test quick lint lock MOVED
.DEFAULT_GOAL := build

#: chaque jour / every day

build: .venv/run ## vérifie, fusionne et compile le projet de rapport (DOCX, PDF et HTML) / checks, merges and compiles the draft report (DOCX, PDF and HTML)
	@$(RAPPORT) build $(SETTLE)

english: .venv/run ## compile le projet de rapport en anglais, avec les mêmes numéros / compiles the draft in English, with the same numbers
	@$(RAPPORT) build --report-language en $(SETTLE)

check: .venv/run ## vérifie les contributions, sans rien produire (ENGLISH=oui : leurs traductions aussi) / checks the contributions, makes nothing (ENGLISH=oui: their translations too)
	@$(RAPPORT) check $(if $(ENGLISH),--report-language en) $(SETTLE)

status: .venv/run ## dit ce qui attend, en un écran (ALL=oui : qui a envoyé quoi, thème par thème) / says what waits, in one screen (ALL=oui: who sent what, theme by theme)
	@$(RAPPORT) status $(if $(ALL),--all) $(SETTLE)

desk: .venv/run ## fait le tableau de bord, build/tableau-de-bord.html (« make » le fait aussi) / makes the dashboard, build/tableau-de-bord.html (`make` makes it too)
	@$(RAPPORT) desk $(SETTLE)

budget: .venv/run ## compte les mots contre ce qui est prévu / counts the words against what is planned
	@$(RAPPORT) budget $(SETTLE)

figures: .venv/run ## dit qui a envoyé ses chiffres, écrit les questionnaires ; publie ce qui est protégé : PUBLISH=oui / says who sent figures, writes the questionnaires; publishes what is protected: PUBLISH=oui
	@$(RAPPORT) figures $(if $(PUBLISH),--publish) $(SETTLE)

verify: .venv/run ## relit les fichiers de build/ et les compare à ce qui a été écrit / reads the files of build/ back and compares them with what was written
	@$(RAPPORT) verify $(SETTLE)

watch: .venv/run ## reconstruit à chaque enregistrement (Ctrl-C pour arrêter) / rebuilds on every save (Ctrl-C to stop)
	@$(RAPPORT) watch $(SETTLE)

review-names: .venv/run ## relit un par un les noms non revus et note les décisions / walks through the names not reviewed yet and records the decisions
	@$(RAPPORT) review-names $(SETTLE)

explain: .venv/run ## explique une règle : make explain CODE=R01 / explains a rule: make explain CODE=R01
	@$(RAPPORT) explain $(if $(CODE),"$$CODE") $(SETTLE)

clean: ## efface build/ (rien d'autre) / deletes build/ (nothing else)
	rm -rf build

help: ## affiche cette liste / prints this list
	@$(PYTHON) scripts/tools/make_help.py Makefile

#: envoyer / sending out

forms: .venv/run ## écrit les formulaires à envoyer (Word, LibreOffice) : make forms ASSOCIATION=… THEME=…, ou celui des ateliers d'enfants : CHILDREN=oui / writes the forms to send out (Word, LibreOffice): make forms ASSOCIATION=… THEME=…, or that of children's workshops: CHILDREN=oui
	@$(RAPPORT) forms $(if $(ASSOCIATION),--association "$$ASSOCIATION") $(if $(THEME),--theme "$$THEME") $(if $(CHILDREN),--children) $(SETTLE)

letters: .venv/run ## écrit une lettre à chaque association, dans build/lettres/ (DATE=… : comme ce jour-là) / writes one letter to each association, in build/lettres/ (DATE=…: as on that day)
	@$(RAPPORT) letters $(if $(DATE),--date "$$DATE") $(SETTLE)

briefs: .venv/run ## écrit une page par destinataire, pour un rendez-vous : make briefs ADDRESSEE="ministère de la Justice" ENGLISH=oui / writes one page for each addressee, for a meeting: make briefs ADDRESSEE="Ministry of Justice" ENGLISH=oui
	@$(RAPPORT) briefs $(if $(ADDRESSEE),--addressee "$$ADDRESSEE") $(if $(ENGLISH),--report-language en) $(SETTLE)

calendar: .venv/run ## écrit le calendrier en .ics, pour tous et par association, dans build/calendrier/ / writes the calendar as .ics, for all and by association, in build/calendrier/
	@$(RAPPORT) calendar $(SETTLE)

reminders: .venv/run ## écrit un rappel court à chaque association, sans rien envoyer : make reminders ASSOCIATION=… WORDS="…" DATE=… SENT=oui / writes a short reminder to each association, sends nothing: make reminders ASSOCIATION=… WORDS="…" DATE=… SENT=oui
	@$(RAPPORT) reminders $(if $(ASSOCIATION),--association "$$ASSOCIATION") $(if $(WORDS),--words "$$WORDS") $(if $(DATE),--date "$$DATE") \
	  $(if $(SENT),--sent "$$SENT") $(SETTLE)

draft: .venv/run ## fige un projet numéroté à envoyer : make draft ASSOCIATION=… (ou toutes) REBUILD=3 / freezes a numbered draft to send out: make draft ASSOCIATION=… (or all) REBUILD=3
	@$(RAPPORT) draft $(if $(ASSOCIATION),--association "$$ASSOCIATION") $(if $(REBUILD),--rebuild "$$REBUILD") $(SETTLE)

redline: .venv/run ## compare deux états du rapport : make redline FROM=2 TO=3 (projets figés, ou « maintenant ») / compares two states of the report: make redline FROM=2 TO=3 (frozen drafts, or “now”)
	@$(RAPPORT) redline -- "$$FROM" "$$TO" $(SETTLE)

consent: .venv/run ## montre à chaque association son texte et note sa réponse : make consent ASSOCIATION=… AGREE=oui BY=… ON=… RESERVE=oui WORDS="…" DATE=… / shows each association its text and records its answer: make consent ASSOCIATION=… AGREE=oui BY=… ON=… RESERVE=oui WORDS="…" DATE=…
	@$(RAPPORT) consent $(if $(ASSOCIATION),--association "$$ASSOCIATION") $(if $(AGREE),--agree) $(if $(RESERVE),--reserve) \
	  $(if $(ON),--on "$$ON") $(if $(BY),--by "$$BY") $(if $(DATE),--date "$$DATE") $(if $(WORDS),--words "$$WORDS") $(SETTLE)

children: .venv/run ## les ateliers d'enfants : lettres ; ou note qu'un nom y a été cherché, qu'une page a été montrée, ou retire une parole : make children ASSOCIATION=… WORKSHOP=… PIECE=P-01 LOOKED=oui BY=… AGREE=oui DATE=… WITHDRAW=oui / children's workshops: letters; or records that a name was looked for, that a page was shown, or withdraws a piece: make children ASSOCIATION=… WORKSHOP=… PIECE=P-01 LOOKED=oui BY=… AGREE=oui DATE=… WITHDRAW=oui
	@$(RAPPORT) children $(if $(ASSOCIATION),--association "$$ASSOCIATION") $(if $(WORKSHOP),--workshop "$$WORKSHOP") $(if $(PIECE),--piece "$$PIECE") \
	  $(if $(LOOKED),--looked) $(if $(BY),--by "$$BY") $(if $(AGREE),--agree) $(if $(WITHDRAW),--withdraw) $(if $(DATE),--date "$$DATE") $(SETTLE)

booklet: .venv/run ## le livret des paroles d'enfants seul, en DOCX, PDF et HTML (ENGLISH=oui : en anglais) / the booklet of children's own words alone, as DOCX, PDF and HTML (ENGLISH=oui: in English)
	@$(RAPPORT) booklet $(if $(ENGLISH),--report-language en) $(SETTLE)

children-version: .venv/run ## la version du rapport pour les enfants, en DOCX, PDF et HTML (ENGLISH=oui), ou note qu'un atelier l'approuve : ASSOCIATION=… WORKSHOP=… AGREE=oui DATE=… / the version of the report for children, as DOCX, PDF and HTML (ENGLISH=oui), or records that a workshop approves it: ASSOCIATION=… WORKSHOP=… AGREE=oui DATE=…
	@$(RAPPORT) children-version $(if $(ENGLISH),--report-language en) $(if $(ASSOCIATION),--association "$$ASSOCIATION") \
	  $(if $(WORKSHOP),--workshop "$$WORKSHOP") $(if $(AGREE),--agree) $(if $(WITHDRAW),--withdraw) $(if $(DATE),--date "$$DATE") $(SETTLE)

translation: .venv/run ## écrit ou met à jour les traductions et leurs formulaires (Word, LibreOffice) : make translation ASSOCIATION=… THEME=… / writes translations and their forms (Word, LibreOffice) or brings them up to date: make translation ASSOCIATION=… THEME=…
	@$(RAPPORT) translation $(if $(ASSOCIATION),--association "$$ASSOCIATION") $(if $(THEME),--theme "$$THEME") $(SETTLE)

#: ce qui revient / coming back

intake: .venv/run ## reprend les fichiers reçus : make intake FILE=… ASSOCIATION=… THEME=… ACCEPT=suivi REPLACE=oui ADD=oui CITATIONS=oui, ou revient d'un pas : UNDO=… / takes in the files received: make intake FILE=… ASSOCIATION=… THEME=… ACCEPT=suivi REPLACE=oui ADD=oui CITATIONS=oui, or takes one step back: UNDO=…
	@$(RAPPORT) intake $(if $(ASSOCIATION),--association "$$ASSOCIATION") $(if $(THEME),--theme "$$THEME") \
	  $(if $(ACCEPT),--accept-changes) $(if $(REPLACE),--replace) $(if $(ADD),--add) $(if $(CITATIONS),--citations) \
	  $(if $(UNDO),--undo "$$UNDO") $(if $(FILE),"$$FILE") $(SETTLE)

documents: .venv/run ## montre les documents reçus, les note lus, en fait des références : make documents N=… READ=oui REOPEN=oui CITE=oui TITLE="…" AUTHOR="…" YEAR=… ASSOCIATION=… THEME=… / shows the documents received, notes that they are read, makes references of them: make documents N=… READ=oui REOPEN=oui CITE=oui TITLE="…" AUTHOR="…" YEAR=… ASSOCIATION=… THEME=…
	@$(RAPPORT) documents $(N) $(if $(READ),--read) $(if $(REOPEN),--reopen) $(if $(CITE),--cite "$$CITE") $(if $(TITLE),--title "$$TITLE") \
	  $(if $(AUTHOR),--author "$$AUTHOR") $(if $(YEAR),--year "$$YEAR") $(if $(ASSOCIATION),--association "$$ASSOCIATION") $(if $(THEME),--theme "$$THEME") $(SETTLE)

review: .venv/run ## lit les projets revenus (ou FILE=…) et tient le registre des remarques / reads the drafts that came back (or FILE=…) and keeps the ledger of remarks
	@$(RAPPORT) review $(if $(FILE),"$$FILE") $(SETTLE)

decide: .venv/run ## montre les remarques ouvertes et note les décisions : make decide N=… ACCEPT=oui REFUSE=oui ANSWER="…" REOPEN=oui DONE=oui LIST=oui REVIEWER=… ASSOCIATION=…, ou FILE=remarques.docx / shows the open remarks and records decisions: make decide N=… ACCEPT=oui REFUSE=oui ANSWER="…" REOPEN=oui DONE=oui LIST=oui REVIEWER=… ASSOCIATION=…, or FILE=remarques.docx
	@$(RAPPORT) decide $(N) $(if $(ASSOCIATION),--association "$$ASSOCIATION") $(if $(REVIEWER),--reviewer "$$REVIEWER") \
	  $(if $(ACCEPT),--accept) $(if $(REFUSE),--refuse) $(if $(ANSWER),--answer "$$ANSWER") $(if $(REOPEN),--reopen) $(if $(DONE),--done) $(if $(LIST),--list) \
	  $(if $(FILE),--file "$$FILE") $(SETTLE)

apply: .venv/run ## écrit les remarques acceptées dans les contributions, et liste le reste dans build/a-faire/ (ASSOCIATION=… : les siennes) / writes the accepted remarks into the contributions, and lists the rest in build/a-faire/ (ASSOCIATION=…: only its own)
	@$(RAPPORT) apply $(if $(ASSOCIATION),--association "$$ASSOCIATION") $(SETTLE)

answers: .venv/run ## la table des observations et de leurs suites, et le projet avec les réponses en commentaires / the table of observations and what became of them, and the draft with the answers as comments
	@$(RAPPORT) answers $(SETTLE)

#: déposer / handing in

public: .venv/run ## le dossier à déposer, une fois tout en règle (ENGLISH=oui : en anglais) / the package to hand in, once everything is in order (ENGLISH=oui: in English)
	@$(RAPPORT) public $(if $(ENGLISH),--report-language en) $(SETTLE)

confidential: .venv/run ## le même pour l'édition confidentielle, à ne pas diffuser / the same for the confidential edition, which must not circulate
	@$(RAPPORT) confidential $(if $(ENGLISH),--report-language en) $(SETTLE)

#: un autre rapport / another report

follow: .venv/run ## dit ce que sont devenues les recommandations (chapters/suivi.yaml), à l'écran et dans build/suivi.docx / says what became of the recommendations (chapters/suivi.yaml), on the screen and in build/suivi.docx
	@$(RAPPORT) follow $(SETTLE)

new: .venv/run ## commence un autre rapport (État, Comité, année) dans un nouveau dossier, par des questions ou make new ANSWERS=reponses.txt / begins another report (State, Committee, year) in a new folder, from questions or make new ANSWERS=answers.txt
	@$(RAPPORT) new $(if $(ANSWERS),--answers "$$ANSWERS") $(SETTLE)

#: pour qui développe / for developers

test: .venv/test ## fait tourner les tests du programme / runs the tests of the program
	@$(PYTEST)

quick: .venv/test ## fait tourner la partie rapide des tests / runs the quick part of the tests
	@$(PYTEST) -m "not slow"

lint: .venv/dev ## relit le code (ruff, mypy) / checks the code (ruff, mypy)
	@.venv/bin/ruff check scripts tests
	@.venv/bin/ruff format --check scripts tests
	@.venv/bin/mypy

lock: .venv/dev ## recalcule requirements/ d'après pyproject.toml / refreshes requirements/ from pyproject.toml
	@for set in "run --group build" "test --group test" "dev --group dev"; do set -- $$set; \
	  case $$1 in run) from="pyproject.toml";; test) from="-c requirements/run.txt";; dev) from="-c requirements/run.txt -c requirements/test.txt";; esac; \
	  .venv/bin/uv pip compile -q --universal --generate-hashes --no-build --python-version 3.11 \
	    --custom-compile-command 'make lock' $$from $$2 $$3 -o requirements/$$1.txt || exit 1; done

bench: .venv/run ## mesure la chaîne contre la voie naïve / measures the pipeline against the naive way
	@.venv/bin/python -m tools.bench

bench-names: .venv/run ## mesure la protection des enfants : make bench-names FILE=phrases.jsonl / precision and recall of the protection of children: make bench-names FILE=phrases.jsonl
	@.venv/bin/python -m tools.bench_names $(if $(FILE),"$$FILE")

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
