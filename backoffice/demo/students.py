"""The demo's students: made-up records of the roll, and what some of them ask for."""

from dataclasses import replace

from backoffice.roll.models import StudentRecord, digest_of_identity
from correctionkit.samples.filings import NOTHING_SAID, Filings
from correctionkit.samples.people import make_people

_EXCEPTIONAL = frozenset({"request-exceptional"})
_BRANCH_DIGITS = slice(2, 5)
_AT_ONCE = 500


class NoStudentFits(Exception):
    """Nobody who is left in a unit can file what the plan wants: there are too few students."""

    def __init__(self, unit):
        super().__init__(f"no student of unit {unit.code} fits")
        self.unit = unit


class Students:
    """The students by their centre, each of whom files once.

    Who files is recorded with the value before; all others as they are.
    """

    def __init__(self, count, centres, policy, *, seed, on):
        self._filings = Filings(policy, on, seed)
        self._waiting = {centre.code: [] for centre in centres}
        self._centres = {centre.code: centre for centre in centres}
        self._filed = []
        for index, person in enumerate(make_people(count, seed, on=on)):
            centre = centres[index % len(centres)]
            self._waiting[centre.code].append(_of_centre(person, centre))

    def take(self, unit, fields=(), *, exceptional=False, shows=None):
        """Deal a filing to the next student of *unit* whom it suits, and return it.

        *shows* is a document that must be among its evidence.  Raises NoStudentFits.
        """
        waiting = self._waiting[unit.code]
        for place, person in enumerate(waiting):
            filing = self._filings.make(
                person,
                codes=_EXCEPTIONAL if exceptional else NOTHING_SAID,
                asks=(tuple(fields),) if fields else (),
                fits=lambda filing: not shows or shows in filing.kinds,
                show=shows or None,
            )
            if filing:
                del waiting[place]
                self._filed.append((unit, filing.recorded))
                return filing
        raise NoStudentFits(unit)

    def record(self):
        """Write all records to the roll, and return them by student number."""
        rows = self._filed + [
            (self._centres[code], person)
            for code, people in self._waiting.items()
            for person in people
        ]
        rows.sort(key=lambda row: row[1].student_number)
        made = StudentRecord.objects.bulk_create(
            (_record(person, centre) for centre, person in rows), batch_size=_AT_ONCE
        )
        return {record.number: record for record in made}


def _of_centre(person, centre):
    branch = centre.parent
    number = list(person.student_number)
    number[_BRANCH_DIGITS] = branch.code
    return replace(person, student_number="".join(number), branch=branch.name, centre=centre.name)


def _record(person, centre):
    return StudentRecord(
        unit=centre,
        number=person.student_number,
        certificate_number=person.certificate_number,
        status=person.status,
        name=person.name,
        gender=person.gender,
        ethnicity=person.ethnicity,
        birth_date=person.birth_date,
        id_number=person.id_number,
        # Rows that are made in bulk are not saved one by one, which would set it.
        id_digest=digest_of_identity(person.id_number),
        entry_education=person.entry_education,
        major=person.major,
        level=person.level,
        enrolled_on=person.enrolment_date,
        graduated_on=person.graduation_date,
    )
