#!/usr/bin/env bash
# Compares new random programs with CPython: `compare.sh SEED COUNT`. In half of them the consumer drops
# calls. `compare.sh --record SEED COUNT` writes them to cases.jsonl, for the ordinary tests.
set -euo pipefail
cd "$(dirname "$0")"

record=
if [ "${1-}" = --record ]; then
    record=yes
    shift
fi
if [ $# != 2 ]; then
    echo "usage: compare.sh [--record] SEED COUNT" >&2
    exit 2
fi
seed=$1
count=$2

if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "skipped: comparing with CPython needs python3, 3.11 or later"
    exit 0
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# Scripts cost little compared with programs, which are compiled. The recorded ones are few, for a small file.
scripts=(10 10)
[ -z "$record" ] || scripts=(2 3)
python3 oracle.py "$seed" $((count - count / 2)) --drops 0.0 --scripts "${scripts[0]}" >"$folder/cases"
python3 oracle.py "$seed" $((count / 2)) --drops 1.0 --scripts "${scripts[1]}" >>"$folder/cases"
if [ "$record" ]; then
    mv "$folder/cases" cases.jsonl
    exit
fi

# Splits the cases, since each chunk is compiled as one crate, and all of it is in memory at once.
split -l 500 "$folder/cases" "$folder/chunk-"
cd ../..
for chunk in "$folder"/chunk-*; do
    CASES=$chunk CARGO_INCREMENTAL=0 cargo test --quiet -p differential --target-dir target/differential -- --nocapture \
        >"$folder/output" 2>&1 || { cat "$folder/output"; exit 1; }
    cat "$folder/output" >>"$folder/outputs"
done

awk '
    / programs, .* differences$/ { programs += $1; delegating += $3; scripts += $5; steps += $7 }
    / steps differ from CPython/ {
        count = $1
        sub(/^[0-9]+ /, "")
        if (!($0 in counts)) rules[++last] = $0
        counts[$0] += count
    }
    END {
        printf "%d programs, %d delegate, %d scripts, %d steps, no differences\n", programs, delegating, scripts, steps
        for (i = 1; i <= last; i++) print counts[rules[i]], rules[i]
    }
' "$folder/outputs"
