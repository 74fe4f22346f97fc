"""A page about one policy: its head, and the clauses that it cites at its end."""

from __future__ import annotations

from correctionkit.policy.model import Heading, Policy
from correctionkit.render import policy_words as wording
from correctionkit.render.policy_labels import LABELS
from correctionkit.render.policy_lines import Footnotes, Page
from correctionkit.terms import Language, Words


def dates_and_source(heading: Heading, language: Language) -> list[tuple[str, str]]:
    """Return the names and values that every policy and overlay is introduced by."""
    return [
        (LABELS["in-force"].in_language(language), wording.in_force(heading.in_force, language)),
        (LABELS["source"].in_language(language), heading.source.in_language(language)),
    ]


class Sheet:
    """One page in one language, by the terms of one policy."""

    def __init__(self, policy: Policy, language: Language, width: int, colour: bool) -> None:
        self.rules = policy
        self.terms = policy.vocabulary
        self.language = language
        self.page = Page(width, colour)
        self.notes = Footnotes()

    def say(self, words: Words) -> str:
        """Return *words* in the page's language."""
        return words.in_language(self.language)

    def both(self, en: str, zh: str) -> str:
        """Return the text of the page's language."""
        return zh if self.language is Language.ZH else en

    def label(self, key: str) -> str:
        """Return the label of that key."""
        return self.say(LABELS[key])

    def section(self, key: str) -> None:
        """Begin the section whose label has that key."""
        self.page.heading(self.label(key))

    def head(self, heading: Heading) -> None:
        """Write the title of the page, and what the policy says of itself."""
        self.page.title(f"{heading.id}: {self.say(heading.title)}")
        institution = (self.say(LABELS["institution"]), self.say(heading.institution))
        self.page.facts([institution, *self._facts(heading)])

    def overlays(self) -> None:
        """Write which overlays narrow the policy."""
        if self.rules.overlays:
            self.section("overlays")
        for heading in self.rules.overlays:
            self.page.paragraph(f"{heading.id}: {self.say(heading.title)}", mark="+ ")
            self.page.facts(self._facts(heading), indent=4)

    def item(self, text: str, clause: Words | None) -> None:
        """Write one rule of a list, with the clause that it rests on."""
        marks = f" {self.notes.cite(clause)}" if clause else ""
        self.page.paragraph(text + marks, mark="- ")

    def clauses(self) -> None:
        """Write the clauses that were cited."""
        if self.notes.clauses:
            self.section("clauses")
        for number, clause in enumerate(self.notes.clauses, 1):
            self.page.paragraph(self.say(clause), mark=f"[{number}] ")

    def _facts(self, heading: Heading) -> list[tuple[str, str]]:
        facts = dates_and_source(heading, self.language)
        if heading.note:
            facts.append((self.say(LABELS["note"]), self.say(heading.note)))
        return facts
