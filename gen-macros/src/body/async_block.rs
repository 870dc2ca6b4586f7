use proc_macro2::{Delimiter, Group, Span, TokenStream};
use quote::quote_spanned;

/// Makes the value of an async block that evaluates to `()`. Not at its end: `clippy::semicolon_if_nothing_returned`
/// fires there in blocks with the user's braces.
pub(crate) fn unit(value: &TokenStream) -> TokenStream {
    quote_spanned!(Span::mixed_site()=> let __value: () = #value;)
}

/// Puts the content of an async block into the user's braces. rustc maps coverage of a body only if both braces have the
/// hygiene of the code (rust-lang/rust#131119).
pub(crate) fn in_braces(content: TokenStream, braces: Span) -> Group {
    let mut block = Group::new(Delimiter::Brace, content);
    block.set_span(braces);
    block
}
