#!/usr/bin/env bash
# Measures the processor time to compile 200 functions in a crate for each contender, as a ratio to functions
# written by hand. Each of three rounds builds all contenders, after the dependencies are built, and the figures
# are the medians of the ratios of a round. Also compares the clean build of gen-runtime with async-stream's. RUSTUP_TOOLCHAIN=nightly RUSTFLAGS="--cfg nightly" adds
# the contenders that need them.
set -euo pipefail
cd "$(dirname "$0")"

functions=200
rounds=3
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# Uses the dependency versions of the other figures.
cp Cargo.lock "$folder"
export CARGO_INCREMENTAL=0 CARGO_TARGET_DIR=$folder/target

contenders=()

# Makes a program with a stream of each function: `contender NAME DEPENDENCY [FEATURES]`. The function is read
# from standard input, and @ stands for its number.
contender() {
    local crate=$folder/$1 function
    function=$(cat)
    mkdir -p "$crate/src"
    cat >"$crate/Cargo.toml" <<END
[package]
name = "$1"
edition = "2024"

[dependencies]
futures = "0.3"
$2
END
    {
        echo '#![allow(warnings)]'
        echo "${3-}"
        echo 'use std::{future::ready, pin::Pin};'
        echo 'use futures::Stream;'
        for ((n = 0; n < functions; n++)); do
            echo "${function//@/$n}"
        done
        # Uses a vtable, so that all functions are compiled, and the consumer costs next to nothing.
        echo 'fn main() { let _: [Pin<Box<dyn Stream<Item = u64>>>; _] = ['
        for ((n = 0; n < functions; n++)); do
            echo "Box::pin(stream_$n(3)),"
        done
        echo ']; }'
    } >"$crate/src/main.rs"
    contenders+=("$1")
}

contender by-hand '' <<'END'
struct Stream@ { next: u64, items: u64 }
impl Stream for Stream@ {
    type Item = u64;
    fn poll_next(mut self: Pin<&mut Self>, cx: &mut std::task::Context) -> std::task::Poll<Option<u64>> {
        if self.next == self.items { return std::task::Poll::Ready(None); }
        std::task::ready!(Future::poll(Pin::new(&mut ready(())), cx));
        self.next += 1;
        std::task::Poll::Ready(Some(self.next + @))
    }
}
fn stream_@(items: u64) -> impl Stream<Item = u64> { Stream@ { next: 0, items } }
END

contender gen-runtime-functions "gen-runtime = { path = \"$PWD/../gen-runtime\" }" <<'END'
#[gen_runtime::async_gen]
async fn stream_@(items: u64) -> u64 { for n in 1..=items { ready(()).await; yield_!(n + @); } }
END

contender unfold '' <<'END'
fn stream_@(items: u64) -> impl Stream<Item = u64> {
    futures::stream::unfold(1..=items, async |mut numbers| { ready(()).await; Some((numbers.next()? + @, numbers)) })
}
END

contender async-stream-functions 'async-stream = "0.3.6"' <<'END'
fn stream_@(items: u64) -> impl Stream<Item = u64> {
    async_stream::stream! { for n in 1..=items { ready(()).await; yield n + @; } }
}
END

contender async-gen-functions 'async-gen = "0.3.0"' <<'END'
fn stream_@(items: u64) -> impl Stream<Item = u64> {
    async_gen::stream! { for n in 1..=items { ready(()).await; yield n + @; } }
}
END

contender asynk-strim-functions 'asynk-strim = "0.1.5"' <<'END'
fn stream_@(items: u64) -> impl Stream<Item = u64> {
    asynk_strim::stream_fn(move |mut yielder| async move {
        for n in 1..=items { ready(()).await; yielder.yield_item(n + @).await; }
    })
}
END

