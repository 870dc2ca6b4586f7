#!/usr/bin/env python3
"""Prints random generators, and their behaviour on CPython, as JSON lines.

    oracle.py SEED COUNT [--drops P]  COUNT cases; in a share P of them the consumer drops calls halfway
    oracle.py --check FILE            runs the cases of a file again, and fails if one differs

A body becomes a CPython generator: each `finally` is a deferred block, and each `except` an attempt.
`Generator` adds awaits, calls that are dropped, and a close that nothing swallows, which CPython lacks.

A step of a trace is a call, `op`, and its outcome: the result, `res`; the `state` after it; the `events` of the
body; how often it was pending, `pend`; the `rules` by which it differs from CPython's own async generators:
    5  a close passes an attempt    6  an interrupt waits for a deferred block    7  `next` continues a close
    8  `throw` returns the error    9  a call follows one that was dropped halfway
"""

import argparse
import itertools
import json
import random
import sys
from contextlib import contextmanager
from textwrap import indent

PENDING = object()


class Error(Exception):
    passes_attempts = False


class Close(BaseException):
    pass


KINDS = {name: type(name, (Error,), {}) for name in ("E0", "E1", "E2")}

# Each kind of statement in Python. `catches` is the number of enclosing catches.
STATEMENTS = {
    "yield": "r = yield {v}\nlog('got', r)\n",
    "await": "log('await', {n})\nfor _ in range({n}): yield PENDING\nlog('awaited', {n})\n",
    "log": "log('log', {n})\n",
    "raise": "raise {e}\n",
    "reraise": "raise e{catches}\n",
    "return": "log('return')\nreturn\n",
    "break": "break\n",
    "continue": "continue\n",
    "loop": "for _ in range({n}):\n{body}",
    "if": "if r == {eq}:\n{then}else:\n{else}",
    "try": "try:\n{body}",
}


def block_source(block, catches):
    return indent("".join(source(statement, catches) for statement in block) + "pass\n", " ")


def source(statement, catches):
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


class Generator:
    """A body, with the calls and the states of this library."""

    def __init__(self, program):
        # The unreachable yield at the end makes every body a generator.
        text = "def body():\n r = None\n log('start')\n" + block_source(program["body"], 0)
        names = {"PENDING": PENDING, "kind": kind, **KINDS}
        names |= {"log": self.log, "attempt": self.attempt, "deferred": self.deferred}
        exec(text + " log('end')\n return\n yield\n", names)
        self.body = names["body"]()
        self.state, self.closing, self.waiting, self.deferred_blocks = "created", False, None, 0

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

    def step(self, op):
        self.events, self.rules, self.pending = [], set(), 0
        step = {"op": op, "res": self.call(op), "state": self.state, "events": self.events}
        return step | {"pend": self.pending, "rules": sorted(self.rules)}

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
            except (Error, Close, StopIteration) as end:
                # A throw that did not land returns its error.
                return self.end(op, end if isinstance(end, Error) else self.waiting)
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

    def end(self, op, how):
        self.state = "finished"
        if isinstance(how, Error):
            return {"r": "err", "e": kind(how)}
        return {"r": "closed" if op["op"] == "close" else "done"}


def run(program, script):
    """Returns the trace of a script. The script sees the generator, to choose the next call."""
    generator = Generator(program)
    trace = [generator.step(op) for op in script(generator)]
    # Closes the generator, so that CPython does not run the rest of the body when it frees it.
    generator.step({"op": "close"})
    assert generator.state == "finished"
    return trace


