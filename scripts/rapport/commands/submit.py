"""`rapport public`, `rapport confidential`: the package that is handed in to the Committee, in build/soumission-…/.

Everything must be green before it is built; it is proved before it is packed; it is packed beside the former package,
read back, and only then takes its place. What stops on the way leaves the former package as it was.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from rapport.commands.build import make
from rapport.commands.context import Context
from rapport.messages import submission
from rapport.messages.stop import ERRORS, FINE, Stop
from rapport.model import Edition
from rapport.submission.edition import BuiltEdition
from rapport.submission.package import put_in_place

if TYPE_CHECKING:
    from rapport.examination.result import Examined
    from rapport.safeguarding.outgoing import Outgoing

SUMS = "SHA256SUMS"


def verb(context: Context) -> int:
    """Check everything, build the edition, and pack it."""
    return _Submission(Edition(context.options.verb), context).run()


class _Submission:
    """One package on its way."""

    def __init__(self, edition: Edition, context: Context) -> None:
        self.edition, self.language, self.spoken = edition, context.language, context.options.report_language
        self.context, self.mark = context, submission(f"mark-{edition.value}", self.spoken)

    @cached_property
    def folder(self) -> Path:
        """Where the package is put: what must not circulate says so in every name."""
        from rapport.output.export import paths  # late: typst starts first

        output = self.context.root / paths(self.edition, self.spoken)["docx"]
        return output.with_name(output.stem.replace("rapport", "soumission"))

    @property
    def archive(self) -> Path:
        return self.folder.with_name(f"{self.folder.name}.zip")

    @property
    def shown_path(self) -> str:
        return f"build/{self.folder.name}/"

    def run(self) -> int:
        status = make(self.edition, self.context, self.ready, self.pack)
        if status != FINE and self.folder.exists():
            self.context.show(self.say("former", path=self.shown_path))
        return status

    def say(self, name: str, **facts: object) -> str:
        return submission(name, self.language, **facts)

    def ready(self, examined: Examined) -> None:
        """Stop with the table of the checks where one of them is open."""
        from rapport.submission.readiness import checks, table
        from rapport.submission.registers import read_registers

        kept = read_registers(self.context.root, examined.associations, examined.owed_figures)
        today = datetime.date.today().isoformat()
        self.checks = checks(examined, self.edition, self.spoken, kept, today)
        if all(check.green for check in self.checks):
            return
        open_ = sum(1 for check in self.checks if not check.green)
        lines = [
            self.say(f"before-{self.edition.value}"), "", *table(self.checks, self.language), "",
            self.say("refused-one" if open_ == 1 else "refused-many", path=self.shown_path, count=open_),
        ]  # fmt: skip
        if self.folder.exists():
            lines.append(self.say("former", path=self.shown_path))
        raise Stop("\n".join(lines), ERRORS)

    def pack(self, made: BuiltEdition) -> Sequence[str]:
        """Put the package in place; returns what there is to say."""
        from rapport.office.archive import pack
        from rapport.office.plain_page import as_docx, as_text
        from rapport.pipeline import outgoing_door
        from rapport.submission.readiness import unprinted_sentences
        from rapport.submission.statement import statement, unproved_claims

        outputs = {Path(path): content for path, content in made.outputs.items()}
        reports = {path.name: content for path, content in outputs.items()}
        door = outgoing_door(made.examined, self.spoken)
        page = door.page(statement(made, self.checks, _digests(reports), self.spoken))
        name = submission("name-statement", self.spoken) + self.mark
        files = {
            **reports,
            f"{name}.docx": as_docx(page, made.document.meta.date, self.spoken, door.logos),
            f"{name}.txt": as_text(page),
        }
        files[SUMS] = "".join(f"{digest}  {name}\n" for name, digest in _digests(files).items()).encode()
        put_in_place(
            self.folder, files, self.archive, pack({f"{self.folder.name}/{name}": files[name] for name in files})
        )
        beside = self.deposit(made, [*reports], door)
        secret = [self.say("keep")] if self.edition is Edition.CONFIDENTIAL else []
        packed = self.say("packed", path=self.shown_path, archive=f"build/{self.archive.name}")
        unsaid = [
            *unprinted_sentences(made.examined, made.report, self.language), *unproved_claims(made, self.language),
        ]  # fmt: skip
        return ["", packed, *secret, *beside, *unsaid]

    def deposit(self, made: BuiltEdition, files: Sequence[str], door: Outgoing) -> list[str]:
        """The pages that go with the package, beside it, where the outline has a `depot`; what there is to say."""
        from rapport.office.plain_page import as_docx
        from rapport.project.deposit import read_deposit
        from rapport.project.read import OUTLINE
        from rapport.submission.deposit_pages import deposit_pages, missing_fields

        deposit = read_deposit(made.examined.sources[OUTLINE])
        if deposit is None:
            return []
        told = []
        for name, lines in deposit_pages(made, deposit, files, self.spoken, door.page).items():
            stem = f"build/{self.folder.name.replace('soumission', 'depot')}/{submission(f'name-{name}', self.spoken)}"
            content = as_docx(door.page(lines), made.document.meta.date, self.spoken, door.logos)
            path = door.write(self.context.root, f"{stem}{self.mark}.docx", content)
            told.append(self.say("deposited", path=path))
        lacking = missing_fields(deposit)
        return [*told, *([self.say("deposit-lacks", fields=", ".join(lacking))] if lacking else [])]


def _digests(files: Mapping[str, bytes]) -> dict[str, str]:
    """The SHA-256 of each file, in the order of their names."""
    return {name: hashlib.sha256(files[name]).hexdigest() for name in sorted(files)}
