"""Which field of a record each column of a roll fills."""

from backoffice.roll.models import StudentRecord

UNIT_COLUMNS = ("branch", "centre")
NUMBER_COLUMNS = ("student_number", "certificate_number")
FIELDS = {
    "student_number": "number",
    "certificate_number": "certificate_number",
    "status": "status",
    "name": "name",
    "gender": "gender",
    "ethnicity": "ethnicity",
    "birth_date": "birth_date",
    "document_kind": "document_kind",
    "id_number": "id_number",
    "entry_education": "entry_education",
    "major": "major",
    "level": "level",
    "enrolled_on": "enrolled_on",
    "graduated_on": "graduated_on",
}
DAYS = frozenset({"birth_date", "enrolled_on", "graduated_on"})
# What a policy may call a status that code must not know: these are the office's own.
STATUS_WORDS = {"退学": "withdrawn", "已退学": "withdrawn", "withdrawn": "withdrawn"}

# What identifies a person, and is corrected by request where it is not brought in.
KEY_COLUMNS = frozenset(
    {"student_number", "certificate_number", "name", "gender", "birth_date", "id_number"}
)


def limits():
    """Return how many characters each column may have."""
    found = {}
    for column, field in FIELDS.items():
        found[column] = getattr(StudentRecord._meta.get_field(field), "max_length", None) or 200
    return found
