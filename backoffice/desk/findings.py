"""Findings in words, for pages."""

from dataclasses import dataclass

from backoffice.words import kit_language
from correctionkit.render.wording import Wording
from correctionkit.terms import Severity


@dataclass(frozen=True, slots=True)
class WordedFinding:
    """One finding as a page shows it; *path* is the file that it is about, if any."""

    code: str
    severity: str
    severity_label: str
    message: str
    hint: str
    clause: str
    field: str
    path: str

    @property
    def is_error(self):
        """Tell whether it stops a submission."""
        return self.severity == Severity.ERROR


def worded(findings, policy):
    """Say *findings* by the terms of *policy*, in the language of the page and their order."""
    findings = list(findings)
    students = {finding.student for finding in findings if finding.student}
    wording = Wording(policy, kit_language(), keep=policy.numbers_of_students(students))
    return [
        WordedFinding(
            code=finding.code,
            severity=finding.severity.value,
            severity_label=wording.severity(finding.severity),
            message=wording.message(finding),
            hint=wording.hint(finding),
            clause=wording.clause(finding),
            field=finding.field or "",
            path=wording.typed(finding.location.path or ""),
        )
        for finding in findings
    ]
