#!/usr/bin/env bash
# Compares the coverage of bodies with that of async functions of the same lines: every line that is counted in
# `plain.rs` is counted in `generators.rs`, except those that hold nothing but closing brackets.
#
# rustc dumps the mappings, as no `llvm-cov` of another LLVM reads them. Needs a nightly compiler.
set -euo pipefail
cd "$(dirname "$0")"

if ! rustc +nightly --version 2>/dev/null; then
    echo "skipped: no nightly toolchain"
    exit 0
fi

dump=$(mktemp -d)
trap 'rm -r "$dump"' EXIT

for program in plain generators; do
    # Another `--cfg` each time: cargo and rustc would otherwise reuse what they have, and dump nothing.
    CARGO_INCREMENTAL=0 cargo +nightly rustc --quiet --bin "$program" --target-dir ../../target/coverage -- \
        -Cinstrument-coverage --cfg "run_$$" -Aunexpected_cfgs \
        -Zdump-mir=InstrumentCoverage -Zdump-mir-dir="$dump/$program"
done

# Prints the lines of a program that are counted.
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
# None would be the fault that this is for.
[ "$missing" = 0 ] && [ "$lines" -gt 90 ]
