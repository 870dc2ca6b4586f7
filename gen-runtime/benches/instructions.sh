#!/usr/bin/env bash
# Instructions per item, counted by callgrind: (I(2N) - I(N)) / N. They repeat exactly for one
# compiler. With a limit on W1 and on W9 as arguments, fails where gen-runtime needs more.
set -euo pipefail
cd "$(dirname "$0")/../.."

if ! command -v valgrind >/dev/null; then
    echo "skipped: counting instructions needs valgrind"
    exit 0
fi

built=$(cargo bench -p gen-runtime --bench instructions --no-run 2>&1) || { echo "$built"; exit 1; }
program=$(sed -n 's/.*Executable .*(\(.*\))$/\1/p' <<<"$built")

instructions() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$program" "$@" 2>&1 |
        sed -n 's/.*Collected : \([0-9]*\).*/\1/p'
}

items=100000
per_item() {
    once=$(instructions "$1" "$2" "$items")
    twice=$(instructions "$1" "$2" $((2 * items)))
    echo $(((twice - once + items / 2) / items))
}

printf '%-14s %6s %6s\n' '' W1 W9
for contender in by-hand gen-runtime unfold async-stream throws defer defer-each attempt-each; do
    row=("$(per_item "$contender" W1)" "$(per_item "$contender" W9)")
    printf '%-14s %6d %6d\n' "$contender" "${row[@]}"
    if [ "$contender" = gen-runtime ] && [ $# = 2 ]; then
        if [ "${row[0]}" -gt "$1" ] || [ "${row[1]}" -gt "$2" ]; then
            echo "more than the limits of $1 and $2"
            exit 1
        fi
    fi
done
printf '%-14s %6d\n\n' throw "$(per_item attempt-each throw)"
"$program"
