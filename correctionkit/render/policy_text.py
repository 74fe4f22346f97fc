"""Policies as text: what a clerk would want on the wall."""

from __future__ import annotations

from correctionkit.policy import shelf
from correctionkit.policy.diff import Part, differences
from correctionkit.policy.mistakes import PolicyInvalid
from correctionkit.policy.model import Heading, Overlay, Policy
from correctionkit.render.phrases import listed
from correctionkit.render.policy_chain_text import write_chains
from correctionkit.render.policy_labels import LABELS
from correctionkit.render.policy_layout_text import write_layout
from correctionkit.render.policy_lines import Page
from correctionkit.render.policy_matrix_text import write_added, write_limit, write_matrix
from correctionkit.render.policy_sheet import Sheet, dates_and_source
from correctionkit.terms import Language


def show_policy(policy: Policy, language: Language, width: int = 80, colour: bool = False) -> str:
    """Write a policy, its overlays included, for a page of *width* columns."""
    sheet = Sheet(policy, language, width, colour)
    sheet.head(policy.heading)
    sheet.overlays()
    write_matrix(sheet)
    write_chains(sheet)
    write_layout(sheet)
    sheet.clauses()
    return sheet.page.text()


def show_overlay(
    overlay: Overlay, base: Policy, language: Language, width: int = 80, colour: bool = False
) -> str:
    """Write what an overlay adds to *base*."""
    narrowed = base.narrowed_by(overlay)
    sheet = Sheet(narrowed, language, width, colour)
    sheet.head(overlay.heading)
    if overlay.limits:
        sheet.section("adds-limits")
        for limit in overlay.limits:
            write_limit(sheet, limit, statuses=True)
    if overlay.evidence:
        sheet.section("adds-documents")
        for rule in overlay.evidence:
            write_added(sheet, rule)
    if overlay.vocabulary.kinds:
        sheet.section("adds-kinds")
        for kind in overlay.vocabulary.kinds.values():
            spellings = listed([kind.label.zh, *kind.aliases], language)
            sheet.item(sheet.both(f"{kind.label.en} ({spellings})", f"{spellings}"), None)
    if overlay.evidence and Part.EVIDENCE not in {
        each.part for each in differences(base, narrowed)
    }:
        sheet.page.paragraph(
            sheet.both(
                f"{base.id} takes no request that these documents are for.",
                f"{base.id} 不受理涉及上述材料的申请。",
            ),
            indent=2,
        )
    sheet.clauses()
    return sheet.page.text()


def list_policies(language: Language, width: int = 80) -> str:
    """List the policies and overlays that are shipped."""
    page = Page(width, colour=False)
    default = shelf.find_policy(shelf.default_policy_id())
    page.title(LABELS["policies"].in_language(language))
    for each in shelf.policy_ids():
        mark = f" ({LABELS['default'].in_language(language)})" if each == default.id else ""
        _listed_heading(page, shelf.find_policy(each).heading, mark, language)
    page.heading(LABELS["overlay-list"].in_language(language))
    for each in shelf.overlay_ids():
        _listed_heading(page, shelf.find_overlay(each, default).heading, "", language)
    return page.text()


def show_mistakes(invalid: PolicyInvalid, language: Language) -> str:
    """Write the mistakes of a policy file, one a line: file, row, key, and what is wrong."""
    return "".join(f"{mistake.words().in_language(language)}\n" for mistake in invalid.mistakes)


def _listed_heading(page: Page, heading: Heading, mark: str, language: Language) -> None:
    page.paragraph(f"{heading.id}{mark}: {heading.title.in_language(language)}")
    page.facts(dates_and_source(heading, language), indent=4)
