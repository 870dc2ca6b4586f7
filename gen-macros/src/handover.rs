//! The tokens that the attribute passes to `async_gen_body!`: `[args] (captures) [patterns] { body }`.

use proc_macro2::{Group, Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Attribute, Pat, Token, bracketed, parenthesized};

/// The tokens of `async_gen_body! { .. }`.
pub(crate) struct Handover {
    pub(crate) args: TokenStream,
    /// The parameters of the function, which the body captures in this order.
    pub(crate) captures: Vec<Binding>,
    /// The `let`s that destructure parameters.
    pub(crate) patterns: Vec<Pattern>,
    pub(crate) block: Group,
}

impl Parse for Handover {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let (args, captures, patterns);
        bracketed!(args in input);
        parenthesized!(captures in input);
        bracketed!(patterns in input);
        Ok(Handover {
            args: args.parse()?,
            captures: Punctuated::<_, Token![,]>::parse_terminated(&captures)?
                .into_iter()
                .collect(),
            patterns: Pattern::parse_all(&patterns)?,
            block: input.parse()?,
        })
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
