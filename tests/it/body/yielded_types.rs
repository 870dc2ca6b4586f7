//! Types that may be yielded: types of every kind, and some without values.

use std::cell::Cell;
use std::convert::Infallible;
use std::error::Error;
use std::fmt::{Debug, Display};
use std::future::Future;
use std::marker::PhantomData;
use std::ops::ControlFlow;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::{Mutex, MutexGuard};

use futures::{Stream, StreamExt as _};
use gen_runtime::{AsyncGenerator, State, async_gen, pin};
use probe::{Log, ready};

fn all<S: Stream>(generator: S) -> Vec<S::Item> {
    ready(generator.collect())
}

#[async_gen]
async fn no_type(log: Log) {
    log.push("one");
    yield_!();
    log.push("two");
    yield_!(());
}

#[async_gen]
async fn unit(rounds: usize) -> () {
    for _ in 0..rounds {
        yield_!();
    }
}

#[async_gen(returns = ())]
async fn unit_in_and_out() {
    let () = yield_!();
}

#[test]
fn units_are_items_like_any_others() {
    let log = Log::default();
    let mut items = pin!(no_type(log.clone()));
    assert_eq!((ready(items.next()), log.take()), (Some(()), "one".into()));
    assert_eq!((ready(items.next()), log.take()), (Some(()), "two".into()));
    assert_eq!(ready(items.next()), None);
    assert_eq!(all(unit(3)).len(), 3);
    let mut items = pin!(unit_in_and_out());
    assert_eq!(ready(items.resume()), Some(()));
    assert_eq!(items.take_return(), None);
    assert_eq!(ready(items.send(())), None);
    assert_eq!(items.take_return(), Some(()));
}

#[async_gen]
async fn references(numbers: &mut [u8]) -> &mut u8 {
    for number in numbers {
        yield_!(number);
    }
}

#[async_gen]
async fn of_the_consumer(cell: &Cell<u8>) -> (&Cell<u8>, u8) {
    for _ in 0..2 {
        yield_!((cell, cell.get()));
    }
}

#[async_gen]
async fn guards(mutex: &Mutex<u8>) -> MutexGuard<'_, u8> {
    loop {
        yield_!(mutex.lock().unwrap());
    }
}

#[test]
fn references_to_arguments_outlive_the_call_that_returned_them() {
    let mut numbers = [1, 2];
    for number in all(references(&mut numbers)) {
        *number *= 2;
    }
    assert_eq!(numbers, [2, 4]);
    let cell = Cell::new(1);
    let mut items = pin!(of_the_consumer(&cell));
    let (same, before) = ready(items.next()).unwrap();
    same.set(5);
    assert_eq!((before, ready(items.next()).unwrap().1), (1, 5));
    let mutex = Mutex::new(1);
    let mut items = pin!(guards(&mutex));
    *ready(items.next()).unwrap() += 1;
    assert_eq!(*ready(items.next()).unwrap(), 2);
}

#[async_gen]
async fn displayed(n: u8) -> impl Display + Send {
    yield_!(n);
    yield_!(n + 1);
}

#[async_gen]
async fn iterators(n: u8) -> impl Iterator<Item = impl Debug + PartialEq<u8>> {
    yield_!(0..n);
    yield_!(n..n + 1);
}

#[async_gen]
async fn closures<'a>(text: &'a str) -> impl Fn(usize) -> &'a str {
    for start in 0..2 {
        let own = move |length: usize| &text[start..start + length];
        yield_!(own);
    }
}

#[async_gen]
async fn futures(n: u8) -> impl Future<Output = u8> {
    for n in 0..n {
        yield_!(std::future::ready(n));
    }
}

#[test]
fn anonymous_types_may_be_yielded() {
    let items: Vec<String> = all(displayed(1).map(|item| item.to_string()));
    assert_eq!(items, ["1", "2"]);
    let mut items = pin!(iterators(2));
    assert!(ready(items.next()).unwrap().eq([0, 1]));
    assert!(ready(items.next()).unwrap().eq([2]));
    let items = all(closures("text"));
    assert_eq!((items[0](2), items[1](3)), ("te", "ext"));
    assert_eq!(all(futures(2).then(|item| item)), [0, 1]);
}

#[async_gen]
async fn inner(from: u8) -> u8 {
    yield_!(from);
    yield_!(from + 1);
}

#[async_gen]
async fn generators(n: u8) -> impl AsyncGenerator<Yield = u8, Sent = (), Item = u8> {
    for n in 0..n {
        yield_!(inner(n * 10));
    }
}

#[test]
fn generators_may_yield_generators() {
    let mut outer = pin!(generators(2));
    let mut all = Vec::new();
    while let Some(generator) = ready(outer.next()) {
        let mut inner = pin!(generator);
        while let Some(item) = ready(inner.next()) {
            all.push(item);
        }
    }
    assert_eq!(all, [0, 1, 10, 11]);
}

