#!/usr/bin/env bash
# Counts instructions per item with callgrind: (I(2N) - I(N)) / N. The counts are the same each time with one
# compiler. --guard checks the most important counts of gen-runtime against limits. ONLY=REGEX selects
# contenders. FEATURES=locations turns that feature on. PROFILE=release builds with Cargo's default release
# profile, in place of one codegen unit. RUSTUP_TOOLCHAIN=nightly RUSTFLAGS="--cfg nightly" adds the contenders
# that need them.
set -euo pipefail
cd "$(dirname "$0")"

if ! command -v valgrind >/dev/null; then
    echo "skipped: counting instructions needs valgrind"
    exit 0
fi

built=$(cargo bench ${FEATURES:+--features "$FEATURES"} --profile "${PROFILE:-bench}" --bench instructions --no-run 2>&1) || { echo "$built"; exit 1; }
program=$(sed -n 's/.*Executable .*(\(.*\))$/\1/p' <<<"$built")
# A multiple of the number of live streams in W8.
items=20000
export program items

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

count() {
    tr '\t\n' '\0\0' | xargs -0 -n 2 -P "$(nproc)" bash -c 'per_item "$@"' per_item
}

if [ "${1-}" = --guard ]; then
    # The limits are a tenth above the counts on rustc 1.95, x86-64.
    printf 'gen-runtime\t%s\n' W1 W2 W6 W9 | count | awk -F '\t' '
        BEGIN { limit["W1"] = 24; limit["W2"] = 29; limit["W6"] = 47; limit["W9"] = 40 }
        { printf "%s: %d instructions per item, at most %d\n", $2, $3, limit[$2] }
        $3 > limit[$2] { failed = 1 }
        END { exit failed || NR != 4 }
    '
    exit
fi

list=$("$program")
counts=$(grep -E "${ONLY:-.}" <<<"$list" | count)
# One row per contender, and one column per workload. Workloads that at most two contenders support are the rows
# of a second table.
awk -F '\t' '
    function row(first, values) { return sprintf("| %-22s |%s", first, values) }
    NR == FNR { count[$1, $2] = $3; counted[$1]; counted[$2]; next }
    { if (!columns[$2]++ && $2 in counted) workload[++workloads] = $2 }
    !($1 in rows) { rows[$1]; if ($1 in counted) contender[++contenders] = $1 }
    END {
        for (w = 1; w <= workloads; w++) {
            if (columns[workload[w]] <= 2) continue
            names = names sprintf(" %9s |", workload[w])
            rule = rule "----------:|"
        }
        print row("", names)
        print "|------------------------|" rule
        for (c = 1; c <= contenders; c++) {
            values = ""
            for (w = 1; w <= workloads; w++) {
                if (columns[workload[w]] <= 2) continue
                key = contender[c] SUBSEP workload[w]
                values = values sprintf(" %9s |", key in count ? count[key] : "-")
            }
            print row(contender[c], values)
        }
        names = rule = ""
        for (w = 1; w <= workloads; w++) {
            if (columns[workload[w]] > 2) continue
            for (c = 1; c <= contenders; c++)
                if ((contender[c], workload[w]) in count) rare[contender[c]]
        }
        for (c = 1; c <= contenders; c++) {
            if (!(contender[c] in rare)) continue
            names = names sprintf(" %12s |", contender[c])
            rule = rule "-------------:|"
        }
        if (names == "") exit
        print "\n" row("", names)
        print "|------------------------|" rule
        for (w = 1; w <= workloads; w++) {
            if (columns[workload[w]] > 2) continue
            values = ""
            for (c = 1; c <= contenders; c++) {
                if (!(contender[c] in rare)) continue
                key = contender[c] SUBSEP workload[w]
                values = values sprintf(" %12s |", key in count ? count[key] : "-")
            }
            print row(workload[w], values)
        }
    }
' <(printf '%s\n' "$counts") <(printf '%s\n' "$list")
