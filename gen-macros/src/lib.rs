//! The macros of [`gen-runtime`](https://docs.rs/gen-runtime), which re-exports them and documents
//! them with examples. Depend on that crate only.
//!
//! An expansion is a pipeline, one module a stage:
//!
//! | stage | from | to |
//! |---|---|---|
//! | `args` | the attribute's tokens | `args::Args` |
//! | `input` | the item's tokens | `input::Function`, `input::Block`, with yields of one spelling and known macros as syntax |
//! | `signature`, `check` | these | all mistakes of this phase at once |
//! | `lower` | a body in the user's language | a body in the runtime's: `lower::Lowered` |
//! | `emit` | all of the above | tokens |
//!
//! A function goes through it in two macros: the attribute makes its signature, and leaves the body
//! to `async_gen_body!`. So the attributes that stand below ours see the user's own tokens, and only the
//! compiler sees what they are lowered to.
//!
//! `expand` runs the stages for each macro. It cannot fail: on a mistake it emits the errors, and
//! the item with its final signature.

use proc_macro::TokenStream;

mod args; // the arguments of the attribute
mod body; // `async_gen_body!` and `async_gen_block!`: a generator of a body
mod errors; // mistakes, collected
mod expand; // the entry points
mod function; // `#[async_gen]`: a function that returns a generator
mod handover; // the tokens that the attribute passes to `async_gen_body!`
mod names; // the names and spans of generated code
mod syntax; // tools for syntax trees and tokens
mod types; // the types of a generator

#[cfg(test)]
mod golden; // expansions, compared with recorded ones
#[cfg(test)]
mod mutated; // random inputs

/// Turns an async function that contains yields into an async generator.
///
/// The function keeps its name, generics, documentation and visibility. The type that it is declared
/// to return is the type that it yields, and it returns an `impl AsyncGenerator`, which is a
/// `Stream`, too, unless it is sent values. Calling it evaluates its arguments and runs nothing; a
/// `Handle` runs it, from yield to yield.
///
/// The function may be a free one, a method, or a method of a trait, which may be declared without a
/// body. With `boxed` the trait may be a `dyn` object, if both the trait and its implementations say so.
///
/// # Arguments
///
/// Each optional, in any order:
///
/// | argument | meaning |
/// |---|---|
/// | `send = S` | `yield_!(v)` evaluates to the `S` that the consumer sent; `()` without |
/// | `throws = E` | the body may fail with `E`, and the consumer may throw one |
/// | `returns = R` | the body ends with an `R`, which the handle gives once |
/// | `bounds = B` | bounds to add to the `impl AsyncGenerator`, such as `Send + 'static` |
/// | `boxed` | returns a `BoxGenerator`, or a `BoxTryGenerator` with `throws` |
/// | `boxed, local` | returns a `LocalBoxGenerator`, or a `LocalBoxTryGenerator` |
/// | `crate = path` | the path of `gen-runtime`, if it has another name; it names code that is trusted |
///
/// # In the body
///
/// - `yield_!(v)`, in any expression and in the tokens of other macros: gives `v` to the consumer,
///   waits for its next call, and evaluates to what that call sends. It belongs to the body itself:
///   in a closure, an async block, a nested function or a constant it does not compile.
///   A body without any is an empty stream, so `todo!()` is a body, too.
/// - `#[for_await] for item in stream { .. }`: a loop over a `Stream`.
/// - `attempt! { .. }`, with `throws`: a try block, a `Result<V, E>`. It catches what `?` raises in it,
///   and what the consumer throws in.
/// - `defer! { .. }`: a statement, whose block runs, and may await, when the rest of the enclosing
///   block is left in any way: at its end, by `return`, `?`, `break` or `continue`, by a throw, by a close.
///   Several run in reverse order, and each may use what the rest uses. The page `interrupts` of
///   `gen-runtime` tells all about these two.
/// - With `throws`, `?` fails with the error, converted by `From`. `return r` is `return Ok(r)`, and
///   the value at the end is wrapped as well; `Ok(..)` and `Err(..)` pass as they are written.
/// - `.await`, and all else that an async function may hold.
/// - `select!`, `join!`, `println!` and other macros whose grammar is known: what stands in them is code of
///   the body. The page `bodies` of `gen-runtime` tells which, and what is not supported.
///
/// On nightly with `#![feature(yield_expr)]` a yield may be written `yield v`, too. On stable the
/// compiler refuses that keyword before it asks an attribute: see [`macro@async_gen_items`].
///
/// # Errors
///
/// Mistakes in the attribute, the signature and the body are compile errors, all at once, and the
/// function stays there for its callers. A syntax error is the compiler's to tell.
///
/// # Examples
///
/// ```
/// # futures::executor::block_on(async {
/// use gen_runtime::{async_gen, pin};
///
/// #[derive(Debug, PartialEq)]
/// struct Overdrawn;
///
/// /// Yields the balance, is sent amounts, and returns how many there were.
/// #[async_gen(send = i32, throws = Overdrawn, returns = usize)]
/// async fn account(mut balance: i32) -> i32 {
///     let mut count = 0;
///     loop {
///         let amount = yield_!(balance);
///         if amount == 0 {
///             return count;
///         }
///         balance += amount;
///         if balance < 0 {
///             Err(Overdrawn)?;
///         }
///         count += 1;
///     }
/// }
///
/// let mut account = pin!(account(10));
/// assert_eq!(account.resume().await, Some(Ok(10)));
/// assert_eq!(account.send(5).await, Some(Ok(15)));
/// assert_eq!(account.send(-20).await, Some(Err(Overdrawn)));
/// assert_eq!(account.next().await, None);
/// # });
/// ```
#[proc_macro_attribute]
pub fn async_gen(args: TokenStream, item: TokenStream) -> TokenStream {
    expand::function(args.into(), &item.into()).into()
}

