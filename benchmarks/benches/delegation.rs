//! The program that `delegation.sh` runs under callgrind: generators that delegate to generators.
//!
//! `-- WAY WORKLOAD COUNT` runs one workload once. `-- list` checks that all ways yield the same items, and lists
//! ways, workloads and counts. `-- sizes` prints sizes in bytes. `-- deepest WAY` prints the depth at which the stack
//! is used up.

#![cfg_attr(nightly, feature(async_for_loop, async_iterator, gen_blocks))]

#[path = "delegation/async_stream.rs"]
mod async_stream;
#[path = "delegation/by_hand.rs"]
mod by_hand;
#[path = "delegation/for_await.rs"]
mod for_await;
#[path = "delegation/for_await_stream.rs"]
mod for_await_stream;
#[cfg(nightly)]
#[path = "delegation/nightly_async_gen.rs"]
mod nightly_async_gen;
#[path = "delegation/sizes.rs"]
mod sizes;
#[path = "delegation/yield_from.rs"]
mod yield_from;

use std::hint::black_box;
use std::process::{Command, Stdio};
use std::thread;

use benchmarks::workloads::triangle;
use benchmarks::{Consumer as _, Sum, drive};
use futures::executor::block_on_stream;
use futures::stream::Stream;

/// The stack of the thread that runs a workload, in bytes: that of a main thread on Linux.
const STACK: usize = 8 << 20;
const DEPTHS: [u32; 8] = [0, 1, 4, 16, 64, 256, 1024, 100_000];
const NODES: u32 = 100_000;

/// A way to write a generator that yields the items of another one.
struct Way {
    name: &'static str,
    /// Yields `0..items` below so many delegations, all of them one recursive function.
    levels: fn(depth: u32, items: u64) -> u64,
    /// Walks the tree in order so many times.
    walks: fn(tree: &Tree, walks: u64) -> u64,
    /// The values of one walk.
    values: fn(tree: &Tree) -> Vec<u64>,
}

/// The entry for a module that has the recursive functions `levels` and `in_order`.
macro_rules! way {
    ($name:literal, $module:ident) => {
        Way {
            name: $name,
            levels: |depth, items| consume($module::levels(depth, items)),
            walks: |tree, walks| (0..walks).map(|_| consume($module::in_order(tree))).sum(),
            values: |tree| block_on_stream(std::pin::pin!($module::in_order(tree))).collect(),
        }
    };
}

fn ways() -> Vec<Way> {
    vec![
        way!("`yield_from!`", yield_from),
        way!("`#[for_await]`", for_await),
        way!("`#[for_await]`, streams", for_await_stream),
        way!("async-stream", async_stream),
        #[cfg(nightly)]
        way!("`async gen`, nightly", nightly_async_gen),
        way!("by hand", by_hand),
    ]
}

/// Consumes all items. Not inlined, so that each stream is compiled on its own.
#[inline(never)]
fn consume(stream: impl Stream<Item = u64>) -> u64 {
    drive(Sum.consume(stream))
}

/// A binary tree.
struct Tree {
    left: Option<Box<Tree>>,
    value: u64,
    right: Option<Box<Tree>>,
}

impl Tree {
    /// Makes a complete binary tree of so many nodes, whose values in order are `0..nodes`.
    fn complete(nodes: u32) -> Option<Box<Tree>> {
        fn node(index: u32, nodes: u32, next: &mut u64) -> Option<Box<Tree>> {
            if index > nodes {
                return None;
            }
            let left = node(2 * index, nodes, next);
            let value = *next;
            *next += 1;
            let right = node(2 * index + 1, nodes, next);
            Some(Box::new(Tree { left, value, right }))
        }
        node(1, nodes, &mut 0)
    }
}

fn main() {
    let args: Vec<String> = std::env::args()
        .skip(1)
        .filter(|arg| arg != "--bench")
        .collect();
    let args: Vec<_> = args.iter().map(String::as_str).collect();
    match args[..] {
        [] | ["list"] => list(),
        ["sizes"] => sizes::print(),
        ["deepest", way] => deepest(way),
        [way, workload, count] => run(way, workload, count.parse().expect("a count")),
        _ => panic!("usage: [list | sizes | deepest WAY | WAY WORKLOAD COUNT]"),
    }
}

/// Runs a workload in a thread, whose stack is of a known size.
fn run(way: &str, workload: &str, count: u64) {
    let way = ways().into_iter().find(|known| known.name == way);
    let way = way.expect("a way");
    let workload = workload.to_owned();
    let run = move || match &*workload {
        "tree" => {
            let tree = Tree::complete(NODES).expect("nodes");
            let sum = (way.walks)(&tree, count);
            assert_eq!(sum, count * triangle(NODES.into()));
        }
        depth => {
            let depth = depth.parse().expect("`tree`, or a depth");
            let sum = (way.levels)(black_box(depth), black_box(count));
            assert_eq!(sum, triangle(count));
        }
    };
    let thread = thread::Builder::new().stack_size(STACK).spawn(run);
    thread.expect("a thread").join().expect("equal checksums");
}

fn list() {
    let tree = Tree::complete(NODES).expect("nodes");
    for way in ways() {
        assert!((way.values)(&tree).into_iter().eq(0..NODES.into()));
        for depth in DEPTHS {
            // Where each item costs more the deeper it is, fewer items will do.
            let items = match way.name {
                "`yield_from!`" | "by hand" => 20_000,
                _ => (2_000_000 / depth.max(1)).clamp(20, 20_000),
            };
            if succeeds(way.name, depth) {
                println!("{}\t{depth}\t{items}", way.name);
            } else {
                println!("{}\t{depth}\toverflows", way.name);
            }
        }
        println!("{}\ttree\t1", way.name);
    }
}

/// Prints the greatest depth, to a hundredth, that does not overflow the stack.
fn deepest(way: &str) {
    let (mut low, mut high) = (1, 1_000_000);
    if succeeds(way, high) {
        println!("more than {high}");
        return;
    }
    while high - low > low / 100 {
        let middle = low.midpoint(high);
        if succeeds(way, middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    println!("{low}");
}

/// Returns whether a process of its own yields an item through so many delegations. An overflow aborts it.
fn succeeds(way: &str, depth: u32) -> bool {
    let program = std::env::current_exe().expect("the path of this program");
    let mut run = Command::new(program);
    run.args([way, &depth.to_string(), "1"]);
    run.stderr(Stdio::null());
    run.status().expect("a child process").success()
}
