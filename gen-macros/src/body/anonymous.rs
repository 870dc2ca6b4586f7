use proc_macro2::{Delimiter, Group, TokenStream};
use syn::parse::ParseStream;
use syn::parse::Parser as _;
use syn::parse::discouraged::Speculative as _;
use syn::{Attribute, Meta};

use crate::kind::Kind;

/// The tokens of `async_gen_block! { .. }` or `generator_block! { .. }`.
pub(crate) struct Anonymous {
    /// The arguments in the first line, `#![async_gen(..)]` or `#![generator(..)]`.
    pub(crate) args: TokenStream,
    pub(crate) body: TokenStream,
}

/// Returns a parser of the tokens of a block of this kind.
pub(crate) fn generator(kind: Kind) -> impl Fn(ParseStream<'_>) -> syn::Result<Anonymous> {
    move |input| Anonymous::parse(kind, input)
}

impl Anonymous {
    /// `#![async_gen(..)] ..`, or the same in braces: rustfmt formats `async_gen_block!({ .. })`.
    fn parse(kind: Kind, input: ParseStream<'_>) -> syn::Result<Self> {
        let ahead = input.fork();
        if let Ok(block) = ahead.parse::<Group>() {
            if block.delimiter() == Delimiter::Brace && ahead.is_empty() {
                input.advance_to(&ahead);
                return generator(kind).parse2(block.stream());
            }
        }
        let name = kind.attribute();
        let mut args = None;
        for attr in input.call(Attribute::parse_inner)? {
            match attr.meta {
                Meta::List(list) if list.path.is_ident(name) && args.is_some() => {
                    let message =
                        format!("`{name}` is repeated; write it once, with all arguments");
                    return Err(syn::Error::new_spanned(list.path, message));
                }
                Meta::List(list) if list.path.is_ident(name) => args = Some(list.tokens),
                other => {
                    let message = format!("unknown attribute, expected `#![{name}(..)]`");
                    return Err(syn::Error::new_spanned(other, message));
                }
            }
        }
        Ok(Anonymous {
            args: args.unwrap_or_default(),
            body: input.parse()?,
        })
    }
}
