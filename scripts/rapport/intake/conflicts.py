"""Two versions of one paragraph laid side by side for the editor, who takes the marks away: then it is settled."""

from __future__ import annotations

import hashlib

from msgspec.structs import replace

from rapport.intake import merge
from rapport.intake.journal import CONFLICT, TAKEN
from rapport.intake.placing import CONFLICTS, IntakeSession, existing_text
from rapport.language.names import LOST_LETTER
from rapport.storage.transaction import remove, write_atomically


def resolve_conflicts(session: IntakeSession) -> None:
    """A conflict whose marks are gone was settled: the text becomes the contribution, the new version its base."""
    for file in sorted((session.root / CONFLICTS).glob("*--*.md")):
        text = existing_text(file) or ""
        where = f"{CONFLICTS}/{file.name}"
        if merge.has_conflicts(text) or LOST_LETTER in text:
            continue
        path = "contributions/" + file.name.replace("--", "/", 1)
        before = session.journal.save_before(session.root / path)
        write_atomically(session.root / path, text.encode())
        remove(file)
        if not any(file.parent.iterdir()):
            file.parent.rmdir()
        for entry in [e for e in session.journal.entries.values() if e.verdict == CONFLICT and e.resultat == where]:
            base = session.journal.base(entry) or ""
            digest = hashlib.sha256(base.encode()).hexdigest()[:12]
            session.journal.add(replace(entry, verdict=TAKEN, resultat=path, texte=digest, avant=before))
        session.write_journal()
        session.show(session.say("resolved", path=path))
