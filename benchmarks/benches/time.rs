//! Wall-clock time, as ratios to the contender written by hand, or to the one that the variable `BASE` names.
//!
//! In each round every contender runs the workload once, so that other load on the machine affects all of
//! them. (criterion and divan finish one contender before they start the next.) `-- WORKLOAD` measures only
//! that one.

use std::env;
use std::time::{Duration, Instant};

use benchmarks::contenders;
use benchmarks::rounds;
use benchmarks::workloads::{LINES, LIVE, Workload};

const ROUNDS: usize = 401;
/// The intended duration of one run: shorter than a time slice of the scheduler, so that other load interrupts few of
/// them.
const RUN: Duration = Duration::from_micros(300);
/// The same in W8, where making the streams is part of each run.
const LONG_RUN: Duration = Duration::from_millis(3);

fn main() {
    let wanted = env::args().skip(1).find(|arg| arg != "--bench");
    let contenders = contenders::all();
    let mut rows: Vec<_> = contenders
        .iter()
        .map(|contender| vec![contender.name.to_owned()])
        .collect();
    let base = env::var("BASE").unwrap_or("by hand".to_owned());
    let base = contenders.iter().position(|known| known.name == base);
    let base = base.expect("the name of a contender in `BASE`");
    let over = format!("over {}", contenders[base].name);
    let mut head = vec![over.as_str()];
    // The workloads that all contenders have come first, in the same order.
    for (index, workload) in contenders[0].workloads.iter().enumerate() {
        if wanted.as_ref().is_none_or(|wanted| wanted == workload.name) {
            let entrants: Vec<_> = contenders
                .iter()
                .map(|contender| Entrant::new(&contender.workloads[index]))
                .collect();
            head.push(workload.name);
            let ratios = rounds::ratios(ROUNDS, &entrants, base, Entrant::time_per_item);
            for (row, ratio) in rows.iter_mut().zip(ratios) {
                row.push(ratio);
            }
        }
    }
    println!("Time per item: the median of {ROUNDS} rounds, and the quartiles.\n");
    println!(
        "| {} |\n|---{}|",
        head.join(" | "),
        "|--:".repeat(head.len() - 1)
    );
    for row in rows {
        println!("| {} |", row.join(" | "));
    }
}

/// A contender that supports the workload.
struct Entrant<'a> {
    workload: &'a Workload,
    /// The number of items that take about the intended duration.
    items: u32,
}

impl<'a> Entrant<'a> {
    fn new(workload: &'a Workload) -> Option<Self> {
        // W8 has `LIVE` streams, so it needs that many items. In W6 a channel spawns a task per item, so
        // start with fewer.
        let items = if workload.name == "W6" { 100 } else { LIVE };
        if !workload.run_checked(items.into()) {
            return None;
        }
        let run = if workload.name == "W8" { LONG_RUN } else { RUN };
        let mut entrant = Entrant { workload, items };
        while entrant.time() < run && 2 * entrant.items <= LINES {
            entrant.items *= 2;
        }
        Some(entrant)
    }

    fn time(&self) -> Duration {
        let start = Instant::now();
        let done = self.workload.run_checked(self.items.into());
        let time = start.elapsed();
        assert!(done);
        time
    }

    fn time_per_item(&self) -> f64 {
        self.time().as_secs_f64() / f64::from(self.items)
    }
}
