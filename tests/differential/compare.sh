#!/usr/bin/env bash
# Compares new random programs with CPython: `compare.sh SEED COUNT`. In half of them the consumer drops
# calls. `compare.sh --regular SEED COUNT` compares programs without awaits, as regular generators.
# With `--record` the programs are written to cases.jsonl or regular.jsonl, for the ordinary tests.
set -euo pipefail
cd "$(dirname "$0")"

record=
regular=
while [[ ${1-} == --* ]]; do
    case $1 in
        --record) record=yes ;;
        --regular) regular=yes ;;
        *) break ;;
    esac
    shift
done
if [ $# != 2 ]; then
    echo "usage: compare.sh [--record] [--regular] SEED COUNT" >&2
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
if [ "$regular" ]; then
    file=regular.jsonl
    options=(--scripts 10 --size 1500)
    [ -z "$record" ] || options=(--scripts 1 --size 800)
    python3 oracle.py "$seed" "$count" --regular "${options[@]}" >"$folder/cases"
else
    file=cases.jsonl
    scripts=(10 10)
    [ -z "$record" ] || scripts=(2 3)
    python3 oracle.py "$seed" $((count - count / 2)) --drops 0.0 --scripts "${scripts[0]}" >"$folder/cases"
    python3 oracle.py "$seed" $((count / 2)) --drops 1.0 --scripts "${scripts[1]}" >>"$folder/cases"
fi
if [ "$record" ]; then
    mv "$folder/cases" "$file"
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
    # Removes the dots by which the tests show progress.
    { sub(/^\.+/, "") }
    / programs, .* differences$/ {
        if (!($1 in programs)) kinds[++kind] = $1
        programs[$1] += $2
        delegating[$1] += $4
        scripts[$1] += $6
        steps[$1] += $8
    }
    / steps differ from CPython/ {
        count = $1
        sub(/^[0-9]+ /, "")
        if (!($0 in counts)) rules[++last] = $0
        counts[$0] += count
    }
    END {
        for (i = 1; i <= kind; i++) {
            k = kinds[i]
            printf "%s %d programs, %d delegate, %d scripts, %d steps, no differences\n", \
                k, programs[k], delegating[k], scripts[k], steps[k]
        }
        for (i = 1; i <= last; i++) print counts[rules[i]], rules[i]
    }
' "$folder/outputs"
