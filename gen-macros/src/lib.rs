//! The macros of [`gen-runtime`](https://docs.rs/gen-runtime), which re-exports them and documents
//! them with examples. Depend on that crate only.
//!
//! An expansion is a pipeline, one module a stage:
//!
//! | stage | from | to |
//! |---|---|---|
//! | `args` | the attribute's tokens | [`args::Args`] |
//! | `input` | the item's tokens | [`input::Function`], [`input::Block`], with yields of one spelling |
//! | `check` | these | all mistakes of this phase at once |
//! | `lower` | a body in the user's language | a body in the runtime's: [`lower::Lowered`] |
//! | `emit` | all of the above | tokens |
//!
//! A function goes through it in two macros: the attribute makes its signature, and leaves the body
//! to `body!`. So the attributes that stand below ours see the user's own tokens, and only the
//! compiler sees what they are lowered to.
//!
//! `expand` runs the stages for each macro. It cannot fail: on a mistake it emits the errors, and
//! the item with its final signature.

use proc_macro::TokenStream;

mod args;
mod arguments;
mod check;
mod emit;
mod errors;
mod expand;
mod foreign;
mod input;
mod lifetimes;
mod lower;
mod scope;
mod spelling;
mod types;

#[cfg(test)]
mod golden;

/// Turns an async function that contains yields into an async generator.
///
/// See [`gen-runtime`](https://docs.rs/gen-runtime).
#[proc_macro_attribute]
pub fn async_gen(args: TokenStream, item: TokenStream) -> TokenStream {
    expand::function(args.into(), &item.into()).into()
}

/// An anonymous async generator.
///
/// See [`gen-runtime`](https://docs.rs/gen-runtime).
#[proc_macro]
pub fn async_gen_block(tokens: TokenStream) -> TokenStream {
    expand::block(tokens.into()).into()
}

/// Items whose functions under `#[async_gen]` may say `yield v` and `for await`.
///
/// See [`gen-runtime`](https://docs.rs/gen-runtime).
#[proc_macro]
pub fn async_gen_items(tokens: TokenStream) -> TokenStream {
    expand::items(tokens.into()).into()
}

/// What `#[async_gen]` leaves in the place of a body.
#[doc(hidden)]
#[proc_macro]
pub fn body(tokens: TokenStream) -> TokenStream {
    expand::body(tokens.into()).into()
}
