"""What somebody wrote on a card is read by `card_for` alone; everything else takes what that returns."""

import ast

from tests.architecture.tree import SourceTree, project, sample

# The rule itself, and where it is sealed and opened.
READERS = ("services/community/domain/card.py", "services/community/store/cards.py")


def what_stands_on_a_card_is_read_elsewhere(tree: SourceTree) -> list[str]:
    return [
        source.at(node.lineno, "reads what somebody wrote on a card: take card_for(viewer, …)")
        for source in tree.under("services/community")
        if str(source.path) not in READERS
        for node in source.nodes
        if isinstance(node, ast.Attribute) and node.attr == "wrote"
    ]


def test_what_stands_on_a_card_has_one_reader() -> None:
    violations = what_stands_on_a_card_is_read_elsewhere(project())
    assert not violations, "\n".join(violations)


def test_another_reader_is_found() -> None:
    page = "services/community/web/pages/faces.py"
    tree = sample({page: "def phone(card): return card.wrote['phone']", READERS[0]: "def card_for(card): card.wrote"})
    (violation,) = what_stands_on_a_card_is_read_elsewhere(tree)
    assert violation.startswith(f"{page}:")
