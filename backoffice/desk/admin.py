"""The pages of every subject: importing a subject's admin module registers its pages."""

from importlib import import_module

SUBJECTS = ("cases", "jobs", "packages_out", "people", "roll", "rules", "sheets", "trail")

for _subject in SUBJECTS:
    import_module(f"backoffice.desk.{_subject}.admin")
