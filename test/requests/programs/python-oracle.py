"""What CPython's own parser says of calls in Python files: JSON on stdout, for python-oracle.test.ts.

Per file the calls of methods of one name that have only keywords, with those keywords whose values are literals.
"""
import ast
import json
import sys


def plain(value):
    """The value as JSON has it."""
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {plain(key): plain(item) for key, item in value.items()}
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    raise ValueError(value)


def literal(node):
    try:
        return {"value": plain(ast.literal_eval(node))}
    except (ValueError, TypeError):
        return None


def calls(tree, names):
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        if node.func.attr not in names or node.args:
            continue
        keywords = {k.arg: literal(k.value) for k in node.keywords if k.arg}
        known = {k: v["value"] for k, v in keywords.items() if v}
        yield {"line": node.lineno, "literals": known}


for path in sys.argv[2:]:
    with open(path, encoding="utf-8", newline="") as file:
        tree = ast.parse(file.read())
    found = sorted(calls(tree, set(sys.argv[1].split(","))), key=lambda call: call["line"])
    print(json.dumps({"file": path, "calls": found}))
