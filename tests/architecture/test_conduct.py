"""How code behaves: it asks nobody for time or chance, commits in one place, and swallows nothing."""

import pytest

from tests.architecture import conduct
from tests.architecture.tree import Rule, project, sample

TIME, HOST = conduct.deciding_code_asks_nobody_what_time_it_is, conduct.the_hosts_clock_is_read_in_one_place
TODAY = conduct.today_is_the_day_in_the_city
COMMIT, IMPORT = conduct.only_the_unit_of_work_commits, conduct.nothing_happens_at_import
SWALLOW, PRINT = conduct.no_exception_is_swallowed, conduct.nobody_prints
BAD = [
    (TIME, "services/intake/domain/case.py", "def close(): return datetime.now(UTC)"),
    (TIME, "services/intake/domain/case.py", "def close(): return datetime.datetime.utcnow()"),
    (TIME, "services/intake/domain/rules.py", "def due(): return date.today()"),
    (TIME, "services/intake/handlers.py", "def new(): return uuid4()"),
    (TIME, "services/intake/handlers/cases.py", "def new(): return uuid_utils.compat.uuid7()"),
    (TIME, "services/intake/handlers.py", "def pick(): return random.choice([1])"),
    (TIME, "services/intake/handlers.py", "def token(): return secrets.token_hex()"),
    (TIME, "services/intake/store/repositories.py", "def save(): return time.time()"),
    (TIME, "services/intake/web/pages.py", "def page(): return datetime.now(UTC)"),
    (TIME, "services/intake/schedule.py", "WAIT = random.random()"),
    (HOST, "shared/messaging/outbox.py", "def flush(): return datetime.now(UTC)"),
    (HOST, "shared/web/pages.py", "def year(): return date.today().year"),
    (TODAY, "services/matching/handlers/answers.py", "def accept(unit): return unit.now.date()"),
    (TODAY, "shared/web/pages.py", "def soon(unit): return (unit.now + timedelta(days=10)).date()"),
    (TODAY, "tests/integration/matching/test_store.py", "day = world.clock.now().date()"),
    (TODAY, "tests/integration/monitoring/test_store.py", "day = entries[3].occurred_at.date()"),
    (TODAY, "tests/unit/monitoring/given.py", "def handed_over(at): return on(at.date())"),
    (COMMIT, "services/intake/handlers.py", "async def save(unit): await unit.session.commit()"),
    (COMMIT, "services/intake/web/pages.py", "async def save(connection): await connection.commit()"),
    (COMMIT, "shared/messaging/outbox.py", "async def flush(self): await self._session.commit()"),
    (IMPORT, "services/intake/settings.py", "SETTINGS = IntakeSettings()"),
    (IMPORT, "services/intake/store/repositories.py", "ENGINE = create_async_engine('postgresql://')"),
    (IMPORT, "services/intake/web/pages.py", "TEXT = Path('notice.txt').read_text()"),
    (IMPORT, "services/intake/adapters/smtp.py", "class Mail:\n    client = httpx.AsyncClient()"),
    (IMPORT, "shared/kernel/settings.py", "URL = os.environ['DATABASE_URL']"),
    (IMPORT, "shared/kernel/settings.py", "URL = os.environ.get('DATABASE_URL')"),
    (IMPORT, "shared/web/app.py", "def page(text=open('page.html')): ..."),
    (IMPORT, "deploy/cli.py", "asyncio.run(main())"),
    (SWALLOW, "shared/messaging/consumer.py", "try:\n    work()\nexcept Exception:\n    pass"),
    (SWALLOW, "shared/messaging/consumer.py", "try:\n    work()\nexcept:\n    ..."),
    (SWALLOW, "shared/messaging/relay.py", "while 1:\n  try:\n    work()\n  except BaseException:\n    continue"),
    (SWALLOW, "shared/messaging/relay.py", "def f():\n  try:\n    g()\n  except (OSError, Exception):\n    return 1"),
    (SWALLOW, "services/intake/handlers.py", "with contextlib.suppress(Exception):\n    work()"),
    (PRINT, "services/intake/handlers.py", "def f(): print('received')"),
    (PRINT, "shared/messaging/relay.py", "def f(): sys.stdout.write('published')"),
]  # fmt: skip
GOOD = {
    "services/intake/domain/case.py": "def close(at): return at",
    "services/matching/domain/days.py": "def day_of(now): return now.astimezone(AMSTERDAM).date()",
    "services/intake/handlers.py": "def close(unit): return unit.now, unit.ids.new(), self._clock.now()",
    "services/intake/adapters/chance.py": "def draw(): return secrets.token_bytes(8)",
    "services/intake/bootstrap.py": "def build(): return httpx.AsyncClient()",
    "services/intake/__main__.py": "main('intake', IntakeSettings, build)",
    "services/intake/store/migrations/env.py": "run_env(create_engine('x'))",
    "shared/kernel/clock.py": "def now(): return datetime.now(UTC)",
    "shared/storage/database.py": "async def leave(self): await self._connection.commit()",
    "shared/messaging/bus/kafka_producer.py": "async def done(self): await self._consumer.commit(offsets)",
    "shared/messaging/relay.py": "try:\n    work()\nexcept Exception as error:\n    park(error)\n"
    "try:\n    work()\nexcept TimeoutError:\n    pass\nwith contextlib.suppress(OSError):\n    close()\n"
    "if __name__ == '__main__':\n    asyncio.run(main())",
    "deploy/cli.py": "def show(): print('ready')\nTIMEOUT = httpx.Timeout(5)",
}


@pytest.mark.parametrize("rule", conduct.RULES, ids=lambda rule: rule.__name__)
def test_schakel_keeps_the_rule(rule: Rule) -> None:
    violations = rule(project())
    assert not violations, "\n".join(violations)


@pytest.mark.parametrize(("rule", "path", "text"), BAD, ids=[f"{path}: {text}" for _, path, text in BAD])
def test_rule_rejects_a_bad_sample(rule: Rule, path: str, text: str) -> None:
    violations = rule(sample({path: text}))
    assert len(violations) == 1
    assert violations[0].startswith(f"{path}:")


@pytest.mark.parametrize("rule", conduct.RULES, ids=lambda rule: rule.__name__)
def test_rule_accepts_a_good_sample_and_has_a_bad_one(rule: Rule) -> None:
    assert rule(sample(GOOD)) == []
    assert rule in {bad for bad, *_ in BAD}
