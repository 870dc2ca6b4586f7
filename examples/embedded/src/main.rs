//! Runs the generators on embassy's executor, with a simulated sensor, until the tank has been full and empty.
//!
//! The type of a generator has no name, so no static of the program can be declared with it. But embassy keeps each task
//! in a static, and so the generators in the variables of the task. Nothing is allocated for them.
//!
//! `cargo run --manifest-path examples/Cargo.toml -p embedded`

use std::convert::Infallible;
use std::sync::atomic::{AtomicBool, Ordering};

use embassy_executor::{Executor, Spawner};
use embassy_time::Delay;
use embedded::{Sensor, State, states};
use gen_runtime::pin;
use static_cell::StaticCell;

static EXECUTOR: StaticCell<Executor> = StaticCell::new();
static SENSOR: StaticCell<Simulated> = StaticCell::new();
static DONE: AtomicBool = AtomicBool::new(false);

fn main() {
    let start = |spawner: Spawner| {
        let sensor = SENSOR.init(Simulated { time: 0 });
        spawner.spawn(watch(sensor).expect("it is the only task"));
    };
    EXECUTOR
        .init(Executor::new())
        .run_until(start, || DONE.load(Ordering::Acquire));
}

#[embassy_executor::task]
async fn watch(sensor: &'static mut Simulated) {
    let mut delay = Delay;
    let mut states = pin!(states(sensor, &mut delay));
    while let Ok(Some(state)) = states.try_next().await {
        println!("      {state:?}");
        if state == State::Low {
            break;
        }
    }
    let Ok(()) = states.close().await;
    DONE.store(true, Ordering::Release);
}

struct Simulated {
    time: u16,
}

impl Sensor for Simulated {
    type Error = Infallible;

    async fn power_up(&mut self) -> Result<(), Infallible> {
        println!("sensor: powered up");
        Ok(())
    }

    /// Rises and falls, with a glitch now and then.
    async fn read(&mut self) -> Result<u16, Infallible> {
        self.time += 1;
        let level = match self.time {
            ..10 => 500,
            10..25 => 500 + (self.time - 10) * 30,
            _ => 950_u16.saturating_sub((self.time - 25) * 50),
        };
        let sample = if self.time % 8 == 5 {
            1000 - level
        } else {
            level
        };
        println!("{sample:>5} {}", "=".repeat(usize::from(sample / 20)));
        Ok(sample)
    }

    async fn power_down(&mut self) {
        println!("sensor: powered down");
    }
}
