//! A yield in every position of an expression: the order in which yields run, and the use of the
//! values that are sent.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::never_loop,
    clippy::nonminimal_bool,
    clippy::redundant_closure_call,
    reason = "tests positions of yields"
)]

use std::fmt::Debug;

use gen_runtime::{AsyncGenerator, async_gen, pin};
use probe::ready;

/// Returns all items and the return value of a generator. Sends ten times each item.
fn tenfold<R>(
    generator: impl AsyncGenerator<Yield = u32, Sent = u32, Item = u32, Return = R>,
) -> (Vec<u32>, R) {
    let mut items = pin!(generator);
    let mut all = Vec::new();
    let mut next = ready(items.resume());
    while let Some(item) = next {
        all.push(item);
        next = ready(items.send(item * 10));
    }
    (all, items.take_return().unwrap())
}

#[track_caller]
fn check<R: Debug + PartialEq>(
    generator: impl AsyncGenerator<Yield = u32, Sent = u32, Item = u32, Return = R>,
    items: &[u32],
    value: R,
) {
    assert_eq!(tenfold(generator), (items.to_vec(), value));
}

#[derive(Clone, Debug, PartialEq)]
struct Point {
    x: u32,
    y: u32,
    z: u32,
}

impl Point {
    fn plus(mut self, x: u32, y: u32) -> Self {
        self.x += x;
        self.y += y;
        self
    }
}

fn sum(a: u32, b: u32, c: u32) -> u32 {
    a * 10_000 + b * 100 + c
}

#[async_gen(send = u32, returns = u32)]
async fn arguments() -> u32 {
    sum(
        yield_!(1),
        sum(yield_!(2), 0, yield_!(3)) / 10_000,
        yield_!(4),
    )
}

#[async_gen(send = u32, returns = Point)]
async fn receivers() -> u32 {
    let point = Point { x: 0, y: 0, z: 0 };
    let point = point.plus(yield_!(1), yield_!(2)).plus(yield_!(3), 1);
    let shifted = yield_!(4)
        .pow(2)
        .min(yield_!(5))
        .clamp(yield_!(0), yield_!(6));
    point.plus(shifted, 0)
}

#[async_gen(send = u32, returns = [u32; 3])]
async fn callees() -> u32 {
    let functions: [fn(u32) -> u32; 2] = [|n| n + 1, |n| n + 2];
    let first = functions[yield_!(0) as usize](yield_!(1));
    let mut log = Vec::new();
    let mut closure = |n| {
        log.push(n);
        log.len()
    };
    closure(yield_!(2));
    closure(yield_!(3));
    let made = (|n: u32| move |m: u32| n * 100 + m)(yield_!(4))(yield_!(5));
    [first, log[1], made]
}

#[test]
fn yields_in_arguments_receivers_and_callees_run_from_left_to_right() {
    check(arguments(), &[1, 2, 3, 4], 102_040);
    let point = Point { x: 90, y: 21, z: 0 };
    check(receivers(), &[1, 2, 3, 4, 5, 0, 6], point);
    check(callees(), &[0, 1, 2, 3, 4, 5], [11, 30, 4050]);
}

#[async_gen(send = u32, returns = Vec<&'static str>)]
async fn conditions() -> u32 {
    let mut log = Vec::new();
    if yield_!(1) == 10 {
        log.push("if");
    }
    if yield_!(2) == 0 {
        log.push("not this");
    } else if { yield_!(3) } > yield_!(4) {
        log.push("never");
    } else if let 50 = yield_!(5) {
        log.push("if let");
    }
    let mut n = 6;
    while yield_!(n) < 80 {
        log.push("while");
        n += 1;
    }
    while let Some(m) = yield_!(n + 1).checked_sub(95) {
        log.push("while let");
        n -= m.min(1);
    }
    log
}

#[test]
fn a_yield_in_a_condition_runs_each_time_the_condition_does() {
    let log = vec!["if", "if let", "while", "while"];
    check(conditions(), &[1, 2, 3, 4, 5, 6, 7, 8, 9], log);
}

