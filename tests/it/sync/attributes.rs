//! Attributes beside `#[generator]`, on functions and on their parameters.

use gen_runtime::{generator, sync};

#[cfg(any())]
#[generator]
fn one_of_two() -> NoSuchType {
    yield_!(no_such_function());
}

#[generator]
#[cfg(not(any()))]
fn one_of_two(
    #[cfg(any())] removed: NoSuchType,
    #[cfg_attr(all(), cfg(not(any())))] kept: u8,
) -> u8 {
    #[cfg(any())]
    yield_!(removed);
    yield_!(kept);
}

#[test]
fn functions_parameters_and_yields_whose_cfg_is_false_do_not_exist() {
    assert_eq!(sync::pin!(one_of_two(2)).collect::<Vec<_>>(), [2]);
}

#[cfg_attr(all(), generator(send = u8))]
fn ours_under_a_condition() -> u8 {
    let sent = yield_!(1);
    yield_!(sent);
}

#[test]
fn the_attribute_may_be_under_a_condition() {
    let mut items = sync::pin!(ours_under_a_condition());
    assert_eq!((items.resume(), items.send(5)), (Some(1), Some(5)));
}

#[must_use = "the attribute above"]
#[generator(boxed)]
fn must_use_above() -> u32 {
    yield_!(1);
}

#[generator]
#[deprecated = "below"]
fn deprecated_below() -> u8 {
    yield_!(1);
}

#[test]
fn must_use_and_deprecated_are_kept() {
    #[expect(unused_must_use, reason = "tests that the call warns")]
    {
        must_use_above();
    }
    #[expect(deprecated, reason = "tests that the call warns")]
    let items = deprecated_below();
    assert_eq!(sync::pin!(items).count(), 1);
}

#[inline(never)]
#[expect(unused_variables, reason = "applies to the body")]
#[generator]
#[allow(clippy::needless_pass_by_value, reason = "applies to the arguments")]
#[cold]
fn lints_and_hints(#[allow(unused_mut, reason = "argument")] mut text: String) -> usize {
    #![allow(clippy::let_unit_value, reason = "applies to the body, from inside")]
    let unused = ();
    yield_!(text.len());
}

#[generator]
#[track_caller]
fn tracked() -> u32 {
    yield_!(std::panic::Location::caller().line() - line!());
}

#[test]
fn hints_and_lint_levels_are_accepted_above_below_and_inside() {
    assert_eq!(
        sync::pin!(lints_and_hints("text".to_owned())).next(),
        Some(4)
    );
    assert_eq!(sync::pin!(tracked()).next(), Some(0));
}

mod visible {
    /// Documented, and visible outside.
    #[gen_runtime::generator]
    pub(in super::super) fn outside() -> u32 {
        yield_!(1);
    }

    pub(super) struct Source;

    impl Source {
        #[gen_runtime::generator]
        pub(super) fn method(&self) -> u32 {
            let Source = self;
            yield_!(2);
        }
    }
}

#[test]
fn the_visibility_is_kept() {
    assert_eq!(
        sync::pin!(super::attributes::visible::outside()).next(),
        Some(1)
    );
    assert_eq!(sync::pin!(visible::Source.method()).next(), Some(2));
}

/// Re-exports the runtime under another path.
mod vendored {
    pub(super) use gen_runtime as generators;
}

#[generator(crate = vendored::generators, throws = u8)]
fn by_another_path() -> u32 {
    yield_!(1);
    println!("{:?}", yield_!(2));
    yield_from!(gen_runtime::generator_block! {
        #![generator(crate = vendored::generators)]
        yield 3;
    });
    yield_all!([4_u32]);
}

#[test]
fn the_path_of_the_runtime_can_be_given() {
    let items: Result<Vec<_>, _> = sync::pin!(by_another_path()).collect();
    assert_eq!(items, Ok(vec![1, 2, 3, 4]));
}

/// Makes generators.
macro_rules! repeated {
    ($(#[$meta:meta])* $name:ident($argument:ident: $ty:ty) $value:expr; $times:expr) => {
        $(#[$meta])*
        fn $name($argument: $ty) -> $ty {
            for _ in 0..$times {
                yield_!($value);
            }
        }
    };
}

repeated! {
    #[generator]
    doubled(n: u32) n * 2; 2
}

#[test]
fn a_macro_may_make_a_generator() {
    assert_eq!(sync::pin!(doubled(2)).collect::<Vec<_>>(), [4, 4]);
}
