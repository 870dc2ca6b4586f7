#!/usr/bin/env bash
# Counts instructions per item of regular generators with callgrind: (I(2N) - I(N)) / N. Prints a table with one codegen
# unit, one in Cargo's default release profile, and one of allocations. ONLY=REGEX selects lines of "contender<tab>workload".
# RUSTUP_TOOLCHAIN=nightly RUSTFLAGS="--cfg nightly" adds the compiler's own `gen fn`.
set -euo pipefail
cd "$(dirname "$0")"

if ! command -v valgrind >/dev/null; then
    echo "skipped: counting instructions needs valgrind"
    exit 0
fi

# The nodes of the tree.
items=20000
export items

# Prints the path of a bench, built with a profile.
build() {
    local built
    built=$(cargo bench --profile "$2" --bench "$1" --no-run 2>&1) || { echo "$built" >&2; exit 1; }
    sed -n 's/.*Executable .*(\(.*\))$/\1/p' <<<"$built"
}

instructions() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$program" "$@" 2>&1 |
        awk '/Collected :/ { print $4 }'
}

# Prints contender, workload and count, separated by tabs.
per_item() {
    local once twice
    once=$(instructions "$1" "$2" "$items")
    twice=$(instructions "$1" "$2" $((2 * items)))
    printf '%s\t%s\t%d\n' "$1" "$2" $(((twice - once + items / 2) / items))
}
export -f instructions per_item

select_lines() { grep -E "${ONLY:-.}"; }

count() {
    program=$(build regular "$1")
    export program
    "$program" | select_lines | tr '\t\n' '\0\0' | xargs -0 -n 2 -P "$(nproc)" bash -c 'per_item "$@"' per_item
}

# Prints a row for each workload, and a column for each contender, in the order of the program's list.
table() {
    awk -F '\t' '
        NR == FNR {
            if (!($1 in columns)) { columns[$1]; contender[++contenders] = $1 }
            if (!($2 in rows)) { rows[$2]; workload[++workloads] = $2 }
            next
        }
        { count[$1, $2] = $3; counted[$1]; counted[$2] }
        END {
            for (c = 1; c <= contenders; c++) {
                if (!(contender[c] in counted)) continue
                names = names " " contender[c] " |"
                rule = rule "--:|"
            }
            printf "| |%s\n|---|%s\n", names, rule
            for (w = 1; w <= workloads; w++) {
                if (!(workload[w] in counted)) continue
                values = ""
                for (c = 1; c <= contenders; c++) {
                    if (!(contender[c] in counted)) continue
                    key = contender[c] SUBSEP workload[w]
                    values = values " " (key in count ? count[key] : "-") " |"
                }
                printf "| %s |%s\n", workload[w], values
            }
        }
    ' <(printf '%s\n' "$list") -
}

list=$("$(build regular bench)")
grep -q '^nightly' <<<"$list" || printf 'skipped: `gen fn` needs a nightly compiler\n\n'
printf 'Instructions per item, with one codegen unit\n\n'
count bench | table
printf '\nInstructions per item, in the default release profile\n\n'
count release | table
printf '\nAllocations of a run, and per item\n\n'
"$(build regular_allocations bench)" | select_lines |
    awk -F '\t' '{ print $1 "\t" $2 "\t" $3 ($4 > 0 ? ", " $4 " per item" : "") }' | table