#[async_gen(send = u32, returns = [u32; 3])]
async fn loop_heads() -> u32 {
    let mut sum = 0;
    for n in 0..yield_!(1) / 5 {
        sum += n + yield_!(2);
    }
    for n in [yield_!(3), yield_!(4)] {
        sum += n;
    }
    let last = loop {
        let n = yield_!(5);
        break n + yield_!(6);
    };
    let block = 'block: {
        if last > 1 {
            break 'block yield_!(7);
        }
        0
    };
    [sum, last, block]
}

#[test]
fn a_yield_may_be_in_a_loop_head_or_a_break_value() {
    check(loop_heads(), &[1, 2, 2, 3, 4, 5, 6, 7], [111, 110, 70]);
}

#[async_gen(send = u32, returns = Vec<u32>)]
async fn matches() -> u32 {
    let mut log = Vec::new();
    for n in 0..3 {
        match yield_!(n) {
            0 if yield_!(10) == 0 => log.push(0),
            0 | 10 if yield_!(11) == 110 && n == 0 => log.push(1),
            m if m == 10 || yield_!(12) == 0 => log.push(yield_!(13)),
            m @ 15..=25 => log.push(yield_!(m)),
            _ => log.push(4),
        }
    }
    let (Some(a), [b, ..]) = (Some(yield_!(20)), [yield_!(21); 2]) else {
        return vec![];
    };
    log.push(a + b);
    log
}

#[test]
fn a_yield_may_be_in_a_match_scrutinee_guard_or_arm() {
    check(
        matches(),
        &[0, 10, 11, 1, 11, 13, 2, 12, 20, 20, 21],
        vec![1, 130, 200, 410],
    );
}

#[async_gen(send = u32, returns = [u32; 4])]
async fn targets() -> u32 {
    let mut array = [0_u32; 4];
    array[yield_!(0) as usize] = yield_!(1);
    *array.get_mut(yield_!(2) as usize / 20).unwrap() = yield_!(3);
    let mut pair = (0, 0);
    (array[2], pair.0) = (yield_!(4), yield_!(5));
    [pair.1, _] = [yield_!(6), 0];
    let list = [&mut pair];
    list[yield_!(0) as usize].0 += yield_!(7);
    array[3] = pair.0 + pair.1;
    array
}

#[allow(clippy::deref_addrof, reason = "tests this position")]
#[async_gen(send = &'a mut u32, returns = ())]
async fn dereferenced<'a>() -> u32 {
    *yield_!(1) = 5;
    *yield_!(2) += 6;
    **(&mut yield_!(3)) -= 1;
}

#[test]
fn a_yield_in_the_target_of_an_assignment_runs_after_its_value() {
    // As everywhere in Rust, the value of `=` is evaluated before its place.
    check(targets(), &[1, 0, 3, 2, 4, 5, 6, 7, 0], [10, 30, 40, 180]);
}

#[test]
fn a_sent_reference_may_be_assigned_through() {
    let [mut a, mut b, mut c] = [1, 2, 3];
    {
        let mut items = pin!(dereferenced());
        assert_eq!(ready(items.resume()), Some(1));
        assert_eq!(ready(items.send(&mut a)), Some(2));
        assert_eq!(ready(items.send(&mut b)), Some(3));
        assert_eq!(ready(items.send(&mut c)), None);
    }
    assert_eq!([a, b, c], [5, 8, 2]);
}

#[async_gen(send = u32, returns = (u32, String, String))]
async fn compound_assignment() -> u32 {
    let mut n = 1;
    n += yield_!(1);
    n -= yield_!(0) + 1;
    n *= yield_!(2);
    n <<= yield_!(3) / 30;
    n |= yield_!(0) + 1;
    let mut texts = [String::new(), String::new()];
    texts[yield_!(4) as usize / 40] += &yield_!(5).to_string();
    texts[0] += "!";
    let [first, second] = texts;
    (n, first, second)
}

#[test]
fn a_yield_may_be_in_a_compound_assignment() {
    // `String` is not a primitive type, so its place is evaluated first.
    check(
        compound_assignment(),
        &[1, 0, 2, 3, 0, 4, 5],
        (401, "!".to_owned(), "50".to_owned()),
    );
}

