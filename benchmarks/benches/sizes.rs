//! Sizes of generators in bytes, and their allocations.

use std::marker::PhantomData;

use benchmarks::allocator::{self, Counting};
use benchmarks::bodies;
use benchmarks::contenders::gen_runtime::{self, GenRuntime};
use benchmarks::contenders::{self, Visitor};
use benchmarks::{Contender, Layer, Source, Sum};
use futures::stream::{self, Stream};

fn main() {
    let mut rows = Rows::default();
    contenders::visit(&mut rows);
    println!("Bytes of a W1 generator behind layers, each of which");
    for (how, rows) in [
        ("makes the one below", rows.made),
        ("is given the one below", rows.passed),
    ] {
        println!("\n| {how} | 0 | 1 | 2 | 3 | 4 | 5 | 6 |");
        println!("|---|--:|--:|--:|--:|--:|--:|--:|");
        print_rows(rows);
    }
    println!("\n| W1 | allocations |\n|---|--:|");
    print_rows(rows.allocations);
    println!("\n| gen-runtime, W1 | bytes |\n|---|--:|");
    print_rows([
        ("no region", vec![size_of_val(&GenRuntime::tight(0))]),
        ("`throws`", vec![size_of_val(&gen_runtime::may_fail(0))]),
        (
            "behind a `defer!`",
            vec![size_of_val(&gen_runtime::defer(0))],
        ),
        (
            "a `defer!` in each round",
            vec![size_of_val(&gen_runtime::defer_each(0))],
        ),
        (
            "an `attempt!` in each round",
            vec![size_of_val(&gen_runtime::attempt_each(0))],
        ),
    ]);
    println!("\n| bytes of bodies | gen-runtime | async-stream |\n|---|--:|--:|");
    for (name, ours, theirs) in bodies::common().into_iter().chain(bodies::own()) {
        let theirs = theirs.map_or("-".to_owned(), |bytes| bytes.to_string());
        println!("| {name} | {ours} | {theirs} |");
    }
}

type Row = (&'static str, Vec<usize>);

fn print_rows(rows: impl IntoIterator<Item = Row>) {
    for (name, values) in rows {
        let cells: Vec<_> = values.iter().map(usize::to_string).collect();
        println!("| {name} | {} |", cells.join(" | "));
    }
}

#[derive(Default)]
struct Rows {
    made: Vec<Row>,
    passed: Vec<Row>,
    allocations: Vec<Row>,
}

impl Visitor for Rows {
    fn visit<C: Contender>(&mut self) {
        self.allocations.push((C::NAME, vec![allocations::<C>()]));
        if C::relay(stream::empty()).owned().is_some() {
            self.made.push((C::NAME, made::<C>()));
            self.passed.push((C::NAME, passed::<C>()));
        }
    }
}

fn bytes<L: Layer>() -> usize {
    size_of_val(&L::stream(0))
}

/// Each depth of nesting is a type, and so a stream of its own.
macro_rules! depths {
    ($name:ident, $layer:ident) => {
        fn $name<C: Contender>() -> Vec<usize> {
            type One<C> = $layer<C, Base<C>>;
            type Two<C> = $layer<C, One<C>>;
            type Three<C> = $layer<C, Two<C>>;
            type Four<C> = $layer<C, Three<C>>;
            type Five<C> = $layer<C, Four<C>>;
            type Six<C> = $layer<C, Five<C>>;
            vec![
                bytes::<Base<C>>(),
                bytes::<One<C>>(),
                bytes::<Two<C>>(),
                bytes::<Three<C>>(),
                bytes::<Four<C>>(),
                bytes::<Five<C>>(),
                bytes::<Six<C>>(),
            ]
        }
    };
}
depths!(made, Made);
depths!(passed, Passed);

struct Base<C>(PhantomData<C>);

impl<C: Contender> Layer for Base<C> {
    fn stream(items: u64) -> impl Stream<Item = u64> + 'static {
        C::tight(items).owned().expect("a stream that can be moved")
    }
}

struct Made<C, B>(PhantomData<(C, B)>);

impl<C: Contender, B: Layer> Layer for Made<C, B> {
    fn stream(items: u64) -> impl Stream<Item = u64> + 'static {
        C::layer::<B>(items)
            .owned()
            .expect("a contender that nests")
    }
}

struct Passed<C, B>(PhantomData<(C, B)>);

impl<C: Contender, B: Layer> Layer for Passed<C, B> {
    fn stream(items: u64) -> impl Stream<Item = u64> + 'static {
        C::relay(B::stream(items))
            .owned()
            .expect("a contender that nests")
    }
}

/// Returns the allocations of W1. Counts in a second run, after the first has set up lasting state.
fn allocations<C: Contender>() -> usize {
    let run = || C::run(C::tight(1000).feed(Sum));
    run();
    let before = allocator::allocations();
    run();
    allocator::allocations() - before
}

#[global_allocator]
static COUNTING: Counting = Counting;
