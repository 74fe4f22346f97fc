"""What can stand in the way of starting."""

from correctionkit.terms import Words


class CannotServe(Exception):
    """Something stands in the way that whoever started this can put right."""

    def __init__(self, en, zh):
        super().__init__(en)
        self.words = Words(en, zh)
