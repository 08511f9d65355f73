"""The Chinese catalogue is complete, and every text waits for its reader."""

import ast
from collections.abc import Iterator

from culture_admin.environment import CHECKOUT
from culture_admin.translations import catalogue, faults

HOUSE = ("culture_admin", "stations", "stewards", "activities")
LAZY = {"_", "_lazy", "gettext_lazy", "pgettext_lazy", "ngettext_lazy"}


def filled_in_at_once(tree: ast.AST) -> Iterator[int]:
    """The lines outside functions that fill in a lazy text: in the language of whoever started the server."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod) and isinstance(node.left, ast.Call):
            yield from [node.lineno] if getattr(node.left.func, "id", "") in LAZY else []
        yield from filled_in_at_once(node)


def test_every_text_is_translated():
    assert faults(catalogue()) == []


def test_no_text_is_filled_in_before_there_is_a_reader():
    files = [path for room in HOUSE for path in (CHECKOUT / room).rglob("*.py")]
    found = [
        f"{path.relative_to(CHECKOUT)}:{line}"
        for path in files
        for line in filled_in_at_once(ast.parse(path.read_text()))
    ]
    assert found == []
