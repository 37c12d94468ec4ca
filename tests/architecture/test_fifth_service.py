"""Services evolve alone: what stands outside community for its sake is what README says, and no more."""

import re
from pathlib import Path
from typing import Final

from tests.architecture.tree import ROOT

ITS_EVENTS: Final = {
    "acquaintance", "alike_families", "card_letters", "cards", "care", "community", "follow_letters", "following",
    "gathering_letters", "knowledge", "programme", "reply_drafts", "skills", "sparring", "sparring_letters", "swap",
}  # fmt: skip
GROUND: Final = {
    "deploy/demo/first_start.py",
    "deploy/compose.yaml", "deploy/compose.tls.yaml", "deploy/compose/Caddyfile", "deploy/install/key_store.py",
    "deploy/install/secret_store.py", "shared/events/catalogue.py", "shared/events/http.py",
    "shared/kernel/settings.py", "shared/web/site.py",
}  # fmt: skip
WHO_ANSWER: Final = {"services/intake/web/internal.py", "services/matching/web/internal.py"}


def _names_it(file: Path) -> bool:
    is_code = file.suffix in {".py", ".yaml"} or file.name == "Caddyfile"
    return is_code and re.search(r"\bcommunity\b", file.read_text(encoding="utf-8")) is not None


def _found(*folders: str) -> set[str]:
    files = (file for folder in folders for file in (ROOT / folder).rglob("*") if file.is_file())
    return {str(file.relative_to(ROOT)) for file in files if _names_it(file)}


def test_ten_files_of_the_ground_name_community_beside_its_events() -> None:
    events = {f"shared/events/{name}.py" for name in ITS_EVENTS}
    assert _found("shared", "deploy") - events == GROUND


def test_of_the_other_services_only_who_answers_it_and_who_mails_for_it_name_it() -> None:
    assert _found("services/intake", "services/matching", "services/monitoring") == WHO_ANSWER


def test_readme_says_so() -> None:
    said = (ROOT / "README.md").read_text(encoding="utf-8")
    assert ("ten files" in said, len(GROUND)) == (True, 10)
