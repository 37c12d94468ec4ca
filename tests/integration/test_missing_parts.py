"""A run without container engine says what is missing and how to get it; in CI it fails."""

import asyncio
import os
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


async def run_redis_tests_without_engine(tmp_path: Path, **environment: str) -> tuple[int | None, str]:
    inherited = {k: v for k, v in os.environ.items() if k != "CI" and not k.startswith(("SCHAKEL_TEST_", "PYTEST_"))}
    process = await asyncio.create_subprocess_exec(
        *(
            sys.executable,
            "-m",
            "pytest",
            "-p",
            "no:cacheprovider",
            "tests/integration/test_parts.py",
            "-k",
            "TestRedis",
        ),
        cwd=ROOT,
        env=inherited | {"DOCKER_HOST": f"unix://{tmp_path}/nobody.sock"} | environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    return process.returncode, said.decode()


async def test_a_missing_part_is_one_loud_line_when_tests_need_it(tmp_path: Path) -> None:
    code, said = await run_redis_tests_without_engine(tmp_path)
    assert code == 0
    assert said.count("Redis is MISSING") == 1
    assert "2 tests were skipped" in said
    assert "SCHAKEL_TEST_REDIS" in said


async def test_a_skipped_test_fails_the_run_in_ci(tmp_path: Path) -> None:
    code, said = await run_redis_tests_without_engine(tmp_path, CI="true")
    assert code == 1
    assert "this run has failed" in said
