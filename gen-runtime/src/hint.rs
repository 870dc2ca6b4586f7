//! What only the compiler's type checker looks at: these are never run, or do nothing.

use crate::frame::Body;
use crate::protocol::{Item, Output, Plain, Protocol, Regions, Throws};

/// What the macro names the types of a body by: `(Y, S, R)`, or `(Y, S, E, R)`.
///
/// As arguments of a generic type they would be told of in other words than in the signature, and a
/// type that is not there would be told twice.
pub trait Types {
    /// The body of these types.
    type Body;
    /// The body of these types, with regions.
    type Regions;
}

impl<Y, S, R> Types for (Y, S, R) {
    type Body = Body<Plain<Y, S, R>>;
    type Regions = Body<Regions<Plain<Y, S, R>>>;
}

impl<Y, S, E, R> Types for (Y, S, E, R) {
    type Body = Body<Throws<Y, S, E, R>>;
    type Regions = Body<Regions<Throws<Y, S, E, R>>>;
}

impl<P: Protocol> Body<P> {
    /// The value of a yield that is hidden in the tokens of another macro: of the type that is asked
    /// for, or else the error is shown where the user wrote it.
    #[inline]
    pub fn value(self, value: P::Yield) -> P::Yield {
        value
    }

    /// The same for an item, of a body that throws.
    #[inline]
    pub fn item(self, item: Item<P>) -> Item<P> {
        item
    }

    /// The return value of a body that declares one. rustc shows this line where a value does not fit.
    #[rustfmt::skip]
    #[inline]
    pub fn returned(self, value: P::Return) -> P::Return { // `Ok(..)` and `Err(..)` pass as written; add `?` to any other `Result`
        value
    }

    /// The value that a body ends with, which declares none. Not passed on: the type that is expected there
    /// would be told instead of the bound.
    #[inline]
    #[expect(clippy::needless_pass_by_value, reason = "the type is what counts")]
    pub fn ended<V: Nothing>(self, value: V) {
        let _ = value;
    }

    /// What the unreachable `break` of a yield carries.
    ///
    /// # Panics
    ///
    /// Always.
    #[cold]
    #[must_use]
    pub fn never<T>(self) -> T {
        unreachable!("the scope check of a yield is not meant to run")
    }

    /// What the unreachable `return` carries that tells the compiler the type of the body, before
    /// it meets a `?` or a `return` of the user's.
    ///
    /// # Panics
    ///
    /// Always.
    #[cold]
    #[must_use]
    pub fn never_output(self) -> Output<P> {
        self.never()
    }

    /// What the unreachable `return` carries that tells the compiler the type of a value at the end of
    /// the body, where a region gives it.
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

/// What a body may end with that declares no return value: `()`, or the type of what never ends.
#[diagnostic::on_unimplemented(
    message = "the body ends with `{Self}`, but declares no return value",
    label = "expected `()`",
    note = "to return a value, add `returns = {Self}` to `async_gen`",
    note = "if it is a `Result`, add `?`, with `throws = E` in `async_gen`"
)]
pub trait Nothing {}

impl Nothing for () {}

#[diagnostic::do_not_recommend]
impl Nothing for <fn() -> ! as Returns>::Value {}

/// A name for `!`, which is no type of its own on stable.
trait Returns {
    type Value;
}

impl<V> Returns for fn() -> V {
    type Value = V;
}

/// Called where a function is declared to return a stream, to warn of it.
#[deprecated(
    note = "the items would be streams; for a stream of `T` declare `-> T`, or `#[allow(deprecated)]` streams as items"
)]
pub const fn stream_of_streams() {}

/// Called where a function with `throws` is declared to return a `Result`, to warn of it.
#[deprecated(
    note = "with `throws = E` the items are `Result<T, E>`; declare `-> T`, or `#[allow(deprecated)]` a `Result` in them"
)]
pub const fn result_in_result() {}

/// Marks a `Result` that is an item: `yield_result!(r)`.
///
/// # Errors
///
/// The one that it is given.
#[inline]
pub fn item<Y, E>(item: Result<Y, E>) -> Result<Y, E> {
    item
}

/// What stands in a body that the macro cannot parse: not to use it is an error, of the lints.
#[must_use = "write it in another way: the parser of `async_gen` does not know this syntax yet"]
pub const fn syntax_unknown_to_async_gen() -> bool {
    true
}

/// Where a value passed a pattern of `select!` without its names, and does not match with them.
///
/// # Panics
///
/// Always.
#[cold]
pub fn refuted() -> ! {
    panic!("a constant in a pattern of `select!` is to begin with a capital letter")
}
