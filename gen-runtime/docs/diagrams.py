#!/usr/bin/env python3
"""Draws the diagrams of the guide: states.svg, round_trip.svg and chain.svg, beside this file.

    gen-runtime/docs/diagrams.py            # writes them
    gen-runtime/docs/diagrams.py --check    # fails if a file is not what would be written

Writes picture.md too: the chart of the README as a data URL, for docs.rs, which has no files of a repository.
"""

import base64
import html
import pathlib
import sys

# Colours that people with any colour vision can tell apart, on a background of its own.
INK, PALE, BLUE, ORANGE, GREEN = "#333333", "#f2f4f7", "#0057b8", "#b85c00", "#3f6b00"


class Drawing:
    """An SVG without blank lines: Markdown would end the HTML there."""

    def __init__(self, width, height, title):
        self.lines = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
            f' role="img" font-family="system-ui, sans-serif" font-size="13" fill="{INK}">',
            f"<title>{html.escape(title)}</title>",
            "<defs>",
        ]
        # `context-stroke`, which needs one marker only, is missing in some browsers.
        for colour in (INK, BLUE, ORANGE, GREEN):
            self.lines.append(
                f'<marker id="{self.head(colour)}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8"'
                f' orient="auto-start-reverse" markerUnits="userSpaceOnUse"><path d="M0 1L9 5L0 9z" fill="{colour}"/></marker>'
            )
        self.lines.append("</defs>")
        self.lines.append(f'<rect width="{width}" height="{height}" rx="6" fill="#ffffff"/>')

    @staticmethod
    def head(colour):
        return f"head-{colour[1:]}"

    def text(self, x, y, content, *, colour=INK, anchor="middle", bold=False, size=13, code=False):
        style = f' text-anchor="{anchor}" fill="{colour}" font-size="{size}"'
        if bold:
            style += ' font-weight="600"'
        if code:
            style += ' font-family="ui-monospace, monospace"'
        self.lines.append(f'<text x="{x}" y="{y}"{style}>{html.escape(content)}</text>')

    def box(self, x, y, width, height, name, *notes, colour=INK, code=False):
        """Draws a box with its top left corner at (x, y), a name, and lines below it."""
        self.lines.append(
            f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="8" fill="{PALE}" stroke="{colour}" stroke-width="1.5"/>'
        )
        middle, line = x + width / 2, y + height / 2 + 5 - 8 * len(notes)
        self.text(middle, line, name, bold=True, size=14, code=code, colour=colour)
        for index, note in enumerate(notes):
            self.text(middle, line + 17 * (index + 1), note, size=12)

    def arrow(self, path, *, colour=INK, width=1.5, dashed=False, both=False):
        style = f' stroke="{colour}" stroke-width="{width}" fill="none" marker-end="url(#{self.head(colour)})"'
        if dashed:
            style += ' stroke-dasharray="5 4"'
        if both:
            style += f' marker-start="url(#{self.head(colour)})"'
        self.lines.append(f'<path d="{path}"{style}/>')

    def line(self, path, colour="#c4c9d0"):
        self.lines.append(f'<path d="{path}" stroke="{colour}" fill="none"/>')

    def render(self):
        return "\n".join([*self.lines, "</svg>", ""])


def states():
    """The states of a generator, and the calls that lead from one to another."""
    out = Drawing(760, 360, "The states of a generator, and the calls between them")
    out.box(24, 86, 130, 60, "Created", "no code has run")
    out.box(290, 86, 180, 60, "Suspended", "waits at a yield", colour=BLUE)
    out.box(596, 86, 140, 60, "Finished", "None, forever")
    out.box(290, 276, 180, 60, "InFlight", "waits at an await", colour=ORANGE)
    out.box(596, 276, 140, 60, "Closing", "waits in a defer!", colour=ORANGE)

    out.arrow("M154 116H288")
    out.text(221, 108, "next, resume", code=True, size=12)
    # The loop at the state in which a generator is most of the time.
    out.arrow("M345 86C335 48 425 48 415 84", colour=BLUE)
    out.text(380, 50, "next, send, throw", code=True, size=12, colour=BLUE)
    out.arrow("M470 116H594")
    out.text(532, 108, "the body ends,", size=12)
    out.text(532, 133, "an error, close", size=12)
    out.arrow("M89 86V36Q89 24 101 24H654Q666 24 666 36V84")
    out.text(380, 18, "close, throw: the body does not run", size=12)

    out.arrow("M350 146V274", colour=ORANGE, dashed=True)
    out.text(342, 206, "a call is dropped", anchor="end", size=12, colour=ORANGE)
    out.text(342, 222, "while it is pending", anchor="end", size=12, colour=ORANGE)
    out.arrow("M410 274V148")
    out.text(418, 206, "next, resume", anchor="start", code=True, size=12)
    out.text(418, 222, "continue it", anchor="start", size=12)
    out.arrow("M470 306H594", colour=ORANGE, dashed=True)
    out.text(532, 298, "a close is", size=12, colour=ORANGE)
    out.text(532, 323, "dropped too", size=12, colour=ORANGE)
    out.arrow("M470 284C560 252 600 210 620 148")
    out.text(520, 250, "close, throw", anchor="end", code=True, size=12)
    out.arrow("M666 276V148")
    out.text(674, 206, "close,", anchor="start", code=True, size=12)
    out.text(674, 222, "next", anchor="start", code=True, size=12)
    return out.render()


