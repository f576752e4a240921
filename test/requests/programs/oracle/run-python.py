"""Runs Python programs with a client that keeps what it is called with: JSON on stdin and stdout, for python-runs.test.ts.

What arrives is written as JSON; what can't be is {"$opaque": …}.
"""
import contextlib
import io
import json
import signal
import sys

PRELUDE = """
import asyncio, contextlib, copy, functools, json
choices = [True, False, False, True, True, False, True]
def t():
    choices.append(choices.pop(0))
    return choices[-1]
def opaque(value=None):
    return value
def change(value):
    if isinstance(value, dict):
        value["Type"] = "changed"
        value["Added"] = "changed"
    elif isinstance(value, list):
        value.append("changed")
    return value
@contextlib.contextmanager
def context(value=None):
    yield value
hooks = []
def run_hooks():
    for hook in hooks:
        hook()
class Box:
    pass
box = Box()
"""


def plain(value):
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return {key: plain(item) for key, item in value.items()}
    return {"$opaque": repr(value)}


class Client:
    def __init__(self):
        self.calls = []

    def create_data_repository_task(self, **given):
        line = sys._getframe(1).f_lineno
        if len(self.calls) < 50:
            self.calls.append({"line": line, "given": plain(given)})
        return {"TaskLifecycle": "PENDING"}


class Endless(BaseException):
    """A program that goes on and on, as one does that appends to what it goes through."""


def stop(*_):
    raise Endless


def run(program):
    client = Client()
    names = {"__name__": "program"}
    exec(PRELUDE, names)
    names["fsx"] = client
    signal.signal(signal.SIGALRM, stop)
    signal.alarm(2)
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(program, "program.py", "exec"), names)
    except (Exception, Endless):
        pass  # What came before the error is compared.
    finally:
        signal.alarm(0)
    return client.calls


json.dump([run(program) for program in json.load(sys.stdin)], sys.stdout)
