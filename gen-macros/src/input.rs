use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream, Parser as _};
use syn::punctuated::Punctuated;
use syn::{
    AttrStyle, Attribute, Meta, Pat, Signature, Stmt, Token, Visibility, braced, bracketed,
    parenthesized,
};

use crate::errors::Errors;
use crate::spelling::MacrosToSyntax;

/// A function under the attribute. Its body stays as it is: that is for `body!` to read.
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

/// What stands in `body! { .. }`, the macro that the attribute leaves in the place of a body:
/// `[args] (captures) [patterns] { body }`.
pub(crate) struct Body {
    pub(crate) args: TokenStream,
    /// The arguments of the function that the body has to hold, in their order.
    pub(crate) captures: Vec<Ident>,
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
            captures: Punctuated::<_, Token![,]>::parse_terminated_with(
                &captures,
                Ident::parse_any,
            )?
            .into_iter()
            .collect(),
            patterns: Pattern::parse_all(&patterns)?,
            block: input.parse()?,
        })
    }
}

/// `let pat = name;`: a pattern of an argument, and the name that it goes by.
///
/// `body!` reads these again, piece by piece. Any other tokens there could begin an expression that
/// goes on with the body, a closure say, and take the body's yields into it.
pub(crate) struct Pattern {
    pub(crate) pat: Pat,
    pub(crate) name: Ident,
}

impl Pattern {
    fn parse_all(input: ParseStream<'_>) -> syn::Result<Vec<Self>> {
        let mut patterns = Vec::new();
        while !input.is_empty() {
            input.parse::<Token![let]>()?;
            let pat = Pat::parse_single(input)?;
            input.parse::<Token![=]>()?;
            let name = input.parse()?;
            input.parse::<Token![;]>()?;
            patterns.push(Pattern { pat, name });
        }
        Ok(patterns)
    }
}

impl ToTokens for Pattern {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Pattern { pat, name } = self;
        let span = Span::mixed_site();
        tokens.extend(quote_spanned!(span=> let #pat = #name;));
    }
}

/// What stands in `async_gen_block! { .. }`.
pub(crate) struct Block {
    /// What the first line `#![async_gen(..)]` names.
    pub(crate) args: TokenStream,
    pub(crate) body: TokenStream,
}

impl Parse for Block {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut args = TokenStream::new();
        for attr in input.call(Attribute::parse_inner)? {
            match attr.meta {
                Meta::List(list) if list.path.is_ident("async_gen") => args = list.tokens,
                other => {
                    let message = "unknown attribute, expected `#![async_gen(..)]`";
                    return Err(syn::Error::new_spanned(other, message));
                }
            }
        }
        Ok(Block {
            args,
            body: input.parse()?,
        })
    }
}

/// The statements of a body, with yields of one spelling and regions as syntax.
pub(crate) fn statements(body: TokenStream, errors: &mut Errors) -> Option<Vec<Stmt>> {
    let mut statements = errors.ok(syn::Block::parse_within.parse2(body))?;
    MacrosToSyntax { errors }.visit_statements(&mut statements);
    Some(statements)
}
