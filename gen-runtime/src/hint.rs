//! Items for the type checker: they do nothing, or are never run.

use crate::frame::Body;
use crate::protocol::{Delegates, Item, Output, Plain, Protocol, Regions, Throws};

/// Names the types of a body: `(Y, S, R)`, or `(Y, S, E, R)`.
///
/// Not arguments of a generic type: rustc would report a type that does not exist twice.
pub trait Types {
    /// The body of these types.
    type Body;
    /// The body of these types, with regions.
    type Regions;
    /// The body of these types, which delegates and may have regions.
    type Delegates;
}

impl<Y, S, R> Types for (Y, S, R) {
    type Body = Body<Plain<Y, S, R>>;
    type Regions = Body<Regions<Plain<Y, S, R>>>;
    type Delegates = Body<Delegates<Plain<Y, S, R>>>;
}

impl<Y, S, E, R> Types for (Y, S, E, R) {
    type Body = Body<Throws<Y, S, E, R>>;
    type Regions = Body<Regions<Throws<Y, S, E, R>>>;
    type Delegates = Body<Delegates<Throws<Y, S, E, R>>>;
}

impl<P: Protocol> Body<P> {
    /// Checks the type of a yielded value, so that rustc reports a mismatch at the value.
    #[inline]
    pub fn value(self, value: P::Yield) -> P::Yield {
        value
    }

    /// Checks the type of an item of a body that throws.
    #[inline]
    pub fn item(self, item: Item<P>) -> Item<P> {
        item
    }

    /// Checks the type of a return value. rustc shows this line if it does not fit.
    #[rustfmt::skip]
    #[inline]
    pub fn returned(self, value: P::Return) -> P::Return { // `Ok(..)` and `Err(..)` pass as written; add `?` to any other `Result`
        value
    }

    /// Checks the value at the end of a body without a return value. Returns nothing: rustc would report the expected type
    /// instead of the bound.
    #[inline]
    #[expect(clippy::needless_pass_by_value, reason = "only the type is checked")]
    pub fn ended<V: Nothing>(self, value: V) {
        let _ = value;
    }

    /// The value of the unreachable `break` of a yield.
    ///
    /// # Panics
    ///
    /// Always.
    #[cold]
    #[must_use]
    pub fn never<T>(self) -> T {
        unreachable!("the scope check of a yield is not meant to run")
    }

    /// The value of an unreachable `return`, from which rustc infers the type of the body before it sees a `?` or a
    /// `return` of the user's.
    ///
    /// # Panics
    ///
    /// Always.
    #[cold]
    #[must_use]
    pub fn never_output(self) -> Output<P> {
        self.never()
    }

    /// The value of an unreachable `return`, from which rustc infers the type of the value of a region at the end of the
    /// body.
    ///
    /// # Panics
    ///
    /// Always.
    #[cold]
    #[must_use]
    pub fn never_return(self) -> P::Return {
        self.never()
    }
}

/// The types of the end of a body without a return value: `()` and `!`.
#[diagnostic::on_unimplemented(
    message = "the body ends with `{Self}`, but declares no return value",
    label = "expected `()`",
    note = "to return a value, add `returns = {Self}` to the attribute",
    note = "if it is a `Result`, add `?`, with `throws = E` in the attribute"
)]
pub trait Nothing {}

impl Nothing for () {}

#[diagnostic::do_not_recommend]
impl Nothing for <fn() -> ! as Returns>::Value {}

/// A name for `!`, which cannot be written as a type on stable.
trait Returns {
    type Value;
}

impl<V> Returns for fn() -> V {
    type Value = V;
}

/// Called in a function that is declared to return a stream, for the warning.
#[deprecated(
    note = "the items would be streams; for a stream of `T` declare `-> T`, or `#[allow(deprecated)]` streams as items"
)]
pub const fn stream_of_streams() {}

/// Called in a regular generator that is declared to return an iterator, for the warning.
#[deprecated(
    note = "the items would be iterators; for items of `T` declare `-> T`, or `#[allow(deprecated)]` iterators as items"
)]
pub const fn iterator_of_iterators() {}

/// Called in a function with `throws` that is declared to return a `Result`, for the warning.
#[deprecated(
    note = "with `throws = E` the items are `Result<T, E>`; declare `-> T`, or `#[allow(deprecated)]` a `Result` in them"
)]
pub const fn result_in_result() {}

/// Marks a `Result` that is an item: `yield_result!(r)`.
///
/// # Errors
///
/// The error in `item`.
#[inline]
pub fn item<Y, E>(item: Result<Y, E>) -> Result<Y, E> {
    item
}

/// Called in place of a body that cannot be parsed. Not using its value is an error.
#[must_use = "write it in another way: the parser of `async_gen` does not know this syntax yet"]
pub const fn syntax_unknown_to_async_gen() -> bool {
    true
}

/// Called if a value matches a pattern of `select!` without its names, and does not match it with them.
///
/// # Panics
///
/// Always.
#[cold]
pub fn refuted() -> ! {
    panic!("a constant in a pattern of `select!` must begin with a capital letter")
}
