//! Runs the generators of `behind_facade`, with the runtime that the facade re-exports.

use facade::gen_runtime::State;
use facade::prelude::{pin, sync};
use probe::ready;

#[test]
fn regions_and_loops_work_without_a_prelude() {
    let mut log = Vec::new();
    {
        let mut items = pin!(behind_facade::numbers("1 2 x", &mut log));
        for expected in [1, 10, 20, 2, 20, 40] {
            assert_eq!(ready(items.next()), Some(Ok(expected)));
        }
        assert!(ready(items.try_next()).is_err());
    }
    assert_eq!(log, [100]);
    let mut items = pin!(behind_facade::numbers("0", &mut log));
    assert_eq!(ready(items.next()), Some(Ok(0)));
    assert_eq!(ready(items.next()), None);
    assert_eq!(items.take_return(), Some(0));
}

#[test]
fn boxed_methods_name_the_types_of_the_facade() {
    let mut items = behind_facade::echo(&(), ">");
    assert_eq!(ready(items.resume()), Some(Ok(">".to_owned())));
    assert_eq!(ready(items.send("a".to_owned())), Some(Ok(">a".to_owned())));
    assert_eq!(ready(items.send(String::new())), Some(Err(String::new())));
    assert_eq!(items.state(), State::Finished);
}

#[test]
fn a_macro_of_the_facade_makes_generators_in_other_crates() {
    let mut items = pin!(behind_facade::twos());
    for expected in [Some(2), Some(2), Some(2), None] {
        assert_eq!(ready(items.next()), expected);
    }
}

#[test]
fn regular_generators_work_without_a_prelude() {
    let mut log = Vec::new();
    {
        let mut items = sync::pin!(behind_facade::regular("1 2", &mut log));
        let all: Result<Vec<_>, _> = items.by_ref().collect();
        assert_eq!(all, Ok(vec![1, 1, 2, 2, 7]));
        assert_eq!(items.take_return(), Some(3));
    }
    assert_eq!(log, [100]);
    assert!(sync::pin!(behind_facade::regular("x", &mut log)).all(|item| item.is_err()));
    assert_eq!(behind_facade::letters(&(), "ab").collect::<String>(), "ab");
}
