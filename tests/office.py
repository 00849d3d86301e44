"""LibreOffice accepting or refusing every tracked change of Word files by its own command, in a fresh profile."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

OFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is not installed")
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
LIBRARY = (
    f'{HEAD}<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">'
    '<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" '
    'library:readonly="false" library:passwordprotected="false"><library:element library:name="Settle"/>'
    "</library:library>"
)
LIBRARIES = (
    f'{HEAD}<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">'
    '<library:libraries xmlns:library="http://openoffice.org/2000/library" '
    'xmlns:xlink="http://www.w3.org/1999/xlink"><library:library library:name="Standard" '
    'xlink:href="$(USER)/basic/Standard/script.xlb/" xlink:type="simple" library:link="false"/></library:libraries>'
)
MODULE = f"""{HEAD}<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Settle" script:language="StarBasic">
Sub Run(folder, commands)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  Dim saved(0) As New com.sun.star.beans.PropertyValue
  saved(0).Name = "FilterName"
  saved(0).Value = "MS Word 2007 XML"
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  Dim asked
  asked = Split(commands, ";")
  For number = 0 To UBound(asked)
    source = ConvertToURL(folder &amp; "/given-" &amp; number &amp; ".docx")
    document = StarDesktop.loadComponentFromURL(source, "_blank", 0, hidden())
    dispatcher.executeDispatch(document.CurrentController.Frame, ".uno:" &amp; asked(number), "", 0, Array())
    document.storeToURL(ConvertToURL(folder &amp; "/settled-" &amp; number &amp; ".docx"), saved())
    document.close(True)
  Next number
End Sub
</script:module>
"""


def settled(folder: Path, given: Sequence[tuple[bytes, bool]]) -> list[bytes]:
    """Each file with all its changes accepted (True) or refused by LibreOffice, as LibreOffice writes it."""
    _run(folder, "--terminate_after_init")  # a first start writes the profile over what lies there
    basic = folder / "profile" / "user" / "basic"
    (basic / "script.xlc").write_text(LIBRARIES, encoding="utf-8")
    (basic / "Standard" / "script.xlb").write_text(LIBRARY, encoding="utf-8")
    (basic / "Standard" / "Settle.xba").write_text(MODULE, encoding="utf-8")
    for number, (content, _) in enumerate(given):
        (folder / f"given-{number}.docx").write_bytes(content)
    commands = ";".join(f"{'Accept' if accept else 'Reject'}AllTrackedChanges" for _, accept in given)
    _run(folder, f"macro:///Standard.Settle.Run({folder},{commands})")
    return [(folder / f"settled-{number}.docx").read_bytes() for number in range(len(given))]


def as_pdf(folder: Path, name: str) -> Path:
    """A file of the folder as LibreOffice shows it."""
    _run(folder, "--convert-to", "pdf", "--outdir", str(folder), str(folder / name))
    return (folder / name).with_suffix(".pdf")


def _run(folder: Path, *last: str) -> None:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    arguments = [str(OFFICE), profile, "--headless", "--norestore", "--nologo", "--nofirststartwizard", *last]
    environment = {**os.environ, "TMPDIR": str(folder)}  # it leaves folders there
    subprocess.run(arguments, check=True, capture_output=True, timeout=180, env=environment)
