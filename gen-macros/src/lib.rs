//! The macros of [`gen-runtime`](https://docs.rs/gen-runtime), which re-exports them and documents
//! them with examples. Depend on that crate only.
//!
//! A function is expanded by two macros. So attributes below ours receive the user's own tokens, and only the compiler
//! sees lowered code:
//!
//! ```text
//! #[async_gen]      function: parse, check the signature, emit a function that contains
//! async_gen_body!   body: read (desugar, check, resolve jumps), lower, emit a generator
//! ```
//!
//! `#[generator]`, `generator_block!`, `async_gen_block!` and `async_gen_items!` use the same stages. No stage fails: on a mistake, the errors are emitted
//! together with the item and its final signature.

#![forbid(unsafe_code)]

use proc_macro::TokenStream;

use self::kind::Kind;

mod args; // the arguments of the attribute
mod body; // `async_gen_body!` and the blocks: a generator of a body
mod errors; // mistakes, collected
mod expand; // the entry points
mod function; // the attributes: a function that returns a generator
mod handover; // the tokens that an attribute passes to `async_gen_body!`
mod kind; // regular or async
mod names; // the names and spans of generated code
mod syntax; // tools for syntax trees and tokens
mod types; // the types of a generator

#[cfg(test)]
mod golden; // expansions, compared with recorded ones
#[cfg(test)]
mod mutated; // random inputs

/// Turns an async function that contains yields into an async generator.
///
/// The function keeps its name, generics, documentation and visibility. Its declared return type is the type that it
/// yields. It returns an `impl AsyncGenerator`, which is also a `Stream`, unless it is sent values. A call evaluates the
/// arguments and runs nothing; a `Handle` runs the body, from yield to yield.
///
/// The function may be a free one, a method, or a method of a trait, which may be declared without a body. If the trait
/// and its implementations use `boxed`, the trait is dyn-safe.
///
/// # Arguments
///
/// Each is optional, in any order:
///
/// | argument | meaning |
/// |---|---|
/// | `send = S` | `yield_!(v)` evaluates to the `S` that the consumer sends; the default is `()` |
/// | `throws = E` | the body may fail with an `E`, and the consumer may throw one into it |
/// | `returns = R` | the body ends with an `R`, which the handle returns once |
/// | `bounds = B` | bounds to add to the `impl AsyncGenerator`, such as `Send + 'static` |
/// | `boxed` | returns a `BoxGenerator`, or a `BoxTryGenerator` with `throws` |
/// | `boxed, local` | returns a `LocalBoxGenerator`, or a `LocalBoxTryGenerator` |
/// | `crate = path` | the path of `gen-runtime`, if it has another name; the code there is trusted |
///
/// # In the body
///
/// - `yield_!(v)`, in any expression and in the tokens of other macros: passes `v` to the consumer, waits for its next
///   call, and evaluates to the value that this call sends. It belongs to the body itself: in a closure, an async block, a
///   nested function or a constant it does not compile. A body without any is an empty stream.
/// - `yield_result!(r)`, with `throws`: yields a `Result` as the item.
/// - `yield_from!(generator)`: runs another generator in place of this one, and evaluates to its return value.
/// - `yield_all!(stream)`: yields all items of a `Stream`.
/// - `#[for_await] for item in stream { .. }`: a loop over a `Stream`. `#[for_await(close)]` closes a generator
///   however the loop ends.
/// - `attempt! { .. }`, with `throws`: a try block, a `Result<V, E>`. It catches the errors that `?` raises in it, and those
///   that the consumer throws in.
/// - `defer! { .. }`: a statement. Its block runs, and may await, when the rest of the enclosing block is left in any way:
///   at its end, by `return`, `?`, `break` or `continue`, by a throw, by a close.
/// - With `throws`, `?` fails with the error, converted by `From`. `return r` returns `Ok(r)`, and the value at the end is
///   wrapped as well; `Ok(..)` and `Err(..)` pass as they are written.
/// - `.await`, and everything else that is allowed in an async function.
/// - `select!`, `join!`, `println!` and other macros whose grammar is known: the code in them is code of the body.
///
/// The guide of `gen-runtime` begins with the page `start`. It has a page each on `forms`, `yields`, `errors`, `closing`,
/// `composition` and `macros`, and one for each argument, under `arguments`.
///
/// On nightly with `#![feature(yield_expr)]` a yield may also be written `yield v`. On stable rustc refuses that keyword
/// before it expands an attribute ([E0658]): see [`macro@async_gen_items`].
///
/// # Errors
///
/// Mistakes in the attribute, the signature and the body are compile errors, reported together. The function is emitted
/// all the same, for its callers.
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
///
/// [E0658]: https://doc.rust-lang.org/error_codes/E0658.html
#[proc_macro_attribute]
pub fn async_gen(args: TokenStream, item: TokenStream) -> TokenStream {
    expand::function(args.into(), &item.into(), Kind::Async).into()
}

