"""Make language/data/courants-fr.zlib and courants-en.zlib again: python scripts/tools/make_common_words.py

Needs `wordfreq` 3.1.1 and `simplemma` 2.0, which nothing else of the project uses. A word is common from Zipf 4
(W. J. B. van Heuven and others, « SUBTLEX-UK », 2014: 4 and more are words of high frequency), and so is every form of
it from Zipf 2: simplemma says which words are forms of one.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from rapport.language.readability import COMMON_WORDS

COMMON, FORM = 4.0, 2.0
LANGUAGES = ("fr", "en")


def common_words(language: str) -> Iterator[str]:
    """The common words of a language, in small letters."""
    import wordfreq  # type: ignore[import-not-found]
    from simplemma import lemmatize  # type: ignore[import-not-found]

    zipf = {word: wordfreq.zipf_frequency(word, language) for word in wordfreq.get_frequency_dict(language)}
    lemmas = {word: lemmatize(word, lang=language) for word, value in zipf.items() if value >= FORM and word.isalpha()}
    common = {lemma for word, lemma in lemmas.items() if zipf[word] >= COMMON}
    yield from (word for word, lemma in lemmas.items() if lemma in common)


def main() -> None:
    """Write both lists."""
    for language in LANGUAGES:
        words = "\n".join(sorted(common_words(language))).encode()
        (COMMON_WORDS / f"courants-{language}.zlib").write_bytes(zlib.compress(words, 9))


if __name__ == "__main__":
    main()
