//! Wall-clock time, as ratios to the contender written by hand.
//!
//! In each round every contender does the workload once, so that what disturbs the machine disturbs all of them.
//! (criterion and divan finish one contender before they begin the next.) `-- WORKLOAD` measures only that.

use std::time::{Duration, Instant};

use performance::contenders;
use performance::workloads::{LINES, LIVE, Workload};

const ROUNDS: usize = 31;
/// How long one run is to take.
const RUN: Duration = Duration::from_millis(3);

fn main() {
    let wanted = std::env::args().skip(1).find(|arg| arg != "--bench");
    let contenders = contenders::all();
    println!(
        "Time per item over that of the contender written by hand: median [quartiles] of {ROUNDS} rounds."
    );
    for (index, workload) in contenders[0].workloads.iter().enumerate() {
        if wanted
            .as_ref()
            .is_some_and(|wanted| wanted != workload.name)
        {
            continue;
        }
        println!("\n| {}: {} | |\n|---|--:|", workload.name, workload.about);
        let entrants: Vec<_> = contenders
            .iter()
            .filter_map(|contender| Entrant::new(contender.name, &contender.workloads[index]))
            .collect();
        table(&entrants);
    }
}

/// A contender that can do the workload.
struct Entrant<'a> {
    name: &'static str,
    workload: &'a Workload,
    /// As many as take about [`RUN`].
    items: u32,
}

impl<'a> Entrant<'a> {
    fn new(name: &'static str, workload: &'a Workload) -> Option<Self> {
        // W8 has so many streams, and W6 runs a task for each item where the contender is a channel.
        let items = if workload.name == "W6" { 100 } else { LIVE };
        if !workload.run_checked(items.into()) {
            return None;
        }
        let mut entrant = Entrant {
            name,
            workload,
            items,
        };
        while entrant.time() < RUN && 2 * entrant.items <= LINES {
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

/// The first entrant is the one written by hand.
fn table(entrants: &[Entrant]) {
    let mut ratios = vec![Vec::new(); entrants.len()];
    for _ in 0..ROUNDS {
        let times: Vec<_> = entrants.iter().map(Entrant::time_per_item).collect();
        for (ratios, time) in ratios.iter_mut().zip(&times) {
            ratios.push(time / times[0]);
        }
    }
    for (entrant, ratios) in entrants.iter().zip(&mut ratios) {
        ratios.sort_by(f64::total_cmp);
        let [low, median, high] = [1, 2, 3].map(|quarter| ratios[quarter * (ROUNDS - 1) / 4]);
        println!("| {} | {median:.2} [{low:.2}, {high:.2}] |", entrant.name);
    }
}
