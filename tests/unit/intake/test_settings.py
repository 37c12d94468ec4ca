import pytest

from services.intake.settings import IntakeSettings
from shared.kernel.settings import SettingsInvalid, load
from tests.parts.keys import ring_file
from tests.parts.sealing import sealing_with
from tests.unit.intake.app import SETTINGS, VAULT_KEY


def environment(**changes: str) -> dict[str, str]:
    return {
        f"SCHAKEL_{name.upper()}": str(value)
        for name, value in {**SETTINGS, "key_ring": ring_file("intake"), **changes}.items()
    }


def test_vault_key_is_read_from_base64() -> None:
    sealing = load(IntakeSettings, environment(vault_key=VAULT_KEY)).sealing
    assert sealing.newest_id == sealing_with(bytes(range(32))).newest_id


@pytest.mark.parametrize("key", ["", "c2hvcnQ=", "not base64!" * 4])
def test_wrong_vault_key_is_named_with_its_mend_and_not_shown(key: str) -> None:
    with pytest.raises(SettingsInvalid) as wrong:
        load(IntakeSettings, environment(vault_key=key))
    (problem,) = wrong.value.problems
    assert problem.startswith("SCHAKEL_VAULT_KEY")
    assert "32 random bytes in base64" in problem
    assert not key or key not in problem