#[async_gen(send = u32, returns = (Point, [Point; 2]))]
async fn literals() -> u32 {
    let y = 7;
    let base = Point {
        z: yield_!(1),
        x: yield_!(2),
        y,
    };
    let updated = Point {
        x: yield_!(3),
        ..base.clone()
    };
    let update_yields = Point {
        y: yield_!(4),
        ..Point {
            x: yield_!(5),
            ..base.clone()
        }
    };
    (updated, [update_yields, base])
}

#[test]
fn yields_in_struct_literals_and_updates_run_in_written_order() {
    let base = Point { x: 20, y: 7, z: 10 };
    let updated = Point {
        x: 30,
        ..base.clone()
    };
    let update_yields = Point {
        x: 50,
        y: 40,
        z: 10,
    };
    check(
        literals(),
        &[1, 2, 3, 4, 5],
        (updated, [update_yields, base]),
    );
}

#[async_gen(send = u32, returns = ((u32, u32), [u32; 3], [[u32; 2]; 2]))]
async fn elements() -> u32 {
    let tuple = (yield_!(1), (yield_!(2),).0);
    let array = [yield_!(3), { yield_!(4) }, const { 5 }];
    (tuple, array, [[yield_!(6); 2]; 2])
}

#[test]
fn a_yield_in_a_repeated_element_runs_once() {
    let expected = ((10, 20), [30, 40, 5], [[60; 2]; 2]);
    check(elements(), &[1, 2, 3, 4, 6], expected);
}

#[allow(
    clippy::cast_precision_loss,
    clippy::cast_lossless,
    reason = "tests these positions"
)]
#[async_gen(send = u32, returns = Vec<u32>)]
async fn ranges_and_casts() -> u32 {
    let mut log = Vec::new();
    log.extend(yield_!(1)..yield_!(1) + 2);
    log.extend((0..=100).skip_while(|n| *n < 99));
    log.extend((yield_!(2)..).take(1));
    let list = [1, 2, 3, 4];
    log.extend(&list[..yield_!(1) as usize / 5]);
    log.extend(&list[yield_!(3) as usize / 10..=yield_!(3) as usize / 10]);
    log.push(u32::from(yield_!(30) as u8));
    log.push((yield_!(4) as f32 * 1.5) as u32);
    log.push(-(yield_!(5) as i64) as u32);
    log
}

#[test]
fn a_yield_may_be_in_a_range_an_index_or_a_cast() {
    check(
        ranges_and_casts(),
        &[1, 1, 2, 1, 3, 3, 30, 4, 5],
        vec![10, 11, 99, 100, 20, 1, 2, 4, 44, 60, 50_u32.wrapping_neg()],
    );
}

#[async_gen(send = u32, returns = [bool; 5])]
async fn short_circuits() -> u32 {
    [
        yield_!(1) == 0 && yield_!(2) == 20,
        yield_!(3) == 30 && yield_!(4) == 40,
        yield_!(5) == 50 || yield_!(6) == 0,
        yield_!(7) == 0 || yield_!(8) == 80 && yield_!(9) == 0,
        yield_!(10) == yield_!(11) & 1,
    ]
}

#[test]
fn a_yield_in_a_lazy_operand_runs_only_if_the_operand_does() {
    check(
        short_circuits(),
        &[1, 3, 4, 5, 7, 8, 9, 10, 11],
        [false, true, true, false, false],
    );
}

trait Signed {
    fn signed(self) -> i32;
}

impl Signed for u32 {
    fn signed(self) -> i32 {
        self.try_into().unwrap()
    }
}

#[async_gen(send = u32, returns = (i32, u32, bool))]
async fn operators() -> u32 {
    let negative = -yield_!(1).signed() - -(yield_!(2).signed());
    let mixed = yield_!(3) + yield_!(4) * yield_!(5) - !yield_!(6) % 7;
    let compared = !(yield_!(7) < yield_!(8)) == (yield_!(9) != 90);
    (negative, mixed, compared)
}

#[test]
fn a_yield_binds_like_a_call_in_unary_and_binary_operators() {
    check(
        operators(),
        &[1, 2, 3, 4, 5, 6, 7, 8, 9],
        (10, 30 + 40 * 50 - !60 % 7, true),
    );
}

