use proc_macro2::{Delimiter, Group, TokenStream};
use syn::parse::discouraged::Speculative as _;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Meta};

/// The tokens of `async_gen_block! { .. }`.
pub(crate) struct Anonymous {
    /// The arguments in the first line, `#![async_gen(..)]`.
    pub(crate) args: TokenStream,
    pub(crate) body: TokenStream,
}

impl Parse for Anonymous {
    /// `#![async_gen(..)] ..`, or the same in braces: rustfmt formats `async_gen_block!({ .. })`.
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let ahead = input.fork();
        if let Ok(block) = ahead.parse::<Group>() {
            if block.delimiter() == Delimiter::Brace && ahead.is_empty() {
                input.advance_to(&ahead);
                return syn::parse2(block.stream());
            }
        }
        let mut args = None;
        for attr in input.call(Attribute::parse_inner)? {
            match attr.meta {
                Meta::List(list) if list.path.is_ident("async_gen") && args.is_some() => {
                    let message = "`async_gen` is repeated; write it once, with all arguments";
                    return Err(syn::Error::new_spanned(list.path, message));
                }
                Meta::List(list) if list.path.is_ident("async_gen") => args = Some(list.tokens),
                other => {
                    let message = "unknown attribute, expected `#![async_gen(..)]`";
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
