#!/usr/bin/env python3
"""Draws the cost per item over the depth of delegation, from the output of delegation.sh.

    ./delegation.sh >stable.txt
    RUSTUP_TOOLCHAIN=nightly RUSTFLAGS="--cfg nightly" ./delegation.sh >nightly.txt
    ./delegation_svg.py stable.txt nightly.txt >../gen-runtime/docs/delegation.svg

A way to delegate that is in several files is drawn from the first of them.
"""

import math
import sys

WIDTH, HEIGHT = 700, 400
LEFT, RIGHT, TOP, BOTTOM = 78, 36, 46, 56
GAP = 17  # between the baselines of two labels

# Colours that people with any colour vision can tell apart, on a background of its own.
WAYS = {
    "`yield_from!`": ("yield_from!", "#0057b8", 3),
    "`#[for_await]`": ("#[for_await] loops", "#b85c00", 2),
    "async-stream": ("async-stream loops", "#8a1c7c", 2),
    "`async gen`, nightly": ("async gen loops, on nightly", "#3f6b00", 2),
    "by hand": ("a stack of frames, by hand", "#555555", 2),
}


def tables(text):
    """Returns the tables of a text, each a list of rows of cells."""
    found = []
    for line in text.splitlines():
        if not line.startswith("|"):
            found.append([])
        elif not line.startswith("|-"):
            found or found.append([])
            found[-1].append([cell.strip() for cell in line.strip("|").split("|")])
    return [table for table in found if table]


def read(paths):
    """Returns the points of each way, and the depth at which its stack is used up."""
    points, deepest = {}, {}
    for path in paths:
        with open(path, encoding="utf-8") as file:
            for head, *rows in tables(file.read()):
                if head[1:] == ["depth"]:
                    for name, depth in rows:
                        deepest.setdefault(name, int(depth) if depth.isdigit() else None)
                elif head[1].isdigit():
                    for name, *costs in rows:
                        pairs = [(int(d), int(c)) for d, c in zip(head[1:], costs) if c.isdigit()]
                        # A logarithmic axis has no zero.
                        points.setdefault(name, [pair for pair in pairs if pair[0] > 0])
    return points, deepest


def draw(points, deepest):
    costs = [cost for pairs in points.values() for _, cost in pairs]
    decades_x = math.ceil(math.log10(max(d for pairs in points.values() for d, _ in pairs)))
    low = math.floor(math.log10(min(costs)))
    high = math.ceil(math.log10(max(costs)))
    floor = HEIGHT - BOTTOM

    def x(depth):
        return LEFT + (WIDTH - LEFT - RIGHT) * math.log10(depth) / decades_x

    def y(cost):
        return floor - (floor - TOP) * (math.log10(cost) - low) / (high - low)

    def text(at, line, content, style=""):
        content = content.replace("&", "&amp;").replace("<", "&lt;")
        return f'<text x="{at:.1f}" y="{line:.1f}"{style}>{content}</text>'

    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
        ' role="img" font-family="system-ui, sans-serif" font-size="13" fill="#333333">',
        "<title>Instructions per item over the depth of delegation</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" rx="6" fill="#ffffff"/>',
        text(LEFT, 26, "Instructions per item", ' font-size="15" font-weight="600"'),
    ]
    for power in range(decades_x + 1):
        at = x(10**power)
        out.append(f'<path d="M{at:.1f} {TOP}V{floor}" stroke="#e6e6e6"/>')
        out.append(text(at, floor + 18, f"{10**power:,}", ' text-anchor="middle"'))
    for power in range(low, high + 1):
        at = y(10**power)
        out.append(f'<path d="M{LEFT} {at:.1f}H{WIDTH - RIGHT}" stroke="#e6e6e6"/>')
        out.append(text(LEFT - 8, at + 4.5, f"{10**power:,}", ' text-anchor="end"'))
    axis = "Depth: the number of delegations between the consumer and the generator that yields"
    middle = (LEFT + WIDTH - RIGHT) / 2
    out.append(text(middle, floor + 42, axis, ' text-anchor="middle"'))

    labels = []
    for name, (label, colour, stroke) in WAYS.items():
        pairs = points.get(name)
        if not pairs:
            continue
        line = " ".join(f"{x(depth):.1f},{y(cost):.1f}" for depth, cost in pairs)
        out.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="{stroke}"/>')
        for depth, cost in pairs:
            out.append(f'<circle cx="{x(depth):.1f}" cy="{y(cost):.1f}" r="{stroke + 1}" fill="{colour}"/>')
        depth, cost = pairs[-1]
        weight = ' font-weight="600"' if name == "`yield_from!`" else ""
        if deepest.get(name):
            labels.append([y(cost), x(depth), label, colour])
        else:
            style = f' text-anchor="end" fill="{colour}"{weight}'
            out.append(text(x(depth), y(cost) - 9, label, style))

    # Labels of lines that end close to each other are moved apart around their middle.
    labels.sort()
    centre = sum(label[0] for label in labels) / max(len(labels), 1)
    for index, (end, at, label, colour) in enumerate(labels):
        line = centre + GAP * (index - (len(labels) - 1) / 2)
        out.append(f'<path d="M{at + 5:.1f} {end:.1f}L{at + 16:.1f} {line:.1f}" stroke="{colour}"/>')
        out.append(text(at + 19, line + 4.5, label, f' fill="{colour}"'))
    overflows = [round(deepest[name], -3) for name in WAYS if name in points and deepest.get(name)]
    if labels and overflows:
        line = centre + GAP * (len(labels) - 1) / 2 + 26
        at = max(label[1] for label in labels) + 19
        out.append(text(at, line, "They overflow a stack of 8 MiB at", ' font-size="12"'))
        depths = f"depths of {min(overflows):,} to {max(overflows):,}."
        out.append(text(at, line + 15, depths, ' font-size="12"'))
    out.append("</svg>")
    return "\n".join(out)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("usage: delegation_svg.py FILE..., each the output of delegation.sh")
    print(draw(*read(sys.argv[1:])))