/// Turns a function that contains yields into a regular generator, which does not await.
///
/// The attribute is [`macro@async_gen`] for functions that are not async: with the same arguments, on the same kinds of
/// functions, and with the same body language. It returns an `impl sync::Generator`, or a boxed handle of
/// `gen_runtime::sync`. A `sync::Handle` runs the body, and is an `Iterator`.
///
/// # In the body
///
/// As under [`macro@async_gen`], except for:
///
/// - `.await`, `#[for_await]`, `select!` and `join!`, which are not supported: an async generator may use them.
/// - `yield_all!(iterator)`: yields all items of any `IntoIterator`.
/// - `yield_from!(generator)`: runs another regular generator.
///
/// # Errors
///
/// As under [`macro@async_gen`].
///
/// # Examples
///
/// ```
/// use gen_runtime::{generator, sync};
///
/// #[generator]
/// fn fibonacci() -> u64 {
///     let (mut a, mut b) = (0, 1);
///     loop {
///         yield_!(a);
///         (a, b) = (b, a + b);
///     }
/// }
///
/// for n in sync::pin!(fibonacci()) {
///     if n > 100 {
///         assert_eq!(n, 144);
///         break;
///     }
/// }
/// ```
///
/// Recursion needs a box:
///
/// ```
/// use gen_runtime::{generator, sync};
///
/// struct Tree {
///     value: u32,
///     children: Vec<Tree>,
/// }
///
/// #[generator(boxed)]
/// fn values(tree: &Tree) -> u32 {
///     yield_!(tree.value);
///     for child in &tree.children {
///         yield_from!(values(child));
///     }
/// }
///
/// let leaf = |value| Tree { value, children: vec![] };
/// let tree = Tree { value: 1, children: vec![leaf(2), leaf(3)] };
/// assert_eq!(values(&tree).collect::<Vec<_>>(), [1, 2, 3]);
/// ```
#[proc_macro_attribute]
pub fn generator(args: TokenStream, item: TokenStream) -> TokenStream {
    expand::function(args.into(), &item.into(), Kind::Regular).into()
}

/// Makes an anonymous regular generator: an expression, which captures the variables that it uses by move.
///
/// It is [`macro@async_gen_block`] for generators that do not await. A first line
/// `#![generator(yields = T, send = S, throws = E, returns = R)]` names its types, each optional.
///
/// In it a yield may be written `yield v`. Everything else is as under [`macro@generator`]. rustfmt formats
/// `generator_block!({ .. })`, which is the same.
///
/// # Value
///
/// An `impl sync::Generator`, of a type without a name. Nothing runs until `sync::pin!` or `sync::Handle::boxed` makes a handle of
/// it, and the handle is asked for an item.
///
/// # Where it is allowed
///
/// In any expression. In the body of another generator, its yields belong to the block.
///
/// # Errors
///
/// As of [`macro@async_gen_block`]. An await is refused: use that macro.
///
/// # Examples
///
/// ```
/// use gen_runtime::{generator_block, sync};
///
/// let words = ["to", "be"];
/// let lengths = sync::pin!(generator_block! {
///     for word in words {
///         yield word.len();
///     }
/// });
/// assert_eq!(lengths.sum::<usize>(), 4);
/// ```
#[proc_macro]
pub fn generator_block(tokens: TokenStream) -> TokenStream {
    expand::block(tokens.into(), Kind::Regular).into()
}

