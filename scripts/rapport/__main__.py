"""The command `rapport`. An unchanged project is answered here, before anything heavy is imported."""

import gc
import os
import sys

UNCHANGED = {
    (): "draft-fr",
    ("build",): "draft-fr",
    ("build", "--report-language", "en"): "draft-en",
    ("check",): "check-fr",
}
"""What may be answered with the words of the last time, if nothing has changed since: its name in `manifest`."""


LEFT = (".transaction", ".transaction.done", os.path.join("build", "tmp"))
"""What a command that was killed leaves behind: whatever is asked, it is cleared away first."""


def main() -> None:
    """Run the command and end at once: taking a million nodes apart costs a fifth of a check, and nobody needs it."""
    status = 1
    try:
        gc.disable()  # trees of a million small nodes and no cycles: collecting them is half the time of a walk
        printed, status = _remembered() or ("", status)
        if printed:
            print(printed)
        else:
            from rapport import cli

            status = cli.run(sys.argv[1:])
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        pass  # nobody reads any more
    except OSError as error:
        _tell_unheard(error)
        status = status or 1
    os._exit(status)


def _tell_unheard(error: OSError) -> None:
    """Say what was not shown, if that can be said."""
    from contextlib import suppress

    from rapport.messages import display

    with suppress(OSError):
        print(display.lost_output(error, os.environ.get("RAPPORT_LANG", "fr")), file=sys.stderr, flush=True)


def _remembered() -> tuple[str, int] | None:
    """What the last time said and its exit status, where the same would be done again."""
    name = UNCHANGED.get(tuple(sys.argv[1:]))
    if not name or any(map(os.path.exists, LEFT)):
        return None
    from rapport.storage import manifest

    said = manifest.recall(os.getcwd(), f"{name}-{os.environ.get('RAPPORT_LANG', 'fr')}")
    for stream in (sys.stdout, sys.stderr) if said else ():
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    return said


if __name__ == "__main__":
    main()
