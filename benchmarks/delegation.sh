#!/usr/bin/env bash
# Counts instructions per item of generators that delegate to generators, with callgrind: (I(2N) - I(N)) / N, so that
# making the generators is not counted. Prints tables by depth and for a tree, the depths at which the stack overflows,
# and sizes. RUSTUP_TOOLCHAIN=nightly RUSTFLAGS="--cfg nightly" adds the compiler's own `async gen`.
set -euo pipefail
cd "$(dirname "$0")"

if ! command -v valgrind >/dev/null; then
    echo "skipped: counting instructions needs valgrind"
    exit 0
fi

built=$(cargo bench --bench delegation --no-run 2>&1) || { echo "$built"; exit 1; }
program=$(sed -n 's/.*Executable .*(\(.*\))$/\1/p' <<<"$built")
nodes=100000
export program nodes

instructions() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$program" "$@" 2>&1 |
        awk '/Collected :/ { print $4 }'
}

# Prints way, workload and count, separated by tabs. The tree is walked once or twice, and counted by nodes.
per_item() {
    local once twice items=$3
    if [ "$items" = overflows ]; then
        printf '%s\t%s\t%s\n' "$@"
        return
    fi
    once=$(instructions "$1" "$2" "$3")
    twice=$(instructions "$1" "$2" $((2 * $3)))
    [ "$2" != tree ] || items=$nodes
    printf '%s\t%s\t%d\n' "$1" "$2" $(((twice - once + items / 2) / items))
}
export -f instructions per_item

list=$("$program" list)
counts=$(tr '\t\n' '\0\0' <<<"$list" | xargs -0 -n 3 -P "$(nproc)" bash -c 'per_item "$@"' per_item)

echo "Instructions per item, by the number of delegations between the consumer and the body that yields"
echo
awk -F '\t' '
    NR == FNR { count[$1, $2] = $3; next }
    $2 == "tree" { next }
    !($1 in rows) { rows[$1]; way[++ways] = $1 }
    !($2 in columns) { columns[$2]; depth[++depths] = $2 }
    END {
        for (d = 1; d <= depths; d++) {
            names = names sprintf(" %9d |", depth[d])
            rule = rule "----------:|"
        }
        printf "| %-24s |%s\n|--------------------------|%s\n", "", names, rule
        for (w = 1; w <= ways; w++) {
            values = ""
            for (d = 1; d <= depths; d++) values = values sprintf(" %9s |", count[way[w], depth[d]])
            printf "| %-24s |%s\n", way[w], values
        }
    }
' <(printf '%s\n' "$counts") <(printf '%s\n' "$list")

printf '\nA complete binary tree of %d nodes, walked in order by a recursive generator\n\n' "$nodes"
awk -F '\t' '
    NR == FNR { if ($2 == "tree") count[$1] = $3; next }
    $2 != "tree" { next }
    !head++ {
        printf "| %-24s | instructions per node | over `#[for_await]` |\n", ""
        print "|--------------------------|----------------------:|--------------------:|"
    }
    { printf "| %-24s | %21d | %19.2f |\n", $1, count[$1], count[$1] / count["`#[for_await]`"] }
' <(printf '%s\n' "$counts") <(printf '%s\n' "$list")

printf '\nThe depth that a stack of 8 MiB is enough for, to a hundredth\n\n'
printf '| %-24s |             depth |\n|--------------------------|------------------:|\n' ""
cut -f 1 <<<"$list" | uniq | while IFS= read -r way; do
    printf '| %-24s | %17s |\n' "$way" "$("$program" deepest "$way")"
done

echo
"$program" sizes
