"""Parts of a package, each below what a mail may weigh: whole students, in their order."""

from correctionkit.packages.building.package_name import package_subject

# A mail's lines of base64 have 57 bytes in 78 characters, line ends included.
_BYTES, _CHARACTERS = 57, 78
# Headers of the mail, its words, and what any package has: tables, manifest, the ZIP's own.
_MAIL = 16 * 1024
_EVERY_PART = 64 * 1024


class StudentTooLarge(Exception):
    """One student's folder does not fit into a part of its own."""

    def __init__(self, student, most):
        super().__init__("a student's folder is larger than a part may be")
        self.student = student
        self.most = most


def most_bytes(limit_mb):
    """Return what a ZIP may have so that its mail, which is longer by a third, keeps the limit."""
    return max(limit_mb * 1024**2 - _MAIL, 0) * _BYTES // _CHARACTERS


def split(students, most, *, every_part=0):
    """Return *students* in parts of at most *most* bytes each; the same ones give the same parts.

    *every_part* is what each part holds besides.  Raises StudentTooLarge.
    """
    room = most - _EVERY_PART - every_part
    parts, left = [], 0
    for student in students:
        size = student.size
        if size > room:
            raise StudentTooLarge(student, most)
        if size > left:
            parts.append([])
            left = room
        parts[-1].append(student)
        left -= size
    return parts


def subject_of(package, rules, students, number=1, count=1):
    """Return what a part is called: by the policy, and which part it is of how many.

    Raises OrderMistaken where no folder can be called so.
    """
    present = {request.reason for each in students for request in each.requests}
    subject = package_subject(
        rules,
        unit=package.unit.name,
        batch=package.batch,
        students=len(students),
        on=package.day,
        reasons=[each for each in rules.vocabulary.reasons if each in present],
        platform=package.platform or None,
    )
    return f"{subject}（第{number}部分，共{count}部分）" if count > 1 else subject
