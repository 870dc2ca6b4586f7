//! The tokens that an attribute passes to `async_gen_body!`: `[args] [origin] (captures) [patterns] { body }`.

use proc_macro2::{Group, Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Attribute, Pat, Token, bracketed, parenthesized};

use crate::kind::Kind;

/// The tokens of `async_gen_body! { .. }`.
pub(crate) struct Handover {
    pub(crate) args: TokenStream,
    pub(crate) origin: Origin,
    /// The parameters of the function, which the body captures in this order.
    pub(crate) captures: Vec<Binding>,
    /// The `let`s that destructure parameters.
    pub(crate) patterns: Vec<Pattern>,
    pub(crate) block: Group,
}

impl Parse for Handover {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let (args, origin, captures, patterns);
        bracketed!(args in input);
        bracketed!(origin in input);
        parenthesized!(captures in input);
        bracketed!(patterns in input);
        Ok(Handover {
            args: args.parse()?,
            origin: origin.parse()?,
            captures: Punctuated::<_, Token![,]>::parse_terminated(&captures)?
                .into_iter()
                .collect(),
            patterns: Pattern::parse_all(&patterns)?,
            block: input.parse()?,
        })
    }
}

/// Facts about a body that its tokens and its arguments do not show.
#[derive(Clone, Copy)]
pub(crate) struct Origin {
    pub(crate) kind: Kind,
    /// Whether this is an `async_gen_block!` or a `generator_block!`.
    pub(crate) block: bool,
    /// Whether bare yields are allowed in the tokens of other macros: none of these tokens were parsed by rustc.
    pub(crate) bare: bool,
    /// Whether the arguments or the signature have mistakes, which are reported already.
    pub(crate) broken: bool,
}

impl Parse for Origin {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let words = Punctuated::<Ident, Token![,]>::parse_terminated(input)?;
        let is_set = |flag: &str| words.iter().any(|word| word == flag);
        Ok(Origin {
            kind: if is_set("regular") {
                Kind::Regular
            } else {
                Kind::Async
            },
            block: is_set("block"),
            bare: is_set("bare"),
            broken: is_set("broken"),
        })
    }
}

impl ToTokens for Origin {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Origin {
            kind,
            block,
            bare,
            broken,
        } = *self;
        let flags = [
            (kind == Kind::Regular, quote!(regular,)),
            (block, quote!(block,)),
            (bare, quote!(bare,)),
            (broken, quote!(broken,)),
        ];
        tokens.extend(
            flags
                .into_iter()
                .filter(|(set, _)| *set)
                .map(|(_, flag)| flag),
        );
    }
}

/// The variable of a parameter, and the conditions under which it exists.
pub(crate) struct Binding {
    pub(crate) cfgs: Vec<Attribute>,
    pub(crate) name: Ident,
}

impl Parse for Binding {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        Ok(Binding {
            cfgs: cfgs(input)?,
            name: input.call(Ident::parse_any)?,
        })
    }
}

impl ToTokens for Binding {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Binding { cfgs, name } = self;
        tokens.extend(quote!(#(#cfgs)* #name));
    }
}

/// Parses conditions, and no other attributes: an attribute macro would receive the code that follows.
fn cfgs(input: ParseStream<'_>) -> syn::Result<Vec<Attribute>> {
    let attrs = input.call(Attribute::parse_outer)?;
    match attrs.iter().find(|attr| !attr.path().is_ident("cfg")) {
        Some(other) => Err(syn::Error::new_spanned(other, "expected `#[cfg(..)]`")),
        None => Ok(attrs),
    }
}

/// `let pat = name;`: the pattern of a parameter, and its variable.
///
/// `async_gen_body!` parses these again, piece by piece. Other tokens could begin an expression that continues with the
/// body, for instance a closure, and so move the body's yields into it.
pub(crate) struct Pattern {
    pub(crate) cfgs: Vec<Attribute>,
    pub(crate) pat: Pat,
    pub(crate) name: Ident,
}

impl Pattern {
    fn parse_all(input: ParseStream<'_>) -> syn::Result<Vec<Self>> {
        let mut patterns = Vec::new();
        while !input.is_empty() {
            let cfgs = cfgs(input)?;
            input.parse::<Token![let]>()?;
            let pat = Pat::parse_single(input)?;
            input.parse::<Token![=]>()?;
            let name = input.parse()?;
            input.parse::<Token![;]>()?;
            patterns.push(Pattern { cfgs, pat, name });
        }
        Ok(patterns)
    }
}

impl ToTokens for Pattern {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Pattern { cfgs, pat, name } = self;
        let span = Span::mixed_site();
        tokens.extend(quote_spanned!(span=> #(#cfgs)* let #pat = #name;));
    }
}
