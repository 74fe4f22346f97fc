"""Every finding type, in one list.  Codes are public and never reused."""

from correctionkit.catalog import (
    evidence_codes,
    folder_codes,
    import_codes,
    package_codes,
    request_codes,
    scan_codes,
    table_codes,
    value_codes,
)
from correctionkit.findings import FindingType

ALL: tuple[FindingType, ...] = (
    *package_codes.CODES,
    *table_codes.CODES,
    *value_codes.CODES,
    *request_codes.CODES,
    *folder_codes.CODES,
    *evidence_codes.CODES,
    *scan_codes.CODES,
    *import_codes.CODES,
)

BY_CODE: dict[str, FindingType] = {each.code: each for each in ALL}
