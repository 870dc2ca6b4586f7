//! A subscription in an RPC service under `#[async_trait]`. It reports how many events a subscriber missed, at most once
//! a second. The stream is a trait object behind an associated type.

use std::pin::Pin;
use std::time::Duration;

use async_trait::async_trait;
use futures::Stream;
use gen_runtime::{Handle, async_gen};
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{MissedTickBehavior, interval, sleep};

use super::script::trace;

#[derive(Clone, Debug)]
enum Event {
    Number(u32),
    Missed(u64),
}

#[derive(Debug)]
enum Status {
    Unavailable,
}

type EventStream = Pin<Box<dyn Stream<Item = Result<Event, Status>> + Send>>;

#[async_trait]
trait Service {
    type Subscription: Stream<Item = Result<Event, Status>> + Send + 'static;

    async fn subscribe(&self, count: u32) -> Result<Self::Subscription, Status>;
}

both! { $ stream, (throws = Status),
    pub(super) struct Server(pub(super) broadcast::Sender<u32>);

    #[async_trait]
    impl Service for Server {
        type Subscription = EventStream;

        async fn subscribe(&self, count: u32) -> Result<Self::Subscription, Status> {
            tokio::task::yield_now().await;
            if count == 0 {
                return Err(Status::Unavailable);
            }
            let mut events = self.0.subscribe();
            let stream = generator! {
                let mut report = interval(Duration::from_secs(1));
                report.set_missed_tick_behavior(MissedTickBehavior::Delay);
                let mut missed = 0;
                for _ in 0..count {
                    match events.recv().await {
                        Ok(number) => yield Ok(Event::Number(number)),
                        Err(RecvError::Lagged(number)) => missed += number,
                        Err(RecvError::Closed) => {
                            yield Err(Status::Unavailable);
                            break;
                        }
                    }
                    if missed > 0 && futures::poll!(std::pin::pin!(report.tick())).is_ready() {
                        yield Ok(Event::Missed(missed));
                        missed = 0;
                    }
                }
            };
            Ok(Box::pin(stream) as Self::Subscription)
        }
    }
}

struct Server(broadcast::Sender<u32>);

#[async_trait]
impl Service for Server {
    type Subscription = EventStream;

    async fn subscribe(&self, count: u32) -> Result<Self::Subscription, Status> {
        tokio::task::yield_now().await;
        if count == 0 {
            return Err(Status::Unavailable);
        }
        Ok(Handle::boxed(events(self.0.subscribe(), count)).into_inner())
    }
}

#[async_gen(throws = Status, bounds = Send)]
async fn events(mut events: broadcast::Receiver<u32>, count: u32) -> Event {
    let mut report = interval(Duration::from_secs(1));
    report.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut missed = 0;
    for _ in 0..count {
        match events.recv().await {
            Ok(number) => yield_!(Event::Number(number)),
            Err(RecvError::Lagged(number)) => missed += number,
            Err(RecvError::Closed) => {
                yield_!(Err(Status::Unavailable));
                break;
            }
        }
        if missed > 0 && futures::poll!(std::pin::pin!(report.tick())).is_ready() {
            yield_!(Event::Missed(missed));
            missed = 0;
        }
    }
}

/// Sends bursts of numbers, some of which are longer than the buffer, and then hangs up.
async fn observe<S: Service>(make: fn(broadcast::Sender<u32>) -> S, count: u32) -> Vec<String> {
    let (sender, _) = broadcast::channel(2);
    let service = make(sender.clone());
    let Ok(subscription) = service.subscribe(count).await else {
        return vec!["no subscription".to_owned()];
    };
    drop(service);
    let bursts = tokio::spawn(async move {
        for burst in [1, 4, 5, 2] {
            for number in 0..burst {
                let _ = sender.send(burst * 10 + number);
            }
            sleep(Duration::from_millis(600)).await;
        }
    });
    let trace = trace(subscription).await;
    bursts.await.unwrap();
    trace
}

#[tokio::test(start_paused = true)]
async fn a_subscription_reports_what_was_missed() {
    for count in [0, 3, 100] {
        let expected = observe(peer::Server, count).await;
        assert_eq!(observe(block::Server, count).await, expected);
        assert_eq!(observe(Server, count).await, expected);
        if count == 100 {
            let missed = expected.iter().filter(|item| item.contains("Missed"));
            assert_eq!(missed.count(), 2, "{expected:?}");
            assert_eq!(expected.last().unwrap(), "Err(Unavailable)");
        }
    }
}