class Author(random.Random):
    """Generates a program, and the calls of its consumer."""

    def __init__(self, seed, drops):
        super().__init__(seed)
        self.numbers = itertools.count(1)
        self.drops = self.random() < drops

    def block(self, around, depth, least=1, most=3):
        block = []
        for _ in range(self.randint(least, most)):
            block.append(self.statement(around, depth))
            if block[-1]["t"] in ("raise", "reraise", "return", "break", "continue"):
                break
        return block

    def statement(self, around, depth):
        """Returns a statement. `around` has the enclosing kinds: if, loop, attempt, catch, deferred."""
        free, deep, jumps = "deferred" not in around, depth > 0, 3 if "if" in around else 1
        choices = {
            "yield": (40 * free, lambda: {"v": next(self.numbers)}),
            "await": (50 if self.drops else 10 if free else 26, lambda: {"n": self.choice((1, 1, 2, 3))}),
            "log": (4, lambda: {"n": next(self.numbers)}),
            "raise": (0.5 + 4 * jumps * len({"attempt", "deferred"} & around), lambda: {"e": self.choice([*KINDS])}),
            "reraise": (3 * jumps * ("catch" in around), dict),
            "return": (0.8 * jumps * free, dict),
            "break": (2 * jumps * ("loop" in around), dict),
            "continue": (2 * jumps * ("loop" in around), dict),
            "loop": (9 * deep, lambda: {"n": self.randint(1, 3), "body": self.block(around | {"loop"}, depth - 1)}),
            "if": (12 * deep, lambda: {
                "eq": self.choice((None, 0, 1, 2)),
                "then": self.block(around | {"if"}, depth - 1, 1, 2),
                "else": self.block(around | {"if"}, depth - 1, 0, 2),
            }),
            "try": (36 * deep, lambda: self.regions(around, depth - 1, self.choice(("catch", "finally", "both")))),
        }
        choice = self.choices([*choices], [weight for weight, _ in choices.values()])[0]
        return {"t": choice, **choices[choice][1]()}

    def regions(self, around, depth, which):
        regions = {"body": self.block(around | {"attempt"} if which != "finally" else around, depth)}
        regions |= {"catch": None, "else": None, "finally": None}
        if which != "finally":
            kinds = sorted(self.sample([*KINDS], self.choice((1, 2, 3, 3))))
            regions["catch"] = {"on": kinds, "body": self.block(around | {"catch"}, depth, 0, 2)}
            regions["else"] = self.block(around, depth, 1, 2) if self.random() < 0.3 else None
        if which != "catch":
            regions["finally"] = self.block(around - {"loop", "attempt"} | {"deferred"}, depth, 0, 3)
        return regions

    def program(self):
        if self.random() < 0.3:
            return {"body": self.block(set(), 3, 2, 4)}
        # A loop that survives most interrupts.
        body = [{"t": "yield", "v": 0}, {"t": "try", **self.regions({"loop"}, 3, self.choice(("catch", "both")))}]
        attempt = {"t": "try", "body": body, "catch": {"on": [*KINDS], "body": []}, "else": None, "finally": None}
        return {"body": [{"t": "loop", "n": self.randint(2, 5), "body": [attempt]}]}

    def op(self, state):
        weights = {
            "created": (90, 5, 2, 3),
            "suspended": (30, 30, 25, 15) if self.drops else (35, 33, 25, 7),
            "inflight": (35, 8, 32, 25),
            "closing": (30, 10, 20, 40),
            "finished": (30, 20, 30, 20),
        }
        op = {"op": self.choices(("next", "send", "throw", "close"), weights[state])[0]}
        op |= {"send": {"v": self.randint(0, 2)}, "throw": {"e": self.choice([*KINDS])}}.get(op["op"], {})
        return op | {"drop": self.choice((0, 1, 1, 1, 1, 2, 2, 3))} if self.drops and self.random() < 0.7 else op

    def script(self, generator):
        for _ in range(self.randint(4, 16)):
            if generator.state != "finished":
                yield self.op(generator.state)
        if generator.state != "finished" and self.random() < 0.8:
            yield {"op": "close"}
        for _ in range(self.randint(1, 3) if generator.state == "finished" else 0):
            yield self.op("finished")


def write(seed, count, drops):
    for number in range(count):
        name = f"{seed}-{drops}-{number}"
        author = Author(name, drops)
        program = author.program()
        print(json.dumps({"id": name, "program": program, "trace": run(program, author.script)}, separators=(",", ":")))


def check(path):
    with open(path, encoding="utf-8") as lines:
        cases = [json.loads(line) for line in lines]
    different = 0
    for case in cases:
        trace = run(case["program"], lambda _: (step["op"] for step in case["trace"]))
        for found, expected in zip(trace, case["trace"]):
            if any(found[key] != expected[key] for key in found):
                different += 1
                print(f"{case['id']}: expected {expected}, found {found}")
                break
    print(f"{len(cases)} cases, {different} of them differ")
    return different > 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(usage="oracle.py SEED COUNT [--drops P] | --check FILE")
    parser.add_argument("numbers", type=int, nargs="*")
    parser.add_argument("--drops", type=float, default=0.0)
    parser.add_argument("--check")
    arguments = parser.parse_args()
    if arguments.check is not None:
        sys.exit(check(arguments.check))
    if len(arguments.numbers) != 2:
        parser.error("a seed and a count are needed")
    write(*arguments.numbers, arguments.drops)
