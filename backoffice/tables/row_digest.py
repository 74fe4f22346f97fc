"""The digest of what would be written: whoever confirms confirms that, and nothing else."""

from backoffice.sealing.digests import RunningDigest


class RowDigest:
    """A digest of staged rows, given in the order of the file."""

    def __init__(self):
        self._running = RunningDigest("staged rows")

    def add(self, position, verdict, target, before, values, changes):
        """Take one more row in; *values* and *changes* are as they are kept."""
        # JSON has no line breaks but escaped ones.
        self._running.add(f"{position} {verdict} {target} {before}\n{values}\n{changes}")

    def add_row(self, row):
        """Take in a row that was staged."""
        self.add(row.position, row.verdict, row.target, row.before, row.values, row.changes)

    def hexdigest(self):
        """Return the digest so far."""
        return self._running.hexdigest()


def digest_of(rows):
    """Return the digest of rows that were staged."""
    running = RowDigest()
    for row in rows:
        running.add_row(row)
    return running.hexdigest()
