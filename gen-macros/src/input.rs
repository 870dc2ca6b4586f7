use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::parse::discouraged::Speculative as _;
use syn::parse::{Parse, ParseStream, Parser as _};
use syn::punctuated::Punctuated;
use syn::{
    AttrStyle, Attribute, Meta, Pat, Signature, Stmt, Token, Visibility, braced, bracketed,
    parenthesized,
};

use crate::errors::Errors;
use crate::fragments::visible_statements;
use crate::names::Names;
use crate::scope::remove_tool_attributes;
use crate::spelling::MacrosToSyntax;

/// A function under the attribute. Its body stays as it is: that is for `async_gen_body!` to read.
pub(crate) struct Function {
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) vis: Visibility,
    pub(crate) sig: Signature,
    pub(crate) body: Option<Group>,
}

impl Parse for Function {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut attrs = input.call(Attribute::parse_outer)?;
        let vis = input.parse()?;
        if input.fork().parse::<Signature>().is_err() && !input.peek(Token![async]) {
            let message = "`#[async_gen]` is not supported here; put it on an `async fn`";
            return Err(input.error(message));
        }
        let sig = input.parse()?;
        if input.parse::<Option<Token![;]>>()?.is_some() {
            return Ok(Function {
                attrs,
                vis,
                sig,
                body: None,
            });
        }
        let content;
        let braces = braced!(content in input);
        // They stand before the function now.
        for mut attr in content.call(Attribute::parse_inner)? {
            attr.style = AttrStyle::Outer;
            attrs.push(attr);
        }
        let mut body = Group::new(Delimiter::Brace, content.parse()?);
        body.set_span(braces.span.join());
        Ok(Function {
            attrs,
            vis,
            sig,
            body: Some(body),
        })
    }
}

/// What stands in `async_gen_body! { .. }`, the macro that the attribute leaves in the place of a body:
/// `[args] (captures) [patterns] { body }`.
pub(crate) struct Body {
    pub(crate) args: TokenStream,
    /// The arguments of the function that the body has to hold, in their order.
    pub(crate) captures: Vec<Binding>,
    /// The `let`s that take arguments apart.
    pub(crate) patterns: Vec<Pattern>,
    pub(crate) block: Group,
}

impl Parse for Body {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let (args, captures, patterns);
        bracketed!(args in input);
        parenthesized!(captures in input);
        bracketed!(patterns in input);
        Ok(Body {
            args: args.parse()?,
            captures: Punctuated::<_, Token![,]>::parse_terminated(&captures)?
                .into_iter()
                .collect(),
            patterns: Pattern::parse_all(&patterns)?,
            block: input.parse()?,
        })
    }
}

/// What an argument is called, and the conditions under which there is one.
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

/// Conditions, and no other attributes: a macro's could take what follows.
fn cfgs(input: ParseStream<'_>) -> syn::Result<Vec<Attribute>> {
    let attrs = input.call(Attribute::parse_outer)?;
    match attrs.iter().find(|attr| !attr.path().is_ident("cfg")) {
        Some(other) => Err(syn::Error::new_spanned(other, "expected `#[cfg(..)]`")),
        None => Ok(attrs),
    }
}

/// `let pat = name;`: a pattern of an argument, and the name that it goes by.
///
/// `async_gen_body!` reads these again, piece by piece. Any other tokens there could begin an expression that
/// goes on with the body, a closure say, and take the body's yields into it.
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

/// What stands in `async_gen_block! { .. }`.
pub(crate) struct Block {
    /// What the first line `#![async_gen(..)]` names.
    pub(crate) args: TokenStream,
    pub(crate) body: TokenStream,
}

impl Parse for Block {
    /// `#![async_gen(..)] ..`, or the same in braces: those who write `stream!({ .. })` have rustfmt format it.
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
        Ok(Block {
            args: args.unwrap_or_default(),
            body: input.parse()?,
        })
    }
}

/// Parses the statements of a body, with yields of one spelling, and regions and known macros as syntax.
///
/// Attributes for tools are removed last, when nothing is left to be parsed, so none of them survives.
pub(crate) fn statements(
    body: TokenStream,
    names: &Names,
    errors: &mut Errors,
) -> syn::Result<Vec<Stmt>> {
    let body = visible_statements(body);
    let mut statements = syn::Block::parse_within.parse2(body)?;
    MacrosToSyntax::new(names, errors).visit_statements(&mut statements);
    remove_tool_attributes(&mut statements);
    Ok(statements)
}