contender fauxgen-functions 'fauxgen = "0.1.7"' <<'END'
#[fauxgen::generator(yield = u64)]
async fn stream_@(items: u64) { for n in 1..=items { ready(()).await; r#yield!(n + @); } }
END

if [[ ${RUSTFLAGS-} == *"cfg nightly"* ]]; then
    contender nightly-async-gen '' '#![feature(async_iterator, gen_blocks)]
struct Std<I>(I);
impl<I: std::async_iter::AsyncIterator> Stream for Std<I> {
    type Item = I::Item;
    fn poll_next(self: Pin<&mut Self>, cx: &mut std::task::Context) -> std::task::Poll<Option<I::Item>> {
        unsafe { self.map_unchecked_mut(|this| &mut this.0) }.poll_next(cx)
    }
}' <<'END'
fn stream_@(items: u64) -> impl Stream<Item = u64> {
    Std(async gen move { for n in 1..=items { ready(()).await; yield n + @; } })
}
END

    contender futures-async-stream-functions 'futures-async-stream = "0.2.13"' '#![feature(coroutines)]' <<'END'
#[futures_async_stream::stream(item = u64)]
async fn stream_@(items: u64) { for n in 1..=items { ready(()).await; yield n + @; } }
END
fi

printf '[workspace]\nresolver = "3"\nmembers = [%s]\n' "$(printf '"%s", ' "${contenders[@]}")" >"$folder/Cargo.toml"

run() {
    (cd "$folder" && cargo --quiet "$@") >"$folder/log" 2>&1 || { cat "$folder/log" >&2; exit 1; }
}

# Returns processor time in milliseconds, which does not count other work of the machine.
time_of() {
    local TIMEFORMAT='%U %S'
    { time "$@"; } 2>&1 | awk '{ print 1000 * ($1 + $2) }'
}

compile() {
    touch "$folder/$1/src/main.rs"
    run "${@:2}" -p "$1"
}

clean_build() {
    rm -rf "$folder/clean"
    run build --release -p "$1" --target-dir "$folder/clean"
}

run build --workspace
run build --release --workspace
run check --workspace

# Prints contender, command, round and time, separated by tabs.
measure() {
    local name=$1 command=$2
    shift 2
    for ((round = 0; round < rounds; round++)); do
        for contender in "$@"; do
            printf '%s\t%s\t%d\t%s\n' "$contender" "$name" "$round" "$(time_of $command "$contender")"
        done
    done
}

# Prints the medians of the ratios to the first contender in the same round: a row for each contender, and a column
# for each command.
ratios() {
    awk -F '\t' '
        !($1 in rows) { rows[$1]; contender[++contenders] = $1 }
        !($2 in columns) { columns[$2]; command[++commands] = $2 }
        { time[$1, $2, $3] = $4; rounds = $3 > rounds ? $3 : rounds }
        function median(name, column,    ratios, count, i, j, low) {
            for (i = 0; i <= rounds; i++)
                ratios[i] = time[name, column, i] / time[contender[1], column, i]
            for (i = 0; i <= rounds; i++) {
                low = 0
                for (j = 0; j <= rounds; j++) low += ratios[j] < ratios[i] || (ratios[j] == ratios[i] && j < i)
                if (low == int(rounds / 2)) return ratios[i]
            }
        }
        END {
            for (c = 1; c <= contenders; c++) {
                row = contender[c]
                sub(/-functions$/, "", row)
                for (k = 1; k <= commands; k++) row = row sprintf(" | %.1f", median(contender[c], command[k]))
                print "| " row " |"
            }
        }
    '
}

echo "| $functions functions, over those by hand | \`cargo build\` | \`cargo build --release\` | \`cargo check\` |"
echo '|---|--:|--:|--:|'
compile_debug() { compile "$1" build; }
compile_release() { compile "$1" build --release; }
compile_check() { compile "$1" check; }
{
    for command in debug release check; do
        measure "$command" "compile_$command" "${contenders[@]}"
    done
} | ratios
printf '\n| clean release build with dependencies, over async-stream | |\n|---|--:|\n'
measure clean clean_build async-stream gen-runtime | ratios
