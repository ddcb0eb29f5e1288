"""Two ways to fail: one report, or the whole run."""


class OnRecordError(Exception):
    """Anything that the user should read: the file, the place in it and what to do."""

    def __init__(self, message: str, *, file: str = "", place: str = "", remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.file = file
        self.place = place
        self.remedy = remedy

    def __str__(self) -> str:
        where = ", ".join(part for part in (self.file, self.place) if part)
        head = f"{where}: {self.message}" if where else self.message
        return f"{head}. {self.remedy}" if self.remedy else head


class ItemError(OnRecordError):
    """This report failed; the others go on."""


class RunError(OnRecordError):
    """The run cannot go on."""


class EvidenceError(RunError):
    """A row was refused because its evidence is not the exact words at that place."""
