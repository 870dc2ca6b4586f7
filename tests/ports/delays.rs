//! A scheduler over a queue of delays: messages wait until they are due, those of a key that runs wait longer. Its loops
//! yield and continue in nested matches.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use futures::stream::{self, BoxStream};
use futures::{Stream, StreamExt as _};
use gen_runtime::async_gen;
use tokio::time::{Instant, sleep, sleep_until};

use super::script::trace;

#[derive(Clone, Copy, Debug)]
enum Message {
    /// Runs a key after a delay, in seconds.
    Schedule(&'static str, u64),
    Cancel(&'static str),
    Hold(bool),
}

#[derive(Debug, PartialEq)]
enum Event {
    Run(&'static str, u64),
    Replaced(&'static str),
    Held,
}

type Messages = BoxStream<'static, Message>;

both! { $ stream, (),
    pub(super) fn schedule(mut messages: Messages) -> impl Stream<Item = Event> + Send {
        generator! {
            let start = Instant::now();
            let mut queue = BTreeMap::new();
            let mut waiting = VecDeque::new();
            let mut open = true;
            let mut held = false;
            loop {
                let due = queue.values().min().copied();
                tokio::select! {
                    biased;
                    () = sleep_until(due.unwrap_or(start)), if due.is_some() => {
                        let key = queue.iter().find(|(_, at)| Some(**at) == due).map(|(key, _)| *key);
                        if let Some(key) = key {
                            queue.remove(key);
                            waiting.push_back(key);
                        }
                    }
                    message = messages.next(), if open => match message {
                        Some(Message::Schedule(key, seconds)) => {
                            let at = Instant::now() + Duration::from_secs(seconds);
                            match queue.get(key) {
                                Some(old) if *old <= at => continue,
                                Some(_) => yield Event::Replaced(key),
                                None => {}
                            }
                            queue.insert(key, at);
                        }
                        Some(Message::Cancel(key)) => match queue.remove(key) {
                            Some(_) => {
                                yield Event::Replaced(key);
                                continue;
                            }
                            None => continue,
                        },
                        Some(Message::Hold(on)) => {
                            held = on;
                            if held {
                                yield Event::Held;
                            }
                        }
                        None => open = false,
                    },
                    else => break,
                }
                while let (false, Some(key)) = (held, waiting.front().copied()) {
                    waiting.pop_front();
                    yield Event::Run(key, start.elapsed().as_secs());
                }
            }
        }
    }
}

#[async_gen(bounds = Send)]
async fn schedule(mut messages: Messages) -> Event {
    let start = Instant::now();
    let mut queue = BTreeMap::new();
    let mut waiting = VecDeque::new();
    let mut open = true;
    let mut held = false;
    loop {
        let due = queue.values().min().copied();
        tokio::select! {
            biased;
            () = sleep_until(due.unwrap_or(start)), if due.is_some() => {
                let key = queue.iter().find(|(_, at)| Some(**at) == due).map(|(key, _)| *key);
                if let Some(key) = key {
                    queue.remove(key);
                    waiting.push_back(key);
                }
            }
            message = messages.next(), if open => match message {
                Some(Message::Schedule(key, seconds)) => {
                    let at = Instant::now() + Duration::from_secs(seconds);
                    match queue.get(key) {
                        Some(old) if *old <= at => continue,
                        Some(_) => yield_!(Event::Replaced(key)),
                        None => {}
                    }
                    queue.insert(key, at);
                }
                Some(Message::Cancel(key)) => match queue.remove(key) {
                    Some(_) => {
                        yield_!(Event::Replaced(key));
                        continue;
                    }
                    None => continue,
                },
                Some(Message::Hold(on)) => {
                    held = on;
                    if held {
                        yield_!(Event::Held);
                    }
                }
                None => open = false,
            },
            else => break,
        }
        while let (false, Some(key)) = (held, waiting.front().copied()) {
            waiting.pop_front();
            yield_!(Event::Run(key, start.elapsed().as_secs()));
        }
    }
}

#[tokio::test(start_paused = true)]
async fn messages_run_when_they_are_due() {
    use Message::{Cancel, Hold, Schedule};
    let messages = || {
        let script = [
            (0, Schedule("a", 9)),
            (0, Schedule("b", 3)),
            (1, Schedule("a", 30)),
            (0, Schedule("a", 1)),
            (0, Schedule("c", 5)),
            (0, Cancel("c")),
            (0, Cancel("d")),
            (0, Hold(true)),
            (7, Hold(false)),
            (0, Schedule("e", 4)),
        ];
        let script = stream::iter(script).then(async |(pause, message)| {
            sleep(Duration::from_secs(pause)).await;
            message
        });
        script.boxed()
    };
    let expected = [
        r#"Replaced("a")"#,
        r#"Replaced("c")"#,
        "Held",
        r#"Run("a", 8)"#,
        r#"Run("b", 8)"#,
        r#"Run("e", 12)"#,
    ];
    assert_eq!(trace(peer::schedule(messages())).await, expected);
    assert_eq!(trace(block::schedule(messages())).await, expected);
    assert_eq!(trace(schedule(messages())).await, expected);
}