/// An anonymous async generator: an expression, which captures what it uses by move.
///
/// Its types are inferred, as far as the values in it tell them. A first line
/// `#![async_gen(yields = T, send = S, throws = E, returns = R)]` names them, each optional: without
/// `send` it is sent `()`, and without `throws` it cannot fail. `crate = path` may stand there, too.
///
/// In it a yield may be written `yield v`, also in the tokens of other macros, and a loop over a
/// stream `for await item in stream { .. }`. All else is as under [`macro@async_gen`].
///
/// # Examples
///
/// ```
/// # futures::executor::block_on(async {
/// use gen_runtime::{async_gen_block, pin};
///
/// let words = ["to", "be"];
/// let mut lengths = pin!(async_gen_block! {
///     for word in words {
///         yield word.len();
///     }
/// });
/// assert_eq!(lengths.next().await, Some(2));
/// # });
/// ```
#[proc_macro]
pub fn async_gen_block(tokens: TokenStream) -> TokenStream {
    expand::block(tokens.into()).into()
}

/// Items whose functions under `#[async_gen]` may say `yield v` and `for await`, on stable.
///
/// Any items may stand in it. The functions that are marked are generators as under
/// [`macro@async_gen`], which need not be imported; the rest stays as it is. In the bodies a yield may
/// be written `yield v`, also in the tokens of other macros, and a loop over a stream
/// `for await item in stream { .. }`.
///
/// # Examples
///
/// ```
/// # futures::executor::block_on(async {
/// use gen_runtime::{async_gen_items, pin};
///
/// async_gen_items! {
///     #[async_gen]
///     async fn up_to(n: u32) -> u32 {
///         for i in 1..=n {
///             yield i;
///         }
///     }
///
///     #[async_gen]
///     async fn doubled(n: u32) -> u32 {
///         for await i in up_to(n) {
///             yield i * 2;
///         }
///     }
/// }
///
/// let mut numbers = pin!(doubled(2));
/// assert_eq!(numbers.next().await, Some(2));
/// assert_eq!(numbers.next().await, Some(4));
/// assert_eq!(numbers.next().await, None);
/// # });
/// ```
#[proc_macro]
pub fn async_gen_items(tokens: TokenStream) -> TokenStream {
    expand::items(tokens.into()).into()
}

/// Loops over a [`Stream`], in the body of a generator.
///
/// `#[for_await] for item in stream { .. }`: the loop takes the stream, as a `for` takes an iterator, and awaits each
/// item. It may have a label, and a pattern that matches every item. The stream is dropped when the loop is left.
/// In `async_gen_items!` and `async_gen_block!`, `for await item in stream { .. }` is the same.
///
/// The name need not be imported. Elsewhere than in a body it is an error.
///
/// # Examples
///
/// ```
/// # futures::executor::block_on(async {
/// use futures::stream::{self, Stream};
/// use gen_runtime::{async_gen, pin};
///
/// #[async_gen]
/// async fn doubled(numbers: impl Stream<Item = u32>) -> u32 {
///     #[for_await]
///     for n in numbers {
///         yield_!(n * 2);
///     }
/// }
///
/// let mut numbers = pin!(doubled(stream::iter([1, 2])));
/// assert_eq!(numbers.next().await, Some(2));
/// # });
/// ```
///
/// [`Stream`]: https://docs.rs/futures-core/latest/futures_core/stream/trait.Stream.html
#[proc_macro_attribute]
pub fn for_await(_: TokenStream, item: TokenStream) -> TokenStream {
    expand::for_await_elsewhere(&item.into()).into()
}

/// What `#[async_gen]` leaves in the place of a body.
#[doc(hidden)]
#[proc_macro]
pub fn async_gen_body(tokens: TokenStream) -> TokenStream {
    expand::body(tokens.into()).into()
}
