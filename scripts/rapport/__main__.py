"""The command `rapport`. An unchanged project is answered here, before anything heavy is imported."""

import gc
import os
import sys


def main() -> int:
    """Run the command; returns its exit status."""
    gc.disable()  # trees of a million small nodes and no cycles: collecting them is half the time of a walk
    arguments = sys.argv[1:]
    if (english := arguments == ["build", "--report-language", "en"]) or arguments in (["build"], []):
        from rapport import manifest

        said = manifest.last(
            os.getcwd(), f"draft-{'en' if english else 'fr'}-{os.environ.get('RAPPORT_LANG', 'fr')}"
        )
        if said is not None:
            printed, status = said
            for stream in (sys.stdout, sys.stderr):
                stream.reconfigure(errors="replace")  # type: ignore[union-attr]
            print(printed)
            return status
    from rapport import cli

    return cli.run(arguments)


if __name__ == "__main__":
    sys.exit(main())
