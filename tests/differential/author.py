"""Makes random programs, and the calls of their consumers.

No program does what this library intends to do in another way than CPython, or refuses:

- No deferred block contains a yield, a delegation, or a jump out of it.
- Nothing catches a close: attempts name the kinds of errors only. So no close can be swallowed.
- All generators of a program have the same `throws`. A generator without one is closed by a throw.
- Each delegation has a generator of its own: one that has ended has no second return value.

Three more differences are in the programs, and `cpython.py` models them. A cleanup is shielded from interrupts, which
wait for its end. An error that leaves a cleanup of a generator that is closing, or a generator inside it, passes each
attempt. And an interrupt that waits at a delegation lands there, and the generator inside does not start. Regular
generators have no awaits, so nothing waits, and only the second of these is in their programs.
"""

import itertools
import json
import random

from cpython import KINDS


class Author(random.Random):
    """Generates a program, and the calls of its consumer."""

    def __init__(self, seed, drops, awaits, size):
        super().__init__(seed)
        self.numbers = itertools.count(1)
        self.awaits, self.size = awaits, size
        self.drops = self.random() < drops
        self.delegates = self.random() < 0.5

    def block(self, around, depth, least=1, most=3):
        block = []
        for _ in range(self.randint(least, most)):
            block.append(self.statement(around, depth))
            # An interrupt that waits for a cleanup then meets a delegation.
            if block[-1].get("finally") and "deferred" not in around and self.random() < 0.02 * self.weight():
                block.append({"t": "delegate", "inner": self.inner()})
            if block[-1]["t"] in ("raise", "reraise", "return", "break", "continue"):
                break
        return block

    def statement(self, around, depth):
        """Returns a statement. `around` has the enclosing kinds (if, loop, attempt, catch, deferred) of its body."""
        free, deep, jumps = "deferred" not in around, depth > 0, 3 if "if" in around else 1
        choices = {
            "yield": (40 * free, lambda: {"v": next(self.numbers)}),
            "await": (
                self.awaits * (50 if self.drops else 10 if free else 26),
                lambda: {"n": self.choice((1, 1, 2, 3))},
            ),
            "log": (4, lambda: {"n": next(self.numbers)}),
            "raise": (0.5 + 4 * jumps * len({"attempt", "deferred"} & around), lambda: {"e": self.choice([*KINDS])}),
            "reraise": (3 * jumps * ("catch" in around), dict),
            "return": (0.8 * jumps * free, lambda: {"v": self.result()}),
            "delegate": (self.weight() * free, lambda: {"inner": self.inner()}),
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

    def weight(self):
        """Returns the weight of a delegation at this level: the generators inside delegate less often."""
        return (24, 20, 18, 16, 0)[self.level] if self.delegates else 0

    def result(self):
        return self.choice((None, 0, 1, 2))

    def inner(self):
        """Returns a generator inside. One in ten has an empty body."""
        self.level += 1
        depth = self.choice((0, 1, 1, 2))
        if self.random() < 0.3:
            inner = self.surviving(depth, 3)
        else:
            inner = self.block(set(), depth, 1, 3) if self.random() < 0.9 else []
        self.level -= 1
        return {"body": inner, "value": self.result()}

    def surviving(self, depth, rounds):
        """Returns a loop that survives most interrupts."""
        body = [{"t": "yield", "v": 0}, {"t": "try", **self.regions({"loop"}, depth, self.choice(("catch", "both")))}]
        attempt = {"t": "try", "body": body, "catch": {"on": [*KINDS], "body": []}, "else": None, "finally": None}
        return [{"t": "loop", "n": self.randint(2, rounds), "body": [attempt]}]

    def program(self):
        """Returns a program that is not too large to compile quickly. One that delegates does so one to six times."""
        self.level = 0
        while True:
            body = self.block(set(), 3, 2, 4) if self.random() < 0.3 else self.surviving(3, 5)
            text = json.dumps(body)
            small = len(text) < (min(self.size, 5000) if self.delegates else self.size)
            if small and (not self.delegates or 1 <= text.count('"delegate"') <= 6):
                return {"body": body, "value": self.result()}

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
