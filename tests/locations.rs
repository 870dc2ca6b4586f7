//! The places where generators are suspended, with the feature `locations`.

use std::cell::RefCell;
use std::future::{Future, pending, ready};
use std::panic::Location;
use std::rc::Rc;

use futures::FutureExt as _;
use gen_runtime::{
    AsyncGenerator, BoxGenerator, Handle, State, async_gen, async_gen_block, async_gen_items,
    generator, in_context, on_drop, pin, sync,
};

/// Returns the line and the column of a location in this file.
fn place(location: Option<&'static Location<'static>>) -> Option<(u32, u32)> {
    let location = location?;
    assert_eq!(location.file(), file!());
    Some((location.line(), location.column()))
}

/// Polls a call once, and drops it.
fn poll<F: Future>(call: F) -> Option<F::Output> {
    call.now_or_never()
}

/// Is pending in the first poll.
async fn pause() {
    futures::pending!();
}

/// Returns the positions of a generator, without the path of this file and its modules.
fn positions<G>(generator: &Handle<&mut G>) -> Vec<String>
where
    G: AsyncGenerator,
{
    let mut all = Vec::new();
    generator.positions(|position| all.push(shorter(&position.to_string())));
    all
}

fn shorter(text: &str) -> String {
    text.replace("tests/locations.rs:", "")
        .replace("locations::", "")
}

const EACH: u32 = line!();
#[rustfmt::skip]
#[async_gen(send = Option<u8>, throws = u8)]
async fn each() -> u8 {
    yield_!(1);
    pause().await;
    let _ = yield_!(
        2
    );
    pause()
        .await;
    #[for_await]
    for n in futures::stream::once(pause()) { let () = n; }
    attempt! { yield_!(3); }.unwrap();
    tokio::join!(pause(), ready(()));
    tokio::select! { () = pause() => { yield_!(4); } }
    println!("{:?}", pause().await);
    {
        defer! { pause().await; }
        yield_!(5);
    }
    yield_result!(Err(6));
    pending::<()>().await;
}

#[test]
fn each_suspension_point_has_its_line_and_column() {
    let mut items = pin!(each());
    assert_eq!(items.suspended_at(), None);
    let mut places = Vec::new();
    while places.last() != Some(&(22, 21)) {
        poll(items.next());
        let (line, column) = place(items.suspended_at()).unwrap();
        places.push((line - EACH, column));
        assert!(places.len() < 20, "{places:?}");
    }
    assert_eq!(
        places,
        [
            (4, 5),  // the yields are named by their macros
            (5, 13), // and the awaits by the keyword
            (6, 13),
            (10, 10),
            (12, 14), // the stream of the loop
            (13, 16),
            (14, 5), // the `join!`, and the `select!`
            (15, 5),
            (15, 40),
            (16, 30), // in an operand of a known macro
            (19, 9),
            (18, 26),
            (21, 5),
            (22, 21),
        ]
    );
}

#[test]
fn a_generator_that_is_not_suspended_has_no_place() {
    let mut items = pin!(each());
    assert_eq!(items.suspended_at(), None);
    poll(items.next());
    assert!(items.suspended_at().is_some());
    poll(items.close());
    assert_eq!(items.state(), State::Finished);
    assert_eq!(items.suspended_at(), None);
}

macro_rules! unknown {
    ($e:expr) => {
        $e
    };
}

#[async_gen]
async fn unknown() -> u8 {
    yield_!(1);
    unknown!(pause().await);
}

#[test]
fn an_await_in_an_unknown_macro_has_no_place_and_no_stale_one() {
    let mut items = pin!(unknown());
    poll(items.next());
    assert!(items.suspended_at().is_some());
    poll(items.next());
    assert_eq!(items.state(), State::InFlight);
    assert_eq!(items.suspended_at(), None);
}

#[async_gen(throws = u8)]
async fn leaves_regions() -> u8 {
    let _ = attempt! { pause().await };
    unknown!(pause().await);
    defer! { unknown!(pause().await); }
    pause().await;
}

#[test]
fn the_await_where_an_interrupt_landed_is_no_place_any_more() {
    let mut items = pin!(leaves_regions());
    poll(items.next());
    assert!(items.suspended_at().is_some());
    poll(items.throw(1));
    assert_eq!(items.state(), State::InFlight);
    assert_eq!(items.suspended_at(), None);
    poll(items.next());
    assert!(items.suspended_at().is_some());
    poll(items.close());
    assert_eq!(items.state(), State::Closing);
    assert_eq!(items.suspended_at(), None);
}

const CHAIN: u32 = line!();
#[rustfmt::skip]
#[async_gen(throws = u8)]
async fn inner() -> u8 {
    defer! { pause().await; }
    yield_!(1);
    pause().await;
    yield_!(2);
}

#[async_gen]
async fn never_fails() -> u8 {
    yield_!(3);
}

#[rustfmt::skip]
#[async_gen(throws = u8)]
async fn middle() -> u8 {
    yield_from!(
        inner()
    );
    yield_from!(never_fails());
}

#[async_gen(throws = u8)]
async fn outer() -> u8 {
    yield_from!(middle());
    yield_!(4);
}

