"""Runs programs on CPython, with the calls and the states of this library.

A body becomes a CPython generator: each `finally` is a deferred block, each `except` an attempt, and each `yield from`
a delegation to a generator inside. `Regular` calls that generator as it is. `Async` adds awaits and calls that are
dropped, which CPython lacks. There a close is a throw of `Close`, since the generators inside may await as they close.
"""

import inspect
import sys
from contextlib import contextmanager
from textwrap import indent

PENDING = object()


class Error(Exception):
    passes_attempts = False


class Close(BaseException):
    pass


KINDS = {name: type(name, (Error,), {}) for name in ("E0", "E1", "E2")}

STATES = {inspect.GEN_CREATED: "created", inspect.GEN_SUSPENDED: "suspended", inspect.GEN_CLOSED: "finished"}

# Each kind of statement in Python. `catches` is the number of enclosing catches.
STATEMENTS = {
    "yield": "r = yield {v}\nlog('got', r)\n",
    "await": "log('await', {n})\nfor _ in range({n}): yield PENDING\nlog('awaited', {n})\n",
    "log": "log('log', {n})\n",
    "raise": "raise {e}\n",
    "reraise": "raise e{catches}\n",
    "return": "log('return')\nreturn {v}\n",
    "break": "break\n",
    "continue": "continue\n",
    "loop": "for _ in range({n}):\n{body}",
    "if": "if r == {eq}:\n{then}else:\n{else}",
    "try": "try:\n{body}",
    "delegate": "with delegation():\n r = yield from inner()\nlog('result', r)\n",
}


def block_source(block, catches):
    return indent("".join(source(statement, catches) for statement in block) + "pass\n", " ")


def function(name, program):
    """Returns a generator function. The unreachable yield at the end makes every body one."""
    end = f" log('end')\n return {program['value']}\n yield\n"
    return f"def {name}():\n r = None\n log('start')\n" + block_source(program["body"], 0) + end


def source(statement, catches):
    if statement["t"] == "delegate":
        return function("inner", statement["inner"]) + STATEMENTS["delegate"]
    fields = {k: block_source(v, catches) if isinstance(v, list) else v for k, v in statement.items()}
    text = STATEMENTS[statement["t"]].format(catches=catches, **fields)
    if catch := fields.get("catch"):
        error = f"e{catches + 1}"
        text += f"except attempt({', '.join(catch['on'])}) as {error}:\n log('caught', kind({error}))\n"
        text += block_source(catch["body"], catches + 1) + "else:\n" + (fields["else"] or " pass\n")
    if cleanup := fields.get("finally"):
        text += "finally:\n log('finally')\n with deferred():\n" + indent(cleanup, " ")
    return text


def kind(error):
    return type(error).__name__


class Regular:
    """A body, with the calls of CPython's own generators.

    Adds one thing to them: an error that replaces a close passes each attempt.
    """

    def __init__(self, program):
        names = {"PENDING": PENDING, "kind": kind, **KINDS}
        names |= {"log": self.log, "attempt": self.attempt, "deferred": self.deferred, "delegation": self.delegation}
        exec(function("body", program), names)
        self.body = names["body"]()
        self.state, self.closing, self.deferred_blocks = "created", False, 0

    def log(self, *event):
        self.events.append([0, *event])

    def attempt(self, *kinds):
        """Returns the kinds that an `except` catches. Evaluated when an error arrives."""
        error = sys.exception()
        if not (isinstance(error, Error) and error.passes_attempts):
            return kinds
        if isinstance(error, kinds):
            self.rules.add(5)
        return ()

    @contextmanager
    def deferred(self):
        self.deferred_blocks += 1
        try:
            yield
        except Error as error:
            error.passes_attempts = self.closing and self.deferred_blocks == 1
            raise
        finally:
            self.deferred_blocks -= 1

    @contextmanager
    def delegation(self):
        """Marks errors that leave a generator inside."""
        try:
            yield
        except Error as error:
            error.passes_attempts = self.closing
            raise

    def step(self, op):
        self.events, self.rules, self.pending = [], set(), 0
        step = {"op": op, "res": self.call(op), "state": self.state, "events": self.events}
        return step | {"pend": self.pending, "rules": sorted(self.rules)}

    def call(self, op):
        before, self.closing = self.state, op["op"] == "close"
        try:
            match op["op"]:
                case "next":
                    return {"r": "yield", "v": next(self.body)}
                case "send":
                    return {"r": "yield", "v": self.body.send(op["v"])}
                case "throw":
                    return {"r": "yield", "v": self.body.throw(KINDS[op["e"]]())}
                case "close":
                    self.body.close()
                    return {"r": "closed"}
        except TypeError:
            # A value that is sent before the first yield.
            assert op["op"] == "send" and before == "created"
            return {"r": "not_started"}
        except StopIteration as end:
            # A generator that has ended has no second return value.
            return {"r": "done"} | ({} if before == "finished" else {"v": end.value})
        except Error as error:
            return {"r": "err", "e": kind(error)}
        finally:
            self.state = STATES[inspect.getgeneratorstate(self.body)]


