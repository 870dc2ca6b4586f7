//! The program that `instructions.sh` runs under callgrind.
//!
//! `-- CONTENDER WORKLOAD ITEMS` runs one workload once. Without arguments it lists each contender with the
//! workloads that it supports.

use benchmarks::contenders;
use benchmarks::workloads::LIVE;

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
    for contender in contenders::all() {
        for workload in &contender.workloads {
            if workload.run_checked(LIVE.into()) {
                println!("{}\t{}", contender.name, workload.name);
            }
        }
    }
}

fn run(contender: &str, workload: &str, items: u64) {
    let all = contenders::all();
    let contender = all.iter().find(|known| known.name == contender);
    let workload = contender
        .expect("a contender")
        .workloads
        .iter()
        .find(|known| known.name == workload);
    assert!(workload.expect("a workload").run_checked(items));
}