#[async_gen]
async fn compound() -> (u8, [(char, Option<&'static str>); 2], ((), (u8,))) {
    yield_!((1, [('a', None), ('b', Some("c"))], ((), (2,))));
}

#[async_gen]
async fn arrays<const N: usize>(start: u64) -> [[u64; N]; 2] {
    yield_!([[start; N], [start + 1; N]]);
}

#[async_gen]
async fn large() -> [u8; 4096] {
    yield_!([1; 4096]);
    yield_!([2; 4096]);
}

#[repr(align(64))]
#[derive(Debug, PartialEq)]
struct Aligned(u8);

#[async_gen(send = Aligned)]
async fn aligned() -> Aligned {
    let sent = yield_!(Aligned(1));
    assert_eq!((&raw const sent).addr() % 64, 0);
    yield_!(sent);
}

#[test]
fn tuples_arrays_and_types_of_any_size_and_alignment_may_be_yielded() {
    let expected = (1, [('a', None), ('b', Some("c"))], ((), (2,)));
    assert_eq!(all(compound()), [expected]);
    assert_eq!(all(arrays::<3>(1)), [[[1; 3], [2; 3]]]);
    assert_eq!(all(arrays::<0>(1)), [[[]; 2]]);
    assert_eq!(all(large()), [[1; 4096], [2; 4096]]);
    let mut items = pin!(aligned());
    let first = ready(items.resume()).unwrap();
    assert_eq!((&raw const first).addr() % 64, 0);
    assert_eq!(first, Aligned(1));
    assert_eq!(ready(items.send(Aligned(2))), Some(Aligned(2)));
}

#[async_gen]
async fn results() -> Result<u8, String> {
    yield_!(Err("plain".to_owned()));
    yield_!(Ok(1));
}

/// Expressions written `Ok(..)` or `Err(..)` are items here.
#[allow(deprecated, reason = "the yielded type is a `Result`")]
#[async_gen(throws = String)]
async fn results_that_throw() -> Result<u8, String> {
    yield_!(Ok(Err("plain".to_owned())));
    let one = Ok(1);
    yield_!(one);
    Err("thrown")?;
}

#[async_gen]
async fn options() -> Option<Option<u8>> {
    yield_!(None);
    yield_!(Some(None));
    yield_!(Some(Some(1)));
}

#[async_gen]
async fn flows() -> ControlFlow<u8, ()> {
    yield_!(ControlFlow::Continue(()));
    yield_!(ControlFlow::Break(1));
}

#[test]
fn results_and_options_as_items_do_not_end_the_generator() {
    assert_eq!(all(results()), [Err("plain".to_owned()), Ok(1)]);
    assert_eq!(
        all(results_that_throw()),
        [
            Ok(Err("plain".to_owned())),
            Ok(Ok(1)),
            Err("thrown".to_owned())
        ]
    );
    let mut items = pin!(options());
    assert_eq!(ready(items.next()), Some(None));
    assert_eq!(ready(items.next()), Some(Some(None)));
    assert_eq!(ready(items.next()), Some(Some(Some(1))));
    assert_eq!(ready(items.next()), None);
    assert_eq!(
        all(flows()),
        [ControlFlow::Continue(()), ControlFlow::Break(1)]
    );
}

#[async_gen]
async fn functions() -> fn(u8) -> u8 {
    yield_!(|n| n + 1);
    yield_!(u8::reverse_bits);
}

#[async_gen]
async fn unsafe_functions() -> unsafe extern "C" fn(&u8) -> u8 {
    unsafe extern "C" fn first(n: &u8) -> u8 {
        *n
    }
    yield_!(first);
}

#[async_gen]
async fn higher_ranked() -> for<'a> fn(&'a str, &str) -> &'a str {
    fn tail<'a>(text: &'a str, prefix: &str) -> &'a str {
        text.strip_prefix(prefix).unwrap_or(text)
    }
    yield_!(tail);
}

#[test]
fn items_are_coerced_to_function_pointers() {
    let items = all(functions());
    assert_eq!((items[0](1), items[1](1)), (2, 128));
    // SAFETY: The function only reads its argument.
    assert_eq!(unsafe { all(unsafe_functions())[0](&3) }, 3);
    let text = String::from("to be");
    assert_eq!(all(higher_ranked())[0](&text, &String::from("to ")), "be");
}

#[async_gen]
async fn objects<'a>(text: &'a str) -> Box<dyn Display + 'a> {
    yield_!(Box::new(1));
    yield_!(Box::new(text));
    yield_!(Box::new('c') as Box<dyn Display>);
}

#[async_gen]
async fn borrowed_objects<'a>(number: &'a u8, text: &'a String) -> &'a dyn Debug {
    yield_!(number);
    yield_!(text);
}

#[async_gen(throws = Box<dyn Error + Send + Sync>)]
async fn errors(text: String) -> Box<dyn FnMut() -> u8> {
    let mut n: u8 = text.parse()?;
    yield_!(Box::new(move || {
        n += 1;
        n
    }));
    Err("a text")?;
}