#[async_gen(send = u32, returns = u32)]
async fn returned(early: bool) -> u32 {
    if early {
        return yield_!(1) + 1;
    }
    let block = {
        yield_!(2);
        yield_!(3)
    };
    if block == 30 { yield_!(4) } else { yield_!(5) }
}

#[test]
fn a_yield_may_be_in_a_return_or_at_the_end() {
    check(returned(true), &[1], 11);
    check(returned(false), &[2, 3, 4], 40);
}

#[async_gen(send = u32, returns = u32)]
async fn let_else(n: u32) -> u32 {
    let Some(m) = yield_!(1).checked_sub(n * 100) else {
        return yield_!(2);
    };
    m
}

#[test]
fn a_yield_may_be_in_let_else() {
    check(let_else(0), &[1], 10);
    check(let_else(2), &[1, 2], 20);
}

#[async_gen(send = u32, returns = [u32; 3])]
async fn borrowed() -> u32 {
    let first = &yield_!(1);
    let second = &mut yield_!(2);
    *second += 1;
    let held = *first + yield_!(3) + *second;
    let third: &[u32] = &[yield_!(4), yield_!(5)];
    [held, third[1], *first]
}

#[test]
fn a_sent_value_may_be_borrowed_across_other_yields() {
    check(borrowed(), &[1, 2, 3, 4, 5], [61, 50, 10]);
}

#[async_gen(send = Result<u32, &'static str>, throws = String, returns = u32)]
async fn question_marks() -> u32 {
    let first = yield_!(1)?;
    yield_!(first + yield_!(yield_!(2)? + 1)?)?;
    4
}

#[test]
fn a_question_mark_after_a_yield_applies_to_the_sent_value() {
    let mut items = pin!(question_marks());
    assert_eq!(ready(items.resume()), Some(Ok(1)));
    assert_eq!(ready(items.send(Ok(5))), Some(Ok(2)));
    assert_eq!(ready(items.send(Ok(6))), Some(Ok(7)));
    assert_eq!(ready(items.send(Ok(8))), Some(Ok(13)));
    assert_eq!(ready(items.send(Err("last"))), Some(Err("last".to_owned())));
}

#[async_gen(send = futures::future::Ready<u32>, returns = u32)]
async fn awaited() -> u32 {
    let sum = yield_!(1).await + yield_!(2).await;
    yield_!(std::future::ready(sum).await).await
}

#[test]
fn an_await_after_a_yield_awaits_the_sent_value() {
    let mut items = pin!(awaited());
    assert_eq!(ready(items.resume()), Some(1));
    assert_eq!(ready(items.send(futures::future::ready(3))), Some(2));
    assert_eq!(ready(items.send(futures::future::ready(4))), Some(7));
    assert_eq!(ready(items.send(futures::future::ready(5))), None);
    assert_eq!(items.take_return(), Some(5));
}

#[async_gen(send = u32, returns = u32)]
async fn blocks() -> u32 {
    let plain = {
        let n = yield_!(1);
        n + { yield_!(2) }
    };
    let labelled = 'a: {
        'b: {
            if yield_!(3) == 30 {
                break 'b;
            }
            break 'a 0;
        }
        yield_!(4)
    };
    let list = [0, 0, 0, 0, 0, 50];
    // SAFETY: This yield is sent 50, so the index is 5, and the list has six elements.
    let read = unsafe { list.get_unchecked(yield_!(5) as usize / 10) };
    yield_!(yield_!(yield_!(6)));
    plain + labelled + read
}

#[test]
fn a_yield_may_be_in_blocks_of_every_kind_and_in_another_yield() {
    check(blocks(), &[1, 2, 3, 4, 5, 6, 60, 600], 120);
}

#[async_gen(send = u32, returns = String)]
async fn formatted() -> u32 {
    let width = 4;
    format!(
        "{}{:>width$}{named}{0}",
        yield_!(1),
        yield_!(2),
        named = yield_!(3)
    )
}

#[test]
fn each_yield_in_format_arguments_runs_once() {
    check(formatted(), &[1, 2, 3], "10  203010".to_owned());
}
