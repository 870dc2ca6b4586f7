//! The program that `regular.sh` runs under callgrind: regular generators, which do not await.
//!
//! `-- CONTENDER WORKLOAD ITEMS` runs one workload once. Without arguments it lists each contender with the
//! workloads that it supports.

use benchmarks::regular::{self, NODES};

fn main() {
    let args: Vec<String> = std::env::args()
        .skip(1)
        .filter(|arg| arg != "--bench")
        .collect();
    match &args[..] {
        [] => list(),
        [contender, workload, items] => {
            run(
                contender,
                workload,
                items.parse().expect("a number of items"),
            );
        }
        _ => panic!("usage: [CONTENDER WORKLOAD ITEMS]"),
    }
}

fn list() {
    for contender in regular::all() {
        for workload in &contender.workloads {
            if workload.run_checked(NODES) {
                println!("{}\t{}", contender.name, workload.name);
            }
        }
    }
}

fn run(contender: &str, workload: &str, items: u64) {
    let all = regular::all();
    let contender = all.iter().find(|known| known.name == contender);
    let workload = contender
        .expect("a contender")
        .workloads
        .iter()
        .find(|known| known.name == workload);
    assert!(workload.expect("a workload").run_checked(items));
}
