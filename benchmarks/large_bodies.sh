#!/usr/bin/env bash
# Processor time to compile large bodies and many functions, as ratios to async-stream's: the median of the ratios of
# three rounds, each of which builds both, with the dependencies built before.
set -euo pipefail
cd "$(dirname "$0")"

rounds=3
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export CARGO_INCREMENTAL=0 CARGO_TARGET_DIR=$folder/target
mkdir "$folder/src"
cat >"$folder/Cargo.toml" <<END
[package]
name = "large-bodies"
edition = "2024"

[dependencies]
async-stream = "0.3.6"
futures = "0.3"
gen-runtime = { path = "$PWD/../gen-runtime" }
tokio = { version = "1", features = ["macros", "rt"] }

[workspace]
END
cp Cargo.lock "$folder"

# repeat COUNT TEXT: with @ for the number.
repeat() {
    for ((n = 0; n < $1; n++)); do
        echo "${2//@/$n}"
    done
}

# generator LIBRARY NAME BODY
generator() {
    if [ "$1" = gen-runtime ]; then
        echo "#[gen_runtime::async_gen] async fn $2(to: u32) -> u32 { $3 }"
    else
        echo "fn $2(to: u32) -> impl futures::Stream<Item = u32> { async_stream::stream! { $3 } }"
    fi
}

# program LIBRARY CASE
program() {
    local yield='yield ' end=''
    if [ "$1" = gen-runtime ]; then
        yield='yield_!(' end=')'
    fi
    echo '#![allow(warnings)]'
    echo 'use futures::StreamExt;'
    case $2 in
    '300 yields' | '400 yields') generator "$1" f0 "$(repeat "${2% yields}" "$yield@$end;")" ;;
    '300 awaits and yields')
        generator "$1" f0 "$(repeat 300 "std::future::ready(()).await; $yield@$end;")"
        ;;
    '`select!` of 50 arms')
        generator "$1" f0 "tokio::select! { $(repeat 50 "x = std::future::ready(@) => { ${yield}x$end; }") }"
        ;;
    '500 functions')
        for ((f = 0; f < 500; f++)); do
            generator "$1" "f$f" "for n in 0..to { std::future::ready(()).await; ${yield}n + $f$end; }"
        done
        ;;
    esac
    local functions=1
    [ "$2" = '500 functions' ] && functions=500
    echo 'fn main() { futures::executor::block_on(async {'
    repeat "$functions" '{ let mut items = std::pin::pin!(f@(3)); while let Some(n) = items.next().await { println!("{n}"); } }'
    echo '}) }'
}

time_of() {
    local TIMEFORMAT='%U %S'
    touch "$folder/src/main.rs"
    { time cargo "$@" --quiet --manifest-path "$folder/Cargo.toml"; } 2>&1 | awk 'END { print 1000 * ($1 + $2) }'
}

# row CASE COMMAND..
row() {
    for library in gen-runtime async-stream; do
        program "$library" "$1" >"$folder/$library.rs"
    done
    local ratio
    ratio=$(for ((round = 0; round < rounds; round++)); do
        for library in gen-runtime async-stream; do
            cp "$folder/$library.rs" "$folder/src/main.rs"
            time_of "${@:2}"
        done | paste - - | awk '{ print $1 / $2 }'
    done | sort -n | sed -n "$((rounds / 2 + 1))p")
    printf '| %s, `cargo %s` | %.1f |\n' "$1" "${*:2}" "$ratio"
}

echo 'fn main() {}' >"$folder/src/main.rs"
for command in build 'build --release' check; do
    cargo $command --quiet --manifest-path "$folder/Cargo.toml"
done
echo '| | over async-stream |'
echo '|---|--:|'
row '300 yields' build --release
row '300 awaits and yields' build --release
row '400 yields' build
row '`select!` of 50 arms' build --release
row '500 functions' build
row '500 functions' build --release
row '500 functions' check