def round_trip():
    """One call of a consumer, through an await that is pending, to the item."""
    consumer, machine, body, executor = 80, 270, 440, 690
    out = Drawing(760, 384, "One round trip: from a call to its item")
    for x, name, colour in (
        (consumer, "consumer", INK),
        (machine, "handle, machine", INK),
        (body, "body", BLUE),
        (executor, "executor", ORANGE),
    ):
        out.text(x, 28, name, bold=True, size=14, colour=colour)
        out.line(f"M{x} 40V346")

    def message(y, start, end, content, *, colour=INK, code=False, dashed=False):
        gap = 4 if end > start else -4
        out.arrow(f"M{start + gap} {y}H{end - gap}", colour=colour, dashed=dashed)
        out.text((start + end) / 2, y - 7, content, colour=colour, code=code, size=12)

    message(72, consumer, machine, "handle.send(s).await", code=True)
    message(104, machine, body, "poll; s in the frame", colour=BLUE)
    out.text(body + 12, 128, "yield_! evaluates to s", anchor="start", size=12, colour=BLUE)
    out.text(body + 12, 148, "..", anchor="start", size=12, colour=BLUE)
    out.text(body + 12, 168, "io().await", anchor="start", size=12, colour=BLUE, code=True)
    message(196, body, executor, "Pending, with the task's waker", colour=ORANGE, dashed=True)
    message(228, executor, body, "wakes: polled again", colour=ORANGE)
    out.text(body + 12, 252, "..", anchor="start", size=12, colour=BLUE)
    out.text(body + 12, 272, "yield_!(v)", anchor="start", size=12, colour=BLUE, code=True)
    message(300, body, machine, "Pending; v in the frame", colour=BLUE)
    message(332, machine, consumer, "Some(v)", code=True)
    out.text(380, 370, "Between two calls no code of the body runs.", size=12)
    return out.render()


def chain():
    """A chain of `yield_from!`: the consumer's call goes to the innermost body, and its item comes back at once."""
    out = Drawing(760, 320, "Delegation: calls go to the innermost generator")
    out.box(24, 126, 120, 60, "consumer")
    out.box(214, 126, 130, 60, "handle", "of the outer one")
    for index, (name, note) in enumerate(
        (("outer", "yield_from!(middle())"), ("middle", "yield_from!(inner())"), ("inner", "yield_!(v)"))
    ):
        top = 20 + 106 * index
        innermost = index == 2
        out.box(530, top, 200, 60, name, note, colour=BLUE if innermost else INK)
    out.arrow("M144 146H212", colour=BLUE, width=2)
    out.arrow("M214 168H146", colour=GREEN, width=2)
    out.text(179, 138, "send(s)", code=True, size=12, colour=BLUE)
    out.text(179, 186, "Some(v)", code=True, size=12, colour=GREEN)
    out.arrow("M300 186C320 250 420 270 528 270", colour=BLUE, width=2)
    out.arrow("M528 252C440 248 370 232 340 188", colour=GREEN, width=2)
    out.text(330, 262, "polls it, at any depth", anchor="end", size=12, colour=BLUE)
    out.text(440, 236, "v", code=True, size=12, colour=GREEN)
    out.line("M344 146C420 130 470 70 530 56", "#9aa1ab")
    out.text(430, 76, "owns, does not poll", anchor="end", size=12)
    for top in (186, 80):
        out.arrow(f"M660 {top + 46}V{top + 2}", dashed=True)
        out.line(f"M600 {top}V{top + 46}", "#9aa1ab")
        out.text(592, top + 28, "owns", anchor="end", size=12)
    for top in (104, 210):
        out.text(668, top, "at its end:", anchor="start", size=12)
        out.text(668, top + 15, "its value", anchor="start", size=12)
    return out.render()


def picture(chart):
    """Defines the link of the README's chart."""
    return f"[delegation]: data:image/svg+xml;base64,{base64.b64encode(chart).decode()}\n"


if __name__ == "__main__":
    folder = pathlib.Path(__file__).parent
    files = {
        "states.svg": states(),
        "round_trip.svg": round_trip(),
        "chain.svg": chain(),
        "picture.md": picture((folder / "delegation.svg").read_bytes()),
    }
    stale = []
    for name, text in files.items():
        path = folder / name
        if sys.argv[1:] != ["--check"]:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
    if stale:
        sys.exit(f"not what diagrams.py draws: {', '.join(stale)}")
