"""What a process of matching reads before anybody is answered."""

import subprocess
import sys

import pytest

FIRST_SEARCH = """
import asyncio
from shared.kernel import dutch_words
from shared.runtime import process
from shared.runtime.service import Service, SideTask
from services.matching.bootstrap import build
from services.matching.domain.vocabulary import Vocabulary
from services.matching.settings import MatchingSettings
from tests.parts.audit import AUDIT_KEY
from tests.parts.city import a_city
from tests.parts.keys import ring

settings = MatchingSettings(
    environment="test", database_url="%s", public_url="http://localhost", key_ring=ring("matching"),
    audit_key=AUDIT_KEY, code_key="c" * 32, city=a_city(), port=0, metrics_port=0, host="127.0.0.1",
)

async def looks(stop):
    before = dutch_words.lemma_of.cache_info()
    Vocabulary(settings.city)
    print("misses of a search", dutch_words.lemma_of.cache_info().misses - before.misses, "of", before.currsize > 100)
    stop.set()

def looking(settings, parts):
    real = build(settings, parts)
    return Service(real.name, real.web, (SideTask("looks", looks),), real.units, {}, real.warm)

asyncio.run(process.run("worker", "matching", settings, looking))
"""


@pytest.mark.postgres
@pytest.mark.timeout(180)
def test_process_knows_the_words_of_the_city_before_its_tasks_begin(database_url: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FIRST_SEARCH % database_url], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "misses of a search 0 of True"


def test_other_services_do_without_the_forms_of_dutch() -> None:
    loads = "import sys, services.intake.bootstrap, services.notify.bootstrap, services.monitoring.bootstrap"
    found = [sys.executable, "-c", f"{loads}; print('simplemma' in sys.modules)"]

    assert subprocess.run(found, capture_output=True, text=True, check=True).stdout.strip() == "False"
