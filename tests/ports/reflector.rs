//! A reflector: applies each event of a watch to a store, and passes it on, whatever the types of object and error are.

use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use futures::{Stream, StreamExt as _, stream};
use gen_runtime::async_gen;

use super::script::trace;

#[derive(Clone, Debug)]
enum Event<K> {
    Apply(K),
    Delete(K),
}

struct Store<K>(Arc<Mutex<Vec<K>>>);

impl<K: PartialEq + Clone> Store<K> {
    fn apply(&mut self, event: &Event<K>) {
        let mut objects = self.0.lock().unwrap();
        match event {
            Event::Apply(object) => objects.push(object.clone()),
            Event::Delete(object) => objects.retain(|known| known != object),
        }
    }
}

both! { $ stream, (throws = W::Error),
    pub(super) fn reflect<K, W>(
        mut store: Store<K>,
        events: W,
    ) -> impl Stream<Item = Result<Event<K>, W::Error>> + Send
    where
        K: PartialEq + Clone + Send,
        W: Watch<K>,
    {
        generator! {
            let mut events = std::pin::pin!(events);
            while let Some(event) = events.next().await {
                match event {
                    Ok(event) => {
                        store.apply(&event);
                        yield Ok(event);
                    }
                    Err(error) => yield Err(error),
                }
            }
        }
    }
}

/// A stream of events.
trait Watch<K>: Stream<Item = Result<Event<K>, Self::Error>> + Send {
    type Error: Send;
}

impl<K, E: Send, S: Stream<Item = Result<Event<K>, E>> + Send> Watch<K> for S {
    type Error = E;
}

#[async_gen(throws = W::Error, bounds = Send)]
async fn reflect<K, W>(mut store: Store<K>, events: W) -> Event<K>
where
    K: PartialEq + Clone + Send,
    W: Watch<K>,
{
    #[for_await]
    for event in events {
        if let Ok(event) = &event {
            store.apply(event);
        }
        yield_result!(event);
    }
}

async fn run<K: Clone, G: Stream<Item: Debug> + Send>(
    make: impl FnOnce(Store<K>) -> G,
) -> (Vec<String>, Vec<K>) {
    let objects = Arc::default();
    let trace = trace(make(Store(Arc::clone(&objects)))).await;
    let objects = objects.lock().unwrap().clone();
    (trace, objects)
}

#[tokio::test]
async fn a_store_reflects_the_events() {
    let events = || {
        stream::iter([
            Ok(Event::Apply("a")),
            Err(404),
            Ok(Event::Apply("b")),
            Ok(Event::Delete("a")),
        ])
    };
    let expected = run(|store| peer::reflect(store, events())).await;
    assert_eq!(expected.0.len(), 4);
    assert_eq!(expected.1, ["b"]);
    assert_eq!(run(|store| block::reflect(store, events())).await, expected);
    assert_eq!(run(|store| reflect(store, events())).await, expected);
}