class Async(Regular):
    """A body, with the calls and the states of this library's async generators."""

    def __init__(self, program):
        super().__init__(program)
        self.waiting = None

    @contextmanager
    def delegation(self):
        """Starts no generator if an interrupt is waiting, which lands instead."""
        if self.waiting:
            self.rules.add(6)
            interrupt, self.waiting = self.waiting, None
            raise interrupt
        with super().delegation():
            yield

    def call(self, op):
        interrupt = KINDS[op["e"]]() if op["op"] == "throw" else Close() if op["op"] == "close" else None
        match self.state, op["op"]:
            case _ if op.get("drop") == 0:
                return {"r": "dropped"}
            case ("created", "throw" | "close") | ("finished", "next" | "send" | "close"):
                return self.end(op, interrupt)
            case "closing" | "finished", "throw":
                self.rules.add(8)
                return {"r": "err", "e": op["e"]}
            case "created" | "inflight" | "closing", "send":
                self.rules |= set() if self.state == "created" else {9}
                return {"r": "not_started"}
            case "closing", "next":
                self.rules.add(7)
            case "inflight", "throw" | "close":
                self.rules |= {6, 9} if self.deferred_blocks else {9}
        if interrupt and not self.closing:
            self.waiting, self.closing = interrupt, op["op"] == "close"
        return self.run(op)

    def run(self, op):
        value = op.get("v")
        while True:
            try:
                if self.waiting and not self.deferred_blocks:
                    interrupt, self.waiting = self.waiting, None
                    reached = self.body.throw(interrupt)
                else:
                    reached = self.body.send(value)
            except StopIteration as end:
                # A throw that did not land returns its error.
                return self.end(op, self.waiting, {"v": end.value})
            except (Error, Close) as end:
                return self.end(op, end)
            value = None
            if self.waiting and not self.deferred_blocks:
                self.rules.add(6)
            elif reached is not PENDING:
                assert not self.closing
                self.state = "suspended"
                return {"r": "yield", "v": reached}
            else:
                self.pending += 1
                if self.pending == op.get("drop"):
                    # If a call is dropped, its throw has no effect, but a close will land.
                    self.waiting = self.waiting if self.closing else None
                    self.state = "closing" if self.closing else "inflight"
                    return {"r": "dropped"}

    def end(self, op, how, returned=None):
        self.state = "finished"
        result = {"r": "closed" if op["op"] == "close" else "done"}
        return ({"r": "err", "e": kind(how)} if isinstance(how, Error) else result) | (returned or {})


def run(generator, script):
    """Returns the trace of a script. The script sees the generator, to choose the next call."""
    trace = [generator.step(op) for op in script(generator)]
    # Closes the generator, so that CPython does not run the rest of the body when it frees it.
    generator.step({"op": "close"})
    assert generator.state == "finished"
    return trace
