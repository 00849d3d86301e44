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


LEFT = (".transaction", os.path.join("build", "tmp"))
"""What a command that was killed leaves behind: whatever is asked, it is cleared away first."""


def main() -> None:
    """Run the command and end at once: taking a million nodes apart costs a fifth of a check, and nobody needs it."""
    status = 1
    try:
        status = run()
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        pass  # nobody reads any more
    except OSError as error:
        status = _tell_unheard(error) or status
    os._exit(status)


def _tell_unheard(error: OSError) -> int:
    """Say what was not shown, if that can be said; returns the exit status."""
    from contextlib import suppress

    from rapport.messages import display

    with suppress(OSError):
        print(display.lost_output(error, os.environ.get("RAPPORT_LANG", "fr")), file=sys.stderr, flush=True)
    return 1


def run() -> int:
    """Run the command; returns its exit status."""
    gc.disable()  # trees of a million small nodes and no cycles: collecting them is half the time of a walk
    arguments = sys.argv[1:]
    name = UNCHANGED.get(tuple(arguments))
    if name and not any(map(os.path.exists, LEFT)):
        from rapport.storage import manifest

        said = manifest.last(os.getcwd(), f"{name}-{os.environ.get('RAPPORT_LANG', 'fr')}")
        if said is not None:
            printed, status = said
            for stream in (sys.stdout, sys.stderr):
                stream.reconfigure(errors="replace")  # type: ignore[union-attr]
            print(printed)
            return status
    from rapport import cli

    return cli.run(arguments)


if __name__ == "__main__":
    main()
