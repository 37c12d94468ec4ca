"""A key in a file is taken up while its users run."""

from pathlib import Path

from shared.privacy.rotating_key import LOOK_SECONDS, RotatingKey


class Watch:
    """Seconds that pass when told to."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def test_file_is_looked_at_once_a_second(tmp_path: Path) -> None:
    file, watch = tmp_path / "key", Watch()
    file.write_text("old\n")
    key = RotatingKey("old", file, now=watch)
    assert key.newest == "old"
    file.write_text("new\nold\n")
    assert key.newest == "old"
    watch.seconds += LOOK_SECONDS
    assert (key.newest, key.all) == ("new", ("new", "old"))


def test_file_that_cannot_be_read_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "key"
    key = RotatingKey("old", file)
    assert key.all == ("old",)
    for nonsense in (b"", b"\xff\xfe\n"):
        file.write_bytes(nonsense)
        key.look()
        assert key.all == ("old",)


def test_key_without_a_file_stays() -> None:
    assert RotatingKey("new\nold").all == ("new", "old")
