"""Files that only LibreOffice reads (Word 97-2003, RTF) made into DOCX or ODT by it, where it is installed.

It works in a fresh profile and a fresh folder, which hold our copy of the file alone; macros never run, links are not
followed, and the whole process group is killed when it takes too long.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from rapport.office.odt_comments import comments_before_notes
from rapport.office.rtf import mend_rtf
from rapport.storage.temporary import ends_with_us

NAMES = ("soffice", "libreoffice")
FIXED = ("/usr/bin/soffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice", "/snap/bin/libreoffice")
SECONDS = 180
FILTERS = {"docx": "docx:Office Open XML Text", "odt": "odt:writer8", "pdf": "pdf:writer_pdf_Export"}


# No macro, no update of links, nothing fetched from a place that the file names.
SECURITY = {"DisableMacrosExecution": "true", "MacroSecurityLevel": "3", "BlockUntrustedRefererLinks": "true"}
SETTINGS = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    + "".join(
        f'<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for name, value in SECURITY.items()
    )
    + '<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse">'
    "<value>0</value></prop></item></oor:items>"
)


class NoOffice(Exception):
    """LibreOffice is not installed here."""


class ConversionError(Exception):
    """LibreOffice could not read the file, or not in time."""


def office() -> str:
    """The path of LibreOffice's command; raises `NoOffice`."""
    for name in (*NAMES, *FIXED):
        if found := shutil.which(name):
            return found
    raise NoOffice


def convert(files: Mapping[str, bytes], to: str, seconds: int = SECONDS) -> dict[str, bytes]:
    """Files (name → content) as another format, by the same names; one start of LibreOffice for all.

    Raises `NoOffice`; a file that could not be converted is missing from the answer.
    """
    command = office()
    with TemporaryDirectory(prefix="rapport-office-") as folder:
        given, made = Path(folder, "given"), Path(folder, "made")
        given.mkdir()
        settings = Path(folder, "profile", "user", "registrymodifications.xcu")
        settings.parent.mkdir(parents=True)
        settings.write_text(SETTINGS, encoding="utf-8")
        for index, (name, content) in enumerate(files.items()):
            (given / f"{index}.{name.rpartition('.')[2].lower()}").write_bytes(content)
        arguments = [
            command, "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard",
            f"-env:UserInstallation={Path(folder, 'profile').as_uri()}",
            "--convert-to", FILTERS[to], "--outdir", str(made), *(str(path) for path in sorted(given.iterdir())),
        ]  # fmt: skip
        _run(arguments, folder, seconds)
        found = {index: made / f"{index}.{to}" for index in range(len(files))}
        return {name: found[i].read_bytes() for i, name in enumerate(files) if found[i].is_file()}


def to_docx(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Old formats as DOCX; raises `NoOffice` or `ConversionError`."""
    return convert({name: _mended(name, content) for name, content in files.items()}, "docx")


def _mended(name: str, content: bytes) -> bytes:
    """A file in which LibreOffice loses nothing that it knows of on its way to Word's format."""
    if name.endswith(".odt"):
        return comments_before_notes(content)
    return mend_rtf(content) if name.endswith(".rtf") else content


def _run(arguments: list[str], folder: str, seconds: int) -> None:
    environment = {**os.environ, "HOME": folder, "TMPDIR": folder, "SAL_USE_VCLPLUGIN": "svp"}
    process = subprocess.Popen(
        arguments, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env=environment, cwd=folder, start_new_session=True,
    )  # fmt: skip
    try:
        ends_with_us(process.pid)
        process.wait(seconds)
    except subprocess.TimeoutExpired as error:
        raise ConversionError from error
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
