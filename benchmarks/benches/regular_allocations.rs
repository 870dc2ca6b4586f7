//! Allocations of regular generators: of a whole run, and per item. Prints contender, workload and counts, separated by
//! tabs, for `regular.sh`.

use benchmarks::allocator::{self, Counting};
use benchmarks::regular::{self, NODES};

fn main() {
    for contender in regular::all() {
        for workload in &contender.workloads {
            // Sets up lasting state, such as the tree.
            if !workload.run_checked(NODES) {
                continue;
            }
            let [once, twice] = [NODES, 2 * NODES].map(|items| {
                let before = allocator::allocations();
                assert!(workload.run_checked(items));
                allocator::allocations() - before
            });
            let items = usize::try_from(NODES).expect("a number of allocations");
            let per_item = (twice - once + items / 2) / items;
            let made = once.saturating_sub(per_item * items);
            println!("{}\t{}\t{made}\t{per_item}", contender.name, workload.name);
        }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;
