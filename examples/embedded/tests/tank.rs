//! The generators of the tank, with a clock and a sensor that the tests control.

use std::cell::RefCell;
use std::task::Poll;

use embedded::{PERIOD, STEADY, Sensor, State, WINDOW, medians, samples, states};
use embedded_hal_async::delay::DelayNs;
use futures::FutureExt;
use futures::executor::block_on;
use gen_runtime::pin;

#[derive(Debug, PartialEq)]
enum Event {
    Up,
    Read,
    Wait(u32),
    Down,
}

use Event::{Down, Read, Up, Wait};
use State::{High, Low, Normal};

/// A sensor with prepared samples, after which its bus is broken.
struct Prepared<'a> {
    samples: std::slice::Iter<'a, u16>,
    log: &'a RefCell<Vec<Event>>,
}

#[derive(Debug, PartialEq)]
struct Broken;

impl Sensor for Prepared<'_> {
    type Error = Broken;

    async fn power_up(&mut self) -> Result<(), Broken> {
        self.log.borrow_mut().push(Up);
        Ok(())
    }

    async fn read(&mut self) -> Result<u16, Broken> {
        pending_once().await;
        self.log.borrow_mut().push(Read);
        self.samples.next().copied().ok_or(Broken)
    }

    async fn power_down(&mut self) {
        pending_once().await;
        self.log.borrow_mut().push(Down);
    }
}

/// A clock that records the waits, which end at once.
struct Clock<'a>(&'a RefCell<Vec<Event>>);

impl DelayNs for Clock<'_> {
    async fn delay_ns(&mut self, nanoseconds: u32) {
        pending_once().await;
        self.0.borrow_mut().push(Wait(nanoseconds / 1_000_000));
    }
}

async fn pending_once() {
    let mut is_first = true;
    std::future::poll_fn(|context| {
        if std::mem::take(&mut is_first) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(())
    })
    .await;
}

/// Returns the states for samples, and asserts that the sensor was powered down once, at the end.
fn seen(samples: &[u16]) -> Vec<State> {
    let log = RefCell::default();
    let mut sensor = Prepared {
        samples: samples.iter(),
        log: &log,
    };
    let mut clock = Clock(&log);
    let mut seen = Vec::new();
    block_on(async {
        let mut states = pin!(states(&mut sensor, &mut clock));
        while let Ok(state) = states.try_next().await {
            seen.push(state.expect("the bus breaks before the end"));
        }
    });
    let log = log.into_inner();
    assert_eq!(log.iter().filter(|event| **event == Down).count(), 1);
    assert_eq!(log.last(), Some(&Down));
    seen
}

#[test]
fn a_sample_is_read_when_it_is_asked_for() {
    let log = RefCell::default();
    let mut sensor = Prepared {
        samples: [1, 2].iter(),
        log: &log,
    };
    let mut clock = Clock(&log);
    block_on(async {
        let mut samples = pin!(samples(&mut sensor, &mut clock));
        assert_eq!(log.take(), []);
        assert_eq!(samples.next().await, Some(Ok(1)));
        assert_eq!(log.take(), [Up, Read]);
        assert_eq!(samples.next().await, Some(Ok(2)));
        assert_eq!(log.take(), [Wait(PERIOD), Read]);
        assert_eq!(samples.close().await, Ok(()));
        assert_eq!(log.take(), [Down]);
        assert_eq!(samples.next().await, None);
    });
    assert_eq!(log.take(), []);
}

#[test]
fn an_error_of_the_bus_powers_the_sensor_down() {
    let log = RefCell::default();
    let mut sensor = Prepared {
        samples: [].iter(),
        log: &log,
    };
    let mut clock = Clock(&log);
    block_on(async {
        let mut samples = pin!(samples(&mut sensor, &mut clock));
        assert_eq!(samples.next().await, Some(Err(Broken)));
        assert_eq!(log.take(), [Up, Read, Down]);
        assert_eq!(samples.next().await, None);
    });
}

#[test]
fn a_median_is_of_the_last_samples() {
    let log = RefCell::default();
    let mut sensor = Prepared {
        samples: [4, 8, 100, 16, 20, u16::MAX].iter(),
        log: &log,
    };
    let mut clock = Clock(&log);
    block_on(async {
        let mut medians = pin!(medians(&mut sensor, &mut clock));
        assert_eq!(medians.next().await, Some(Ok(16)));
        let reads = |log: Vec<Event>| log.into_iter().filter(|event| *event == Read).count();
        assert_eq!(reads(log.take()), WINDOW);
        assert_eq!(medians.next().await, Some(Ok(20)));
        assert_eq!(log.take(), [Wait(PERIOD), Read]);
        assert_eq!(medians.next().await, Some(Err(Broken)));
        assert_eq!(log.take(), [Wait(PERIOD), Read, Down]);
    });
}

#[test]
fn a_state_is_reported_when_it_is_steady() {
    let enough = WINDOW + STEADY - 1;
    assert_eq!(seen(&vec![500; enough - 1]), []);
    assert_eq!(seen(&vec![500; enough]), [Normal]);
    assert_eq!(seen(&[500; 100]), [Normal]);
    for (count, expected) in [
        (STEADY - 1, [Normal].as_slice()),
        (STEADY, &[Normal, High, Normal]),
    ] {
        let glitch = [vec![500; 10], vec![1000; count], vec![500; 10]];
        assert_eq!(seen(&glitch.concat()), expected);
    }
    let levels = [0, 199, 200, 799, 800, 799, 200, 199].map(|level| vec![level; 10]);
    assert_eq!(seen(&levels.concat()), [Low, Normal, High, Normal, Low]);
}

#[test]
fn closing_while_the_clock_runs_powers_the_sensor_down() {
    let log = RefCell::default();
    let mut sensor = Prepared {
        samples: [500; 100].iter(),
        log: &log,
    };
    let mut clock = Clock(&log);
    block_on(async {
        let mut states = pin!(states(&mut sensor, &mut clock));
        // One poll reaches the first read, and the next one the first wait.
        assert_eq!(states.next().now_or_never(), None);
        assert_eq!(states.next().now_or_never(), None);
        assert_eq!(log.take(), [Up, Read]);
        assert_eq!(states.close().await, Ok(()));
        assert_eq!(log.take(), [Down]);
    });
}