#[test]
fn a_chain_shows_the_place_of_each_generator_from_the_innermost_one_outward() {
    let mut items = pin!(outer());
    assert_eq!(positions(&items), ["outer"]);
    let at = |line: u32, column: u32| format!("at {}:{column}", CHAIN + line);
    let around = [
        format!("middle {}", at(18, 5)),
        format!("outer {}", at(26, 5)),
    ];
    for innermost in [at(5, 5), at(6, 13), at(7, 5), at(4, 22)] {
        poll(items.next());
        let [inner, outer @ ..] = &positions(&items)[..] else {
            unreachable!("there is one at least");
        };
        assert_eq!(*inner, format!("inner {innermost}"));
        assert_eq!(outer, around);
    }
    poll(items.next());
    assert_eq!(
        positions(&items),
        [
            format!("never_fails {}", at(12, 5)),
            format!("middle {}", at(21, 5)),
            around[1].clone(),
        ]
    );
    poll(items.next());
    assert_eq!(positions(&items), [format!("outer {}", at(27, 5))]);
    poll(items.next());
    assert_eq!(positions(&items), ["outer"]);
}

#[test]
fn a_close_under_way_shows_the_await_of_the_cleanup() {
    let mut items = pin!(outer());
    poll(items.next());
    poll(items.close());
    assert_eq!(items.state(), State::Closing);
    assert_eq!(positions(&items)[0], format!("inner at {}:22", CHAIN + 4));
}

#[test]
fn a_handle_shows_its_positions() {
    let mut items = Handle::boxed(never_fails());
    assert_eq!(
        shorter(&format!("{items:?}")),
        "Handle { state: Created, at: [never_fails], .. }"
    );
    poll(items.next());
    let items: BoxGenerator<'_, u8> = items.into();
    assert_eq!(
        shorter(&format!("{items:?}")),
        format!(
            "Handle {{ state: Suspended, at: [never_fails at {}:5], .. }}",
            CHAIN + 12
        )
    );
    let position = RefCell::new(None);
    items.positions(|at| *position.borrow_mut() = Some(at));
    let position = position.take().unwrap();
    assert_eq!(position.location(), items.suspended_at());
    assert_eq!(position.function(), "locations::never_fails");
}

const REGULAR: u32 = line!();

#[generator]
fn tree(depth: u8) -> u8 {
    if depth > 0 {
        yield_from!(Box::pin(tree(depth - 1)));
    }
    yield_!(depth);
}

#[test]
fn regular_generators_have_places() {
    let mut depths = sync::pin!(tree(2));
    depths.next();
    let mut places = Vec::new();
    depths.positions(|at| places.push(at.location().unwrap().line() - REGULAR));
    assert_eq!(places, [7, 5, 5]);
    assert_eq!(depths.suspended_at().unwrap().line() - REGULAR, 5);
    assert!(
        format!("{depths:?}").starts_with("Handle { state: Suspended, at: [locations::tree at ")
    );
    depths.next();
    assert_eq!(depths.suspended_at().unwrap().line() - REGULAR, 5);
}

async_gen_items! {
    #[async_gen]
    async fn free() -> u8 {
        yield 1;
    }
}

#[test]
fn free_tokens_and_blocks_have_places() {
    let line = line!() + 3;
    let mut items = pin!(async_gen_block! {
        let four = 4_u8;
        yield four;
    });
    poll(items.next());
    assert_eq!(place(items.suspended_at()), Some((line, 9)));
    assert_eq!(
        positions(&items)[0],
        format!("free_tokens_and_blocks_have_places at {line}:9")
    );
    let mut items = pin!(free());
    poll(items.next());
    assert_eq!(place(items.suspended_at()).unwrap().1, 9);
}

#[async_gen]
async fn closes() -> u8 {
    #[for_await(close)]
    for n in slow() {
        yield_!(n);
    }
}

#[async_gen]
async fn slow() -> u8 {
    pause().await;
    defer! { pause().await; }
    yield_!(1);
}

#[test]
fn a_closing_loop_has_the_places_of_its_stream_and_of_its_attribute() {
    let line = line!() - 14;
    let mut items = pin!(closes());
    let places: Vec<_> = [(); 3]
        .map(|()| {
            poll(items.next());
            place(items.suspended_at()).unwrap()
        })
        .into();
    assert_eq!(places, [(line, 14), (line + 1, 9), (line, 14)]);
    let mut items = pin!(closes());
    poll(items.next());
    poll(items.next());
    poll(items.close());
    assert_eq!(place(items.suspended_at()), Some((line - 1, 7)));
}

#[async_gen(throws = u8)]
async fn wraps() -> u8 {
    yield_from!(in_context(middle(), |poll| poll()));
}

#[test]
fn adapters_show_the_generators_in_them() {
    let mut items = pin!(wraps());
    poll(items.next());
    let functions: Vec<_> = positions(&items)
        .iter()
        .map(|position| position.split(' ').next().unwrap().to_owned())
        .collect();
    assert_eq!(functions, ["inner", "middle", "wraps"]);

    let abandoned = Rc::new(RefCell::new(Vec::new()));
    let places = abandoned.clone();
    let mut items = on_drop(outer(), move |generator| {
        let shown = shorter(&format!("{generator:?}"));
        places.borrow_mut().push(shown);
    });
    poll(items.next());
    let shown = shorter(&format!("{items:?}"));
    assert!(
        shown.contains("[inner at ") && shown.contains(", outer at "),
        "{shown}"
    );
    let boxed: Handle<Box<_>> = Handle::boxed(items);
    assert_eq!(shorter(&format!("{boxed:?}")), shown);
    drop(boxed);
    assert_eq!(abandoned.borrow().len(), 1);
}
