#!/usr/bin/env python3
"""Prints random generators, and their behaviour on CPython, as JSON lines.

    oracle.py SEED COUNT [--drops P] [--scripts N]  COUNT programs; in a share P the consumer drops calls halfway
    oracle.py SEED COUNT --regular [--scripts N]    COUNT programs without an await, as CPython's own generators
    oracle.py --check FILE                          runs the cases of a file again, and fails if one differs

`--size N` limits the size of a program, in characters of JSON, since large ones take long to compile.

A case is a program and the traces of N scripts. Half of the programs delegate. `author.py` makes programs,
and `cpython.py` runs them.

A step of a trace is a call, `op`, and its outcome: the result, `res`, with the value that the body returned; the
`state` after it; the `events` of the body; how often it was pending, `pend`; the `rules` by which it differs from
CPython's own generators:
    5  an error that replaces a close passes an attempt
    6  an interrupt waits for a deferred block, or lands at a delegation
    7  `next` continues a close
    8  `throw` returns the error
    9  a call follows one that was dropped halfway
Of these, regular generators have rule 5 only.
"""

import argparse
import json
import sys

# Leaves no `__pycache__` in the sources.
sys.dont_write_bytecode = True

from author import Author  # noqa: E402
from cpython import Async, Regular, run  # noqa: E402


def starts(trace):
    """Returns how many generators started."""
    return sum(event[1] == "start" for step in trace for event in step["events"])


def write(seed, count, drops, scripts, regular, size):
    for number in range(count):
        name = f"{seed}-{'regular' if regular else drops}-{number}"
        author = Author(name, drops, not regular, size)
        generator = Regular if regular else Async
        while True:
            program = author.program()
            traces = [run(generator(program), author.script) for _ in range(scripts)]
            if not author.delegates or any(starts(trace) > 1 for trace in traces):
                break
        case = {"id": name} | ({"regular": True} if regular else {}) | {"program": program, "traces": traces}
        print(json.dumps(case, separators=(",", ":")))


def generators(case):
    """Returns the generators that run a case. A program without an await is a regular generator, too."""
    regular = [] if '"await"' in json.dumps(case["program"]) else [Regular]
    return regular if case.get("regular") else [Async, *regular]


def expectation(trace, generator):
    """Returns the trace of this generator. A regular one has no calls that are dropped, and rule 8 is CPython's own."""
    if generator is Async:
        return trace
    trace = [step for step in trace if step["op"].get("drop") != 0]
    return [step | {"rules": [rule for rule in step["rules"] if rule != 8]} for step in trace]


def check(path):
    with open(path, encoding="utf-8") as lines:
        cases = [json.loads(line) for line in lines]
    runs = [(case, trace, each) for case in cases for trace in case["traces"] for each in generators(case)]
    different = 0
    for case, trace, generator in runs:
        trace = expectation(trace, generator)
        for found, expected in zip(run(generator(case["program"]), lambda _: (step["op"] for step in trace)), trace):
            if any(found[key] != expected[key] for key in found):
                different += 1
                print(f"{case['id']}: expected {expected}, found {found}")
                break
    print(f"{len(cases)} programs, {len(runs)} runs of scripts, {different} of them differ")
    return different > 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(usage="oracle.py SEED COUNT [OPTION..] | oracle.py --check FILE")
    parser.add_argument("numbers", type=int, nargs="*")
    parser.add_argument("--drops", type=float, default=0.0)
    parser.add_argument("--regular", action="store_true")
    parser.add_argument("--scripts", type=int, default=3)
    parser.add_argument("--size", type=int, default=sys.maxsize)
    parser.add_argument("--check")
    arguments = parser.parse_args()
    if arguments.check is not None:
        sys.exit(check(arguments.check))
    if len(arguments.numbers) != 2:
        parser.error("a seed and a count are needed")
    write(*arguments.numbers, arguments.drops, arguments.scripts, arguments.regular, arguments.size)