/// Makes an anonymous async generator: an expression, which captures the variables that it uses by move.
///
/// Its types are inferred from its values. A first line `#![async_gen(yields = T, send = S, throws = E, returns = R)]`
/// names them, each optional: without `send` it is sent `()`, and without `throws` it cannot fail. `crate = path` is
/// allowed there too.
///
/// In it a yield may be written `yield v`, also in the tokens of other macros, and a loop over a stream
/// `for await item in stream { .. }`. Everything else is as under [`macro@async_gen`]. rustfmt formats
/// `async_gen_block!({ .. })`, which is the same.
///
/// # Value
///
/// An `impl AsyncGenerator`, of a type without a name. Nothing runs until `pin!` or `Handle::boxed` makes a handle of it, and the
/// handle is asked for an item.
///
/// # Where it is allowed
///
/// In any expression. In the body of another generator, its yields belong to the block.
///
/// # Errors
///
/// Mistakes in the body are those under [`macro@async_gen`]. In addition:
///
/// - `boxed`, `local` and `bounds` are not arguments of a block: put it into `Handle::boxed`.
/// - `?` needs a first line with `throws = E`.
/// - A type that nothing determines, for instance that of the items of a block without a yield, is an error (E0282): name it.
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
    expand::block(tokens.into(), Kind::Async).into()
}

/// Allows `yield v` and `for await` in functions under `#[async_gen]` and `#[generator]`, on stable.
///
/// It may contain any items. The functions that are marked are generators as under [`macro@async_gen`] and
/// [`macro@generator`], which need not be imported; the rest is unchanged. In their bodies a yield may be written `yield v`, also in the tokens of other macros,
/// and a loop over a stream `for await item in stream { .. }`.
///
/// Under a bare attribute, stable Rust rejects the keyword `yield` before the macro runs ([E0658]). The tokens of a macro are
/// not checked. The price is that rustfmt does not format them.
///
/// # Value
///
/// The items. Their names are visible where the macro is called, as if it were not there.
///
/// # Where it is allowed
///
/// Where items are: in a module, or among the statements of a block. It may contain functions, `impl` blocks, traits, modules and
/// other items.
///
/// # Errors
///
/// - Mistakes in a function are those under [`macro@async_gen`].
/// - In a function that is not marked, the keyword `yield` is an error, as elsewhere.
///
/// [E0658]: https://doc.rust-lang.org/error_codes/E0658.html
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
/// With `#[for_await(close)]` the loop takes a generator, and closes it however it is left: at its end, by `break`,
/// `return` or `?`, by a throw, or by a close of the generator around it. Its cleanups run, and may await. An error of the
/// close behaves as one of a failing `defer!`.
///
/// # Value
///
/// `()`, as of a `for` loop.
///
/// # Where it is allowed
///
/// On a `for` loop of an async body, also in an `attempt!` or a `defer!`. The name need not be imported.
///
/// # Errors
///
/// It does not compile
///
/// - in a regular generator, which does not await;
/// - on something other than a `for` loop, with a pattern that does not match every item, and in the operands of a macro;
/// - over an iterator, which is no stream: use a plain `for`;
/// - in a closure, an `async` block, a nested function or a constant;
/// - with `close`, over a generator whose errors are not converted to the body's `E` by `From`;
/// - outside of a generator.
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
/// A loop that closes:
///
/// ```
/// # futures::executor::block_on(async {
/// use std::cell::Cell;
///
/// use gen_runtime::{async_gen, pin};
///
/// #[async_gen]
/// async fn numbers(open: &Cell<bool>) -> u32 {
///     open.set(true);
///     defer! { open.set(false); }
///     for n in 1.. {
///         yield_!(n);
///     }
/// }
///
/// #[async_gen]
/// async fn first_two(open: &Cell<bool>) -> u32 {
///     #[for_await(close)]
///     for n in numbers(open) {
///         yield_!(n);
///         if n == 2 {
///             break;
///         }
///     }
/// }
///
/// let open = Cell::new(false);
/// let mut items = pin!(first_two(&open));
/// while items.next().await.is_some() {}
/// assert!(!open.get());
/// # });
/// ```
///
/// [`Stream`]: https://docs.rs/futures-core/latest/futures_core/stream/trait.Stream.html
#[proc_macro_attribute]
pub fn for_await(_: TokenStream, item: TokenStream) -> TokenStream {
    expand::for_await_elsewhere(&item.into()).into()
}

/// Makes the generator of a body. The attributes emit calls of it.
#[doc(hidden)]
#[proc_macro]
pub fn async_gen_body(tokens: TokenStream) -> TokenStream {
    expand::body(tokens.into()).into()
}
