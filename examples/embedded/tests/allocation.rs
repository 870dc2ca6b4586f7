//! The generators in a task of embassy's executor, with a sensor and a clock that allocate nothing.

use std::convert::Infallible;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use embassy_executor::{Executor, Spawner};
use embedded::{Sensor, State, states};
use embedded_hal_async::delay::DelayNs;
use gen_runtime::pin;
use static_cell::StaticCell;

const COUNT: u32 = 100;

static EXECUTOR: StaticCell<Executor> = StaticCell::new();
static HIGHS: AtomicU32 = AtomicU32::new(0);
static DOWNS: AtomicU32 = AtomicU32::new(0);

#[embassy_executor::task]
async fn watch() {
    let (mut sensor, mut clock) = (Waves { time: 0 }, Clock);
    let mut states = pin!(states(&mut sensor, &mut clock));
    while HIGHS.load(Relaxed) < COUNT {
        let Ok(Some(state)) = states.try_next().await else {
            unreachable!("the sensor does not fail");
        };
        HIGHS.fetch_add(u32::from(state == State::High), Relaxed);
    }
    let Ok(()) = states.close().await;
}

#[test]
fn nothing_is_allocated() {
    let executor = EXECUTOR.init(Executor::new());
    let start = |spawner: Spawner| spawner.spawn(watch().expect("it is the only task"));
    let info = allocation_counter::measure(|| {
        executor.run_until(start, || DOWNS.load(Relaxed) > 0);
    });
    assert_eq!(info.count_total, 0);
    assert_eq!((HIGHS.load(Relaxed), DOWNS.load(Relaxed)), (COUNT, 1));
    let info = allocation_counter::measure(|| drop(Box::new(1)));
    assert_eq!(info.count_total, 1, "the counter counts");
}

struct Waves {
    time: u16,
}

impl Sensor for Waves {
    type Error = Infallible;

    async fn power_up(&mut self) -> Result<(), Infallible> {
        Ok(())
    }

    async fn read(&mut self) -> Result<u16, Infallible> {
        self.time += 1;
        Ok(if self.time % 20 < 10 { 0 } else { 1000 })
    }

    async fn power_down(&mut self) {
        DOWNS.fetch_add(1, Relaxed);
    }
}

/// A clock whose waits end at the second poll.
struct Clock;

impl DelayNs for Clock {
    async fn delay_ns(&mut self, _: u32) {
        embassy_futures::yield_now().await;
    }
}
