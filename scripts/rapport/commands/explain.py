"""`rapport explain`: the long page of a rule, or the list of all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapport import rules
from rapport.commands.context import Context
from rapport.messages import display, page, phrase, rule_text
from rapport.messages.stop import FINE, USAGE, Stop


def verb(context: Context) -> int:
    """Print what was asked for; raises Stop for a code that no rule has."""
    options, language = context.options, context.language
    codes = {rule.code for rule in rules.RULES}
    if options.table:
        context.show("\n".join(display.table(rules.RULES, language)))
    elif not options.code:
        context.show("\n".join(_rules(language)))
    elif options.code.upper() in codes:
        context.show(page(options.code.upper(), language).rstrip())
    else:
        raise Stop(phrase("no-rule", language, code=options.code), USAGE)
    return FINE


def _rules(language: str) -> Iterator[str]:
    """Every rule on a line: its code, its severity, its message."""
    yield phrase("rules", language)
    for rule in rules.RULES:
        severity = phrase(f"severity-{rule.severity}", language)
        message = re.sub(r"{\w+}", "…", rule_text(rule.code, language).message)
        yield f"  {rule.code}  {severity:7}  {message}"
