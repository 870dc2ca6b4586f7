#!/usr/bin/env bash
# Compares the coverage of bodies with that of async functions with the same lines: every line that is counted
# in `plain.rs` must be counted in `generators.rs`, except for lines of closing brackets only.
#
# Reads the mappings that rustc dumps, since `llvm-cov` needs the LLVM of rustc. Needs a nightly compiler.
set -euo pipefail
cd "$(dirname "$0")"

if ! rustc +nightly --version 2>/dev/null; then
    echo "skipped: no nightly toolchain"
    exit 0
fi

dump=$(mktemp -d)
trap 'rm -r "$dump"' EXIT

for program in plain generators; do
    # A new `--cfg` for each run, so that neither cargo nor rustc reuses earlier results and dumps nothing.
    CARGO_INCREMENTAL=0 cargo +nightly rustc --quiet --bin "$program" --target-dir ../../target/coverage -- \
        -Cinstrument-coverage --cfg "run_$$" -Aunexpected_cfgs \
        -Zdump-mir=InstrumentCoverage -Zdump-mir-dir="$dump/$program"
done

# Prints the counted lines of a program.
counted() {
    grep -hoE 'coverage Code .* => .*: [0-9]+:' "$dump/$1"/*.after.mir |
        sed -E 's/.*\.rs:([0-9]+):[0-9]+: ([0-9]+):/\1 \2/' |
        while read -r first last; do seq "$first" "$last"; done | sort -un
}

missing=0
while read -r line; do
    text=$(sed -n "${line}p" src/bin/generators.rs)
    if grep -qE '[^]})(;, ]' <<<"$text" && [ "$line" -gt 6 ]; then
        printf 'not counted: %s: %s\n' "$line" "$text"
        missing=1
    fi
done < <(comm -23 <(counted plain | sort) <(counted generators | sort) | sort -n)
lines=$(counted generators | wc -l)
printf '%s lines of bodies are counted\n' "$lines"
# Too few counted lines are a failure, too.
[ "$missing" = 0 ] && [ "$lines" -gt 90 ]
