"""What a person at the terminal can fix."""

_TOLD = {
    "28": (
        "PostgreSQL does not let this role in",
        "fix the role or the password in SCHAKEL_…_URL, or run `schakel provision`",
    ),
    "3D": ("this database is not there", "fix its name in SCHAKEL_…_URL, or run `schakel provision`"),
    "42501": (
        "this role may not do that",
        "set SCHAKEL_…_URL to this role's own database, and SCHAKEL_…_OWNER_URL to the owner, who migrates",
    ),
    "42P01": ("a table is missing", "run `schakel migrate`"),
    "42703": ("a column is missing", "run `schakel migrate`"),
}


class OperatorError(Exception):
    """Something was to be expected and can be fixed; the message says how. Shown without a traceback, exit code 1."""


def explain_postgres(error: BaseException | None) -> tuple[str, str] | None:
    """What PostgreSQL refused and the fix, by the SQLSTATE of this error or of its cause; None: something else."""
    from sqlalchemy.exc import ArgumentError

    from shared.kernel.settings import ADDRESS

    if isinstance(error, ArgumentError):
        return "the address of a database cannot be read", f"write it as {ADDRESS}"
    while error is not None:
        state = str(getattr(error, "sqlstate", None) or "")
        for start, (what, fix) in _TOLD.items():
            if state.startswith(start):
                return f"{what} ({str(error).partition(chr(10))[0]})", fix
        error = getattr(error, "orig", None) or error.__cause__
    return None
