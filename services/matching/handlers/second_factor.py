"""The second factor of coordinators and operators: setting it up, trying it, and taking it away."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from services.matching.domain.errors import PersonUnknown
from services.matching.domain.network import Person
from services.matching.domain.second_factor import MOST_TRIES_A_DAY, SecondFactor
from services.matching.domain.sign_in import COUNTED_FOR
from services.matching.handlers.sign_in import end_sessions
from services.matching.ports import MatchingUnit
from shared.privacy.sealed import Sealing, WrappedKey
from shared.privacy.totp import new_recovery_codes, new_seed, step_of

TABLE: Final = "second_factors"
COLUMN: Final = "sealed_seed"


@dataclass(frozen=True, slots=True)
class TrySecondFactor:
    """Somebody typed digits of their app, or a recovery code; `at` by the clock of telephones."""

    attempt_id: UUID
    person_id: UUID
    typed: str = field(repr=False)
    at: datetime


@dataclass(frozen=True, slots=True)
class Proven:
    """Somebody proved it; `recovery_codes` are new ones, to be shown this once."""

    recovery_codes: tuple[str, ...] = field(default=(), repr=False)


async def prepare_enrolment(person_id: UUID, unit: MatchingUnit, sealing: Sealing) -> None:
    """A new seed for somebody who has none that works; one that works stays."""
    known = await unit.second_factors.get(person_id)
    if known is not None and known.confirmed:
        return
    key = sealing.new_key(TABLE, person_id)
    sealed = sealing.seal(key, TABLE, COLUMN, person_id, new_seed())
    await unit.second_factors.save(SecondFactor(person_id, key.wrapped, sealed))


def seed_of(factor: SecondFactor, sealing: Sealing) -> str:
    """The seed as an app takes it: letters and digits."""
    key = WrappedKey(TABLE, factor.person_id, factor.wrapped_key)
    return sealing.open(key, TABLE, COLUMN, factor.person_id, factor.sealed_seed)


async def try_second_factor(command: TrySecondFactor, unit: MatchingUnit, sealing: Sealing) -> Proven | None:
    """Try digits or a recovery code; a wrong try counts on the attempt, so this must be committed either way."""
    attempt = await unit.sign_ins.get(command.attempt_id)
    if attempt is None or attempt.person_id != command.person_id:
        return None
    may_try = attempt.may_try_second()
    await unit.sign_ins.save(attempt)
    factor = await unit.second_factors.get(command.person_id) if may_try else None
    if factor is None:
        return None
    # Counted while the factor is locked: nobody tries side by side. A recovery code is too long to guess.
    tried = await unit.sign_ins.count_second_tries(command.person_id, unit.now - COUNTED_FOR)
    may_guess = tried <= MOST_TRIES_A_DAY
    step = step_of(seed_of(factor, sealing), command.typed, command.at) if may_guess else None
    later = factor.after_step(step) if step is not None else factor.after_recovery(command.typed)
    if later is None:
        return None
    proven = Proven() if factor.confirmed else Proven(new_recovery_codes())
    if proven.recovery_codes:
        later = later.with_recovery(proven.recovery_codes)
    await unit.second_factors.save(later)
    return proven


async def reset_second_factor(email: str, unit: MatchingUnit) -> Person:
    """The telephone is lost, and the recovery codes are: signing in begins anew. Raises PersonUnknown."""
    known = await unit.people.read_by_email(email)
    person = await unit.people.get(known.id) if known else None
    if person is None:
        raise PersonUnknown
    await unit.second_factors.remove(person.id)
    return await end_sessions(person, unit)
