//! A tank with a level sensor: generators without `std` and without an allocator.
//!
//! Three generators, each over the one before: [`samples`], [`medians`], and [`states`]. They know the time only from a
//! [`DelayNs`], which a driver of the hardware implements.
#![no_std]
#![forbid(unsafe_code)]

use embedded_hal_async::delay::DelayNs;
use gen_runtime::async_gen;

/// The time between two samples, in milliseconds.
pub const PERIOD: u32 = 20;

/// The number of samples that a median is taken of.
pub const WINDOW: usize = 5;

/// The number of medians in a row that must agree for a state to be reported.
pub const STEADY: usize = 4;

/// Yields a sample each period. Powers the sensor down at the end.
#[async_gen(throws = S::Error)]
pub async fn samples<S: Sensor, D: DelayNs>(sensor: &mut S, delay: &mut D) -> u16 {
    sensor.power_up().await?;
    defer! { sensor.power_down().await; }
    loop {
        yield_!(sensor.read().await?);
        delay.delay_ms(PERIOD).await;
    }
}

/// Yields the median of the last samples for each sample, once there are enough of them.
#[async_gen(throws = S::Error)]
pub async fn medians<S: Sensor, D: DelayNs>(sensor: &mut S, delay: &mut D) -> u16 {
    let (mut window, mut count) = ([0; WINDOW], 0);
    #[for_await(close)]
    for sample in samples(sensor, delay) {
        window[count % WINDOW] = sample?;
        count += 1;
        if count >= WINDOW {
            let mut sorted = window;
            sorted.sort_unstable();
            yield_!(sorted[WINDOW / 2]);
        }
    }
}

/// Yields the state of the tank when it has changed, and has been steady for some time.
#[async_gen(throws = S::Error)]
pub async fn states<S: Sensor, D: DelayNs>(sensor: &mut S, delay: &mut D) -> State {
    let (mut reported, mut last, mut steady) = (None, None, 0);
    #[for_await(close)]
    for median in medians(sensor, delay) {
        let state = State::of(median?);
        steady = if last == Some(state) { steady + 1 } else { 1 };
        last = Some(state);
        if steady >= STEADY && reported != last {
            reported = last;
            yield_!(state);
        }
    }
}

/// A level sensor.
pub trait Sensor {
    /// The error of a transfer on the bus.
    type Error;

    /// Powers the sensor up.
    fn power_up(&mut self) -> impl Future<Output = Result<(), Self::Error>>;

    /// Reads a sample.
    fn read(&mut self) -> impl Future<Output = Result<u16, Self::Error>>;

    /// Powers the sensor down.
    fn power_down(&mut self) -> impl Future<Output = ()>;
}

/// How full a tank is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Below 200.
    Low,
    /// From 200 to 799.
    Normal,
    /// From 800.
    High,
}

impl State {
    /// Returns the state for a level.
    #[must_use]
    pub fn of(level: u16) -> Self {
        match level {
            0..200 => State::Low,
            200..800 => State::Normal,
            _ => State::High,
        }
    }
}