#[async_gen]
async fn pinned_futures(n: u8) -> Pin<Box<dyn Future<Output = u8>>> {
    yield_!(Box::pin(async move { n }));
}

#[test]
fn items_are_coerced_to_trait_objects() {
    let text = String::from("text");
    let items: Vec<String> = all(objects(&text).map(|item| item.to_string()));
    assert_eq!(items, ["1", "text", "c"]);
    let items: Vec<String> = all(borrowed_objects(&1, &text).map(|item| format!("{item:?}")));
    assert_eq!(items, ["1", "\"text\""]);
    let mut items = pin!(errors("4".to_owned()));
    let mut function = ready(items.next()).unwrap().unwrap();
    assert_eq!((function(), function()), (5, 6));
    assert_eq!(
        ready(items.next()).unwrap().err().unwrap().to_string(),
        "a text"
    );
    let mut items = pin!(errors("x".to_owned()));
    let error = ready(items.next()).unwrap().err().unwrap();
    assert!(error.is::<std::num::ParseIntError>());
    assert_eq!(all(pinned_futures(1).then(|future| future)), [1]);
}

/// Neither `Copy`, `Send` nor `Unpin`. Logs when it is dropped.
struct Own {
    guard: probe::Guard,
    counted: Rc<()>,
    _pinned: std::marker::PhantomPinned,
}

#[async_gen(send = Own, returns = Own)]
async fn own(log: Log, counted: Rc<()>) -> Own {
    let make = |name| Own {
        guard: log.guard(name),
        counted: Rc::clone(&counted),
        _pinned: std::marker::PhantomPinned,
    };
    let sent = yield_!(make("first"));
    drop(yield_!(sent));
    make("last")
}

#[test]
fn move_only_values_are_moved_and_are_dropped_once() {
    let (log, counted) = (Log::default(), Rc::new(()));
    {
        let mut items = pin!(own(log.clone(), Rc::clone(&counted)));
        let first = ready(items.resume()).unwrap();
        assert_eq!(Rc::strong_count(&counted), 3);
        let Own {
            guard,
            counted: same,
            _pinned: _,
        } = first;
        drop(guard);
        assert!(Rc::ptr_eq(&same, &counted));
        assert_eq!(log.take(), "-first");
        let sent = |name| Own {
            guard: log.guard(name),
            counted: Rc::clone(&counted),
            _pinned: std::marker::PhantomPinned,
        };
        let back = ready(items.send(sent("sent"))).unwrap();
        assert_eq!(log.take(), "");
        drop(back);
        assert_eq!(log.take(), "-sent");
        assert!(ready(items.send(sent("dropped"))).is_none());
        assert_eq!(log.take(), "-dropped");
        drop(items.take_return());
        assert_eq!(log.take(), "-last");
    }
    assert_eq!((Rc::strong_count(&counted), log.take().as_str()), (1, ""));
}

#[derive(Debug, PartialEq)]
enum Never {}

#[async_gen]
async fn nothing_to_yield(log: Log) -> Never {
    log.push("ran");
    std::future::ready(()).await;
}

#[async_gen(throws = Infallible, returns = u8)]
async fn never_fails(n: u8) -> u8 {
    yield_!(n);
    let caught = attempt! {
        yield_!(n + 1);
        n
    };
    let Ok(value) = caught;
    Ok::<_, Infallible>(value)?
}

#[test]
fn types_without_values_may_be_yielded_and_thrown() {
    let log = Log::default();
    let mut items = pin!(nothing_to_yield(log.clone()));
    assert_eq!(ready(items.next()), None);
    assert_eq!(
        (items.state(), log.take().as_str()),
        (State::Finished, "ran")
    );
    let mut items = pin!(never_fails(1));
    let Ok(first) = ready(items.try_next());
    assert_eq!(first, Some(1));
    assert_eq!(ready(items.next()), Some(Ok(2)));
    assert_eq!(ready(items.next()), None);
    assert_eq!(items.take_return(), Some(1));
}

#[async_gen]
async fn typed<T, Unit: ?Sized>(items: Vec<T>) -> (T, PhantomData<Unit>) {
    for item in items {
        yield_!((item, PhantomData));
    }
}

type Alias<'a, T> = Result<&'a T, Box<dyn Error + 'a>>;

#[async_gen]
async fn aliased<T>(item: &T) -> Alias<'_, T> {
    yield_!(Ok(item));
    yield_!(Err("end".into()));
}

#[async_gen]
async fn slices(text: &[u8]) -> &[u8] {
    yield_!(&text[1..]);
    yield_!(b"array");
}

#[test]
fn generic_types_aliases_and_slices_may_be_yielded() {
    assert_eq!(all(typed::<_, str>(vec![1])), [(1, PhantomData)]);
    let items = all(aliased(&4));
    assert_eq!(*items[0].as_ref().unwrap(), &4);
    assert_eq!(items[1].as_ref().unwrap_err().to_string(), "end");
    assert_eq!(all(slices(b"abc")), [b"bc".as_slice(), b"array"]);
}
